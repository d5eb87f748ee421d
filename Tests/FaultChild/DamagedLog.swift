import EventStore
import Foundation
import LMDB
import TestSupport

/// A log of which a file is damaged and made whole again, over and over, with the answers it gave when it was whole.
struct DamagedLog {
  enum Damage {
    case flip(offset: Int, bit: Int)
    case cut(length: Int)
    case scribble(seed: UInt64)
  }

  private let directory: DataDirectory
  private let file: String
  private let original: Data
  private let answers: [UInt64]
  private let values: [UInt64]

  var byteCount: Int { original.count }

  /// - Parameter part: The folder whose file is damaged: `log` or `index`.
  init(path: String, part: String) throws {
    directory = DataDirectory(path)
    file = "\(path)/\(part)/data.mdb"
    original = try Data(contentsOf: URL(fileURLWithPath: file))
    answers = try LogAnswers.all(of: directory)
    values = try LogAnswers.rawValues(in: directory.log)
  }

  /// Asks everything again while the damage is there. `checked`: through the log; otherwise LMDB's values as they come.
  func answer(to damage: Damage, checked: Bool) throws -> String {
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: file))
    defer { try? file.close() }
    let undo = try apply(damage, to: file)
    defer { try? undo() }
    do {
      let now = try checked ? LogAnswers.all(of: directory) : LogAnswers.rawValues(in: directory.log)
      let then = checked ? answers : values
      return now == then ? "same" : "wrong \(now.count) numbers instead of \(then.count)"
    } catch {
      return "refused \(error)"
    }
  }

  private func apply(_ damage: Damage, to file: FileHandle) throws -> () throws -> Void {
    func put(_ bytes: Data, at offset: Int) throws {
      try file.seek(toOffset: UInt64(offset))
      try file.write(contentsOf: bytes)
    }
    switch damage {
    case .flip(let offset, let bit):
      try put(Data([original[offset] ^ 1 << UInt8(bit)]), at: offset)
      return { try put(Data([original[offset]]), at: offset) }
    case .cut(let length):
      try file.truncate(atOffset: UInt64(length))
      return { try put(original.suffix(from: length), at: length) }
    case .scribble(let seed):
      var random = SeededGenerator(seed: seed)
      let offset = Int.random(in: 0..<original.count, using: &random)
      let length = min(Int.random(in: 1...600, using: &random), original.count - offset)
      try put(Data((0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }), at: offset)
      return { try put(original[offset..<offset + length], at: offset) }
    }
  }
}

/// Everything a log can be asked, boiled down to numbers.
enum LogAnswers {
  /// Every event in every way to read it.
  static func all(of directory: DataDirectory) throws -> [UInt64] {
    let log = try LMDBEventLog(directory: directory, options: .init(access: .readOnly))
    let head = try log.head()
    var numbers = [head.position?.rawValue ?? 0, head.prefixHash, UInt64(bitPattern: head.time.microseconds)]
    numbers += [log.lineage.id.high, log.lineage.id.low, log.lineage.epoch]
    var (streams, tags) = (Set<StreamID>(), Set<Tag>())
    try log.read(EventQuery(.all)) { event in
      describe(event, &numbers)
      streams.insert(event.stream)
      tags.formUnion(event.tags)
      return .next
    }
    var queries = [EventQuery(.all, direction: .backwards), EventQuery(.all, types: ["fault.Type0", "fault.Type2"])]
    queries.append(EventQuery(.all, from: .time(head.time)))
    queries += streams.sorted().flatMap { [EventQuery(.stream($0)), EventQuery(.stream($0), direction: .backwards)] }
    queries += tags.sorted().map { EventQuery(.tag($0)) }
    for query in queries {
      try log.read(query) { event in
        numbers.append(event.position.rawValue)
        numbers.append(event.prefixHash)
        numbers.append(Checksum.of(event.payload, seed: 0))
        return .next
      }
    }
    for stream in streams.sorted() { try describe(log.head(of: stream), &numbers) }
    for tag in tags.sorted() { try describe(log.head(of: tag), &numbers) }
    return numbers
  }

  private static func describe(_ head: Head?, _ numbers: inout [UInt64]) {
    numbers += [head?.position.rawValue ?? 0, head?.count ?? 0]
  }

  private static func describe(_ event: borrowing EventView, _ numbers: inout [UInt64]) {
    let subject = event.sealedSubject
    numbers += [
      event.position.rawValue, event.id.high, event.id.low, event.revision.rawValue, event.previousInStream?.rawValue ?? 0,
      UInt64(bitPattern: event.logTime.microseconds), UInt64(bitPattern: event.wallTime.microseconds), event.prefixHash,
      event.commandID.high, event.commandID.low, event.commandDigest, event.correlationID.low, event.causationID.low,
      Checksum.of(event.stream.name, seed: 1), Checksum.of(event.type.name, seed: 2), Checksum.of(event.actor.name, seed: 3),
      Checksum.of(event.payload, seed: 4), Checksum.of(event.sealedBytes, seed: 5), subject?.high ?? 0, subject?.low ?? 0,
    ]
    event.forEachTag { name, previous, ordinal in
      numbers.append(Checksum.of(name, seed: 6))
      numbers.append(previous?.rawValue ?? 0)
      numbers.append(ordinal)
    }
  }

  /// The bytes of every record in the file of a log as LMDB gives them, which nobody has checked.
  static func rawValues(in folder: String) throws -> [UInt64] {
    let environment = try Environment(path: folder, tables: ["events"], options: .init(access: .readOnly))
    let events = environment.table("events", UInt64.self, [UInt8].self)
    return try environment.read { txn in
      try txn.withCursor(in: events) { (cursor: inout Cursor<UInt64, [UInt8]>) throws(LMDBError) in
        var numbers: [UInt64] = []
        var found = try cursor.first()
        while found {
          numbers.append(Checksum.of(cursor.keyBytes, seed: 0))
          numbers.append(Checksum.of(cursor.valueBytes, seed: 0))
          found = try cursor.next()
        }
        return numbers
      }
    }
  }
}
