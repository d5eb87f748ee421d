import Foundation
import LMDB

extension LMDBEventLog {
  /// Writes the records after `position` (`nil`: all) up to the head into the new file `path`, synced.
  /// - Returns: The last position in the file; `nil` if there was nothing to write, and then there is no file.
  /// - Throws: `.unusable` if there is something at `path`, or if the log does not reach `position`.
  @discardableResult
  public func writeSegment(after position: Position?, to path: String) throws(EventStoreError) -> Position? {
    guard !FileSystem.exists(path) else {
      throw .unusable(path: path, reason: "There is something here already. Name a file that does not exist yet.")
    }
    let head = try head()
    guard head.isBeyond(position), let last = head.position else { return nil }
    var previousChecksum: UInt64 = 0
    if let position { previousChecksum = try prefixHash(at: position) ?? 0 }
    let segment = LogSegment(
      lineage: lineage, first: position?.next ?? .first, last: last, previousChecksum: previousChecksum, types: types.all)
    let fresh = path + ".new"
    try storage { () throws(LMDBError) in try FileSystem.removeTree(fresh) }
    let output = try storage { () throws(LMDBError) in try DurableFile(creating: fresh) }
    try storage { () throws(LMDBError) in try output.write(segment.head) }
    var fault: LMDBError?
    var pending: [UInt8] = []
    try read(EventQuery(.all, from: .position(segment.first), upTo: last)) { event in
      pending.appendLittleEndian(UInt32(event.byteCount))
      pending += [UInt8](event.record)
      guard pending.count > 1 << 20 || event.position == last else { return .next }
      do throws(LMDBError) { try output.write(pending) } catch { fault = error }
      pending.removeAll(keepingCapacity: true)
      return fault == nil ? .next : .stop
    }
    if let fault { throw EventStoreError(fault) }
    try storage { () throws(LMDBError) in
      try output.finish()
      try FileSystem.rename(fresh, to: path)
    }
    return last
  }

  /// Adds the records of a segment file to the log in `directory`, which must end right before them. Each record is checked;
  /// what was added before a fault stays, so a file that was cut short can be followed by a whole one.
  /// - Returns: The head afterwards.
  /// - Throws: `.unusable` if the file is no segment, is damaged, or does not belong after this log's head.
  public static func add(segment path: String, to directory: DataDirectory) throws(EventStoreError) -> Position {
    let lock = try takeLock(directory)
    defer { withExtendedLifetime(lock) {} }
    let opened = try openFile(directory, options: Options())
    let known = try snapshot(of: opened.file, knownTypes: [])
    let (file, segment) = try open(segment: path)
    guard segment.lineage.id == opened.lineage.id, segment.types.starts(with: known.types) else {
      throw .unusable(path: path, reason: "These records belong to another log.")
    }
    let follows = segment.first.previous == known.head.position
    guard follows, segment.previousChecksum == known.head.prefixHash else {
      throw .unusable(
        path: path,
        reason: "The records begin at \(segment.first) and this log ends at \(known.head.position?.rawValue ?? 0)"
          + (follows ? ", with another history." : ". Add the segments in order."))
    }
    var position = segment.first
    var checksum = segment.previousChecksum
    var newTypes = known.types.count
    while position <= segment.last {
      let end = min(segment.last, Position(unchecked: position.rawValue + 9_999))
      checksum = try opened.file.environment.write { (txn) throws(EventStoreError) in
        for (number, type) in segment.types.enumerated().dropFirst(newTypes) {
          try storage { () throws(LMDBError) in try opened.file.store(type, number: UInt64(number + 1), in: &txn) }
        }
        var checksum = checksum
        for number in position.rawValue...end.rawValue {
          let place = Position(unchecked: number)
          let record = try record(from: file, path: path, at: place, after: checksum, types: segment.types)
          checksum = record.checksum
          try storage { () throws(LMDBError) in try txn.put(number, record.bytes, in: opened.file.events, .append) }
        }
        return .commit(checksum)
      }
      newTypes = segment.types.count
      position = end.next
    }
    return segment.last
  }

  private static func open(segment path: String) throws(EventStoreError) -> (FileReader, LogSegment) {
    do throws(SegmentFault) {
      let file = try FileReader(path)
      return (file, try LogSegment(file))
    } catch {
      throw .unusable(path: path, reason: error.words)
    }
  }

  private static func record(
    from file: FileReader, path: String, at position: Position, after checksum: UInt64, types: [EventTypeName]
  ) throws(EventStoreError) -> (bytes: [UInt8], checksum: UInt64) {
    let bytes: [UInt8]
    do throws(SegmentFault) { bytes = try file.bytes(Int(try file.number() as UInt32)) } catch {
      throw .unusable(path: path, reason: error.words)
    }
    let found = bytes.withValueBytes { record -> (fault: String?, previous: UInt64, checksum: UInt64) in
      if let fault = EventView.headerFault(in: record, at: position, typeCount: types.count) ?? EventView.payloadFault(in: record) {
        return (fault, 0, 0)
      }
      let event = EventView(checked: record, at: position, typeNames: types)
      return (nil, event.previousChecksum, event.prefixHash)
    }
    if let fault = found.fault { throw .unusable(path: path, reason: "The record of position \(position) is damaged: \(fault).") }
    guard found.previous == checksum else {
      throw .unusable(path: path, reason: "The record of position \(position) does not follow the one before it.")
    }
    return (bytes, found.checksum)
  }
}

extension SegmentFault {
  fileprivate var words: String {
    switch self {
    case .notASegment: "This is not a file of log records."
    case .damaged: "The file ends too early or is damaged. Fetch it again."
    case .unreadable: "The file cannot be read."
    }
  }
}
