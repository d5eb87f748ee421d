import CXXHash

/// XXH3 with 64 bits (xxHash 0.8), the checksum of everything we store: fast enough to be checked at every read.
/// It finds accidents; it is no proof against somebody who can write the file.
public enum Checksum {
  /// The checksum of `bytes`, different for every `seed`.
  @inline(__always)
  public static func of(_ bytes: RawSpan, seed: UInt64) -> UInt64 {
    unsafe bytes.withUnsafeBytes { unsafe XXH3_64bits_withSeed($0.baseAddress, $0.count, seed) }
  }
}

extension Checksum {
  /// The checksum of the UTF-8 of `text`.
  public static func of(_ text: String, seed: UInt64) -> UInt64 {
    var text = text
    return text.withUTF8 { utf8 in of(unsafe UnsafeRawBufferPointer(utf8).bytes, seed: seed) }
  }
}

extension Checksum {
  /// The checksum of a file: that of each stretch of it, seeded with the one of the stretch before.
  public static func ofFile(_ path: String) throws(LMDBError) -> UInt64 {
    let stretch = 1 << 20
    var (digest, offset) = (UInt64(0), 0)
    while true {
      let bytes = try FileSystem.read(path, offset: offset, count: stretch)
      if bytes.isEmpty { return digest }
      digest = of(bytes.span.raw, seed: digest)
      offset += bytes.count
    }
  }
}
