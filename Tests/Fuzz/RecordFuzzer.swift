// Built by scripts/test-deep together with Tests/EventStoreTests/RecordProbe.swift, with libFuzzer and AddressSanitizer.

/// What libFuzzer calls, with whatever bytes it thinks of: the first says whether the checksum is made right before the decoder looks.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let first = bytes.first else { return 0 }
  let record = Array(bytes.dropFirst())
  if first & 1 == 0 { RecordProbe.probe(record) } else { _ = RecordProbe.probeSigned(record) }
  return 0
}
