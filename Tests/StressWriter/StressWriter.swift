import EventStore
import Foundation
import Synchronization

/// Appends events until it is killed, and prints the position and the id of each event that was acknowledged.
///
///     stress-writer DATA_DIRECTORY [lie | briefly | check]
///
/// With `lie` an event is printed before it is appended: the control that must make the test that kills this process fail.
/// With `check` it reads such lines from its input, and fails if an event is not where it was acknowledged, or the log is not whole.
/// With `briefly` the log is opened for each append, and closed after it.
@main
struct StressWriter {
  static func main() async throws {
    let mode = CommandLine.arguments.dropFirst(2).first
    if mode == "check" { exit(try check(DataDirectory(CommandLine.arguments[1])) ? 0 : 1) }
    var random = SystemRandomNumberGenerator()
    while mode == "briefly" {
      let log = try LMDBEventLog(directory: DataDirectory(CommandLine.arguments[1]))
      _ = try await log.append(AppendRequest([event(0, &random)]))
      log.close()
    }
    let lies = mode == "lie"
    let log = try LMDBEventLog(directory: DataDirectory(CommandLine.arguments[1]))
    let start = try log.head().position?.rawValue ?? 0
    await withTaskGroup(of: Void.self) { group in
      for client in 0..<8 { group.addTask { await append(to: log, client: client, lyingFrom: lies ? start + 1 : nil) } }
    }
  }

  private static func check(_ directory: DataDirectory) throws -> Bool {
    var acknowledged: [(position: UInt64, id: String)] = []
    while let line = readLine(strippingNewline: false) {
      let words = line.split(separator: " ")
      // A line without its end was being written when the writer was killed.
      guard words.count == 2, let position = UInt64(words[0]), words[1].hasSuffix("\n") else { continue }
      acknowledged.append((position, String(words[1].dropLast())))
    }
    let log = try LMDBEventLog(directory: directory)
    var (ids, findings) = ([String](), [String]())
    try log.read(EventQuery(.all)) { event in
      ids.append("\(event.id)")
      return .next
    }
    _ = try LogVerification(log).run { findings.append("\($0)") }
    let lost = acknowledged.count { $0.position > ids.count || ids[Int($0.position) - 1] != $0.id }
    print("\(ids.count) events, \(acknowledged.count) acknowledged, \(lost) lost", findings.joined(separator: "; "))
    return lost == 0 && findings.isEmpty
  }

  private static let output = Mutex(FileHandle.standardOutput)

  @concurrent
  private static func append(to log: LMDBEventLog, client: Int, lyingFrom lie: UInt64?) async {
    var random = SystemRandomNumberGenerator()
    while true {
      let events = (0..<Int.random(in: 1...4, using: &random)).map { _ in event(client, &random) }
      if let lie { acknowledge(events, from: lie) }
      guard let receipt = try? await log.append(AppendRequest(events)) else { exit(1) }
      if lie == nil { acknowledge(events, from: receipt.first.rawValue) }
    }
  }

  private static func acknowledge(_ events: [NewEvent], from first: UInt64) {
    let lines = events.enumerated().map { "\(first + UInt64($0)) \($1.id)\n" }.joined()
    output.withLock { $0.write(Data(lines.utf8)) }
  }

  private static func event(_ client: Int, _ random: inout SystemRandomNumberGenerator) -> NewEvent {
    NewEvent(
      id: .v7(at: .now()), stream: StreamID("stream-\(Int.random(in: 0..<20, using: &random))"),
      type: EventTypeName("stress.Type\(Int.random(in: 0..<5, using: &random))"), tags: [Tag("client-\(client)")],
      origin: Origin(command: UUID(), actor: "test/stress"),
      payload: (0..<Int.random(in: 0...3_000, using: &random)).map { UInt8(truncatingIfNeeded: $0) })
  }
}
