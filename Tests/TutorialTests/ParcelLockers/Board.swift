import EventStore
import Foundation

/// Which parcels wait, and where: what the screen at the entrance shows.
struct Board: Codable, Equatable {
  private(set) var lockers: [Int: Int] = [:]

  /// A fold: the same events always give the same board.
  mutating func apply(_ event: StoredEvent) throws {
    switch try LockerEvent(event) {
    case .parcelStored(let parcel): lockers[parcel] = Int(event.stream.name.dropFirst("locker-".count))
    case .parcelCollected(let parcel): lockers[parcel] = nil
    case .takenOutOfService, .putIntoService: break
    }
  }
}

/// The board on the disk, and how far it has come: in one file, so that the one is never ahead of the other.
struct BoardFile: Codable {
  private(set) var board = Board()
  private var checkpoint: String?

  init() {}

  init(reading file: URL) throws {
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    self = try JSONDecoder().decode(BoardFile.self, from: Data(contentsOf: file))
  }
}

extension BoardFile {
  /// Folds what the log has beyond the checkpoint, and keeps both.
  mutating func catchUp(with log: any EventLog, in file: URL) async throws {
    let start = checkpoint.flatMap { LogCheckpoint($0) }
    guard try log.head().position != start?.position else { return }
    for try await batch in try log.subscribe(after: start) {
      for event in batch.events { try board.apply(event) }
      checkpoint = batch.checkpoint.description
      try JSONEncoder().encode(self).write(to: file, options: .atomic)
      if batch.isCaughtUp { return }
    }
  }

  /// A board that belongs to another log, or to a branch that was abandoned, is folded anew.
  static func open(_ file: URL, of log: any EventLog) async throws -> Board {
    var kept = try BoardFile(reading: file)
    do {
      try await kept.catchUp(with: log, in: file)
    } catch EventStoreError.checkpointRefused {
      kept = BoardFile()
      try await kept.catchUp(with: log, in: file)
    }
    return kept.board
  }
}

extension Board {
  /// The board as it was at a moment.
  init(of log: any EventLog, at time: Timestamp) throws {
    let last = try log.events(EventQuery(.all, from: .time(time), direction: .backwards, limit: 1)).first
    guard let last else { return }
    try log.forEach(EventQuery(.all, upTo: last.position)) { event in try apply(StoredEvent(event)) }
  }
}
