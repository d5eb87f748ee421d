import EventStore
import Foundation
import TestSupport

/// Every log there is: the contract holds for all of them.
enum LogKind: CaseIterable {
  case inMemory
  case lmdb
}

/// A log of one kind, empty, with a clock to set.
struct LogUnderTest {
  let log: any EventLog
  let clock = ManualClock()
  private let folder = TemporaryFolder()

  init(_ kind: LogKind) throws {
    switch kind {
    case .inMemory: log = InMemoryEventLog(clock: clock.read)
    case .lmdb: log = try LMDBEventLog(directory: DataDirectory(folder.path("data")), options: .init(clock: clock.read))
    }
  }

  /// Appends one event a call.
  @discardableResult
  func append(
    _ stream: StreamID, _ text: String, type: EventTypeName = "test.Happened", tags: [Tag] = [],
    expecting expectation: EventStore.Expectation = .any
  ) async throws -> AppendReceipt {
    let event = NewEvent.sample(stream, text, type: type, tags: tags, at: clock.now)
    return try await log.append(AppendRequest([event], expecting: [stream: expectation]))
  }

  func texts(_ query: EventQuery) throws -> [String] { try log.events(query).map(\.text) }
}

func position(_ number: UInt64) -> Position {
  guard let position = Position(number) else { preconditionFailure("0 is no position") }
  return position
}
