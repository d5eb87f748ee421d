import Foundation
import LMDB

/// A file with the records of a part of the log: an incremental backup, to be added to a restored one.
///
///     18 bytes  DOSSIER SEGMENT, the format of its records (1 or 2) and a line feed
///     u64 ×6    lineage (two), epoch, first position, last position, header checksum of the record before the first
///     u32       number of type names; then each: u8 length, name
///     u64       XXH3-64 of all bytes before, seeded with 0
///     records   each: u32 length, the record as it stands in the log
///
/// Numbers are little-endian. Each record's checksums, and that it follows the one before it, are what makes the file whole.
/// The same text stands in `docs/data-format.md`.
struct LogSegment {
  private static func magic(_ format: UInt8) -> [UInt8] { Array("DOSSIER SEGMENT \(format)\n".utf8) }

  /// Of its records.
  let format: UInt8

  let lineage: Lineage
  let first: Position
  let last: Position
  /// The prefix hash that the log must have before `first`.
  let previousChecksum: UInt64
  let types: [EventTypeName]

  /// The bytes before the records.
  var head: [UInt8] {
    var bytes = LogSegment.magic(format)
    for word in [lineage.id.high, lineage.id.low, lineage.epoch, first.rawValue, last.rawValue, previousChecksum] {
      bytes.appendLittleEndian(word)
    }
    bytes.appendLittleEndian(UInt32(types.count))
    for name in types { bytes += [UInt8(name.name.utf8.count)] + name.name.utf8 }
    bytes.appendLittleEndian(bytes.withValueBytes { Checksum.of($0, seed: 0) })
    return bytes
  }

  /// Reads what stands before the records.
  init(_ file: FileReader) throws(SegmentFault) {
    let magic = try file.bytes(LogSegment.magic(1).count)
    guard let format = (1...RecordFormat.newest).first(where: { magic == LogSegment.magic($0) }) else { throw .notASegment }
    self.format = format
    lineage = Lineage(id: UUID(high: try file.number(), low: try file.number()), epoch: try file.number())
    guard let first = Position(try file.number()), let last = Position(try file.number()), first <= last else { throw .damaged }
    (self.first, self.last) = (first, last)
    previousChecksum = try file.number()
    var types: [EventTypeName] = []
    for _ in 0..<(try file.number() as UInt32) {
      let length: UInt8 = try file.number()
      let bytes = try file.bytes(Int(length))
      guard let type = try? EventTypeName(validating: String(decoding: bytes, as: UTF8.self)) else { throw .damaged }
      types.append(type)
    }
    self.types = types
    let checksum: UInt64 = try file.number()
    guard head.suffix(8).elementsEqual([UInt8](littleEndian: checksum)) else { throw .damaged }
  }

  init(format: UInt8, lineage: Lineage, first: Position, last: Position, previousChecksum: UInt64, types: [EventTypeName]) {
    self.format = format
    self.lineage = lineage
    self.first = first
    self.last = last
    self.previousChecksum = previousChecksum
    self.types = types
  }
}

/// What is wrong with a segment file.
enum SegmentFault: Error {
  case notASegment
  case damaged
  case unreadable
}

extension Array where Element == UInt8 {
  init(littleEndian number: some FixedWidthInteger) {
    self = []
    appendLittleEndian(number)
  }

  mutating func appendLittleEndian(_ number: some FixedWidthInteger) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: number >> shift)) }
  }
}

/// A file that is read from front to back.
final class FileReader {
  private let handle: FileHandle
  private var buffer: ArraySlice<UInt8> = []

  init(_ path: String) throws(SegmentFault) {
    // A pipe would be waited for.
    guard FileSystem.isFile(URL(fileURLWithPath: path).resolvingSymlinksInPath().path) else { throw .unreadable }
    guard let handle = FileHandle(forReadingAtPath: path) else { throw .unreadable }
    self.handle = handle
  }

  /// - Throws: `.damaged` if the file ends before.
  func bytes(_ count: Int) throws(SegmentFault) -> [UInt8] {
    while buffer.count < count {
      let more: Data?
      do { more = try handle.read(upToCount: Swift.max(1 << 20, count - buffer.count)) } catch { throw .unreadable }
      guard let more, !more.isEmpty else { throw .damaged }
      buffer = ArraySlice(Array(buffer) + more)
    }
    defer { buffer = buffer.dropFirst(count) }
    return Array(buffer.prefix(count))
  }

  func number<Number: FixedWidthInteger>() throws(SegmentFault) -> Number {
    try bytes(Number.bitWidth / 8).reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
  }
}
