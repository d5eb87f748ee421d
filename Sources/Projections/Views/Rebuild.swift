import EventStore
import Foundation
import LMDB

/// Makes read models anew beside the live ones, in one pass over the log, and puts them in their place.
///
/// Queries and appends go on meanwhile. Killed at any point, it leaves the live ones as they are; what is left over is
/// removed by the next rebuild.
public struct Rebuild: Sendable {
  /// How far a rebuild is.
  public struct Progress: Sendable {
    public let position: Position
    public let target: Position
  }

  public static let defaultMemoryBytes = 256 << 20

  private let dataDirectory: DataDirectory
  private let log: any EventLog
  /// How many bytes of rows wait in memory, over all read models.
  private let memoryBytes: Int
  private let retention: Retention

  init(
    in dataDirectory: DataDirectory, log: any EventLog,
    memoryBytes: Int = Rebuild.defaultMemoryBytes, retention: Retention = .newest
  ) {
    self.dataDirectory = dataDirectory
    self.log = log
    self.memoryBytes = memoryBytes
    self.retention = retention
  }

  /// - Parameter progress: Called now and then.
  /// - Returns: The position up to which the new read models have folded.
  /// - Throws: `.rebuilding` if somebody else is at it; what stands in the way of folding. The live ones are as they were.
  @discardableResult
  func run(
    _ projections: [any Projection.Type], progress: (Progress) -> Void = { _ in }
  ) throws(ProjectionError) -> Position? {
    var builders: [any Building] = []
    for projection in projections { builders.append(try begin(projection, sharing: projections.count)) }
    let last = try scan(into: builders, Routes(projections), progress)
    var checkpoint = Checkpoint(lineage: log.lineage)
    if let last { try checkpoint.advance(to: last, in: log) }
    for builder in builders { try builder.goLive(at: checkpoint, retention) }
    return last
  }

  private func begin<P: Projection>(_: P.Type, sharing count: Int) throws(ProjectionError) -> any Building {
    try Builder<P>(ViewFolder(P.name, in: dataDirectory), limitBytes: memoryBytes / count)
  }

  /// Reads up to the head as it was at the beginning, then what was appended meanwhile. The little that is appended after
  /// that is folded by whoever asks next.
  private func scan(
    into builders: [any Building], _ routes: Routes, _ progress: (Progress) -> Void
  ) throws(ProjectionError) -> Position? {
    var last: Position?
    for _ in 0..<2 {
      let head = try asking { () throws(EventStoreError) in try log.head().position }
      guard let head, last.map({ $0 < head }) ?? true else { break }
      let query = EventQuery(.all, from: .position(last?.next ?? .first), upTo: head)
      last = try log.fold(query) { (event) throws(ProjectionError) in
        switch routes.destination(of: event) {
        case .nobody: break
        case .folds(let folds):
          for index in builders.indices where folds & (1 << UInt64(index)) != 0 { try builders[index].take(event) }
        case .unknown: throw .unknownEventType(event.type, at: event.position)
        }
        if event.position.rawValue % 8_192 == 0 { progress(Progress(position: event.position, target: head)) }
      } ?? last
    }
    if let last { progress(Progress(position: last, target: last)) }
    return last
  }
}

extension Rebuild {
  /// Folds one read model up to `position` into a new environment at `path`, for comparison.
  static func fold<P: Projection>(
    _: P.Type, _ log: any EventLog, upTo position: Position?, into path: String
  ) throws(ProjectionError) -> ViewStore {
    let store = try ViewStore(path: path, .new)
    var fold = ProjectionFold<P, WriteBackRows>(into: WriteBackRows(store: store, limitBytes: defaultMemoryBytes))
    if let position {
      let stop = fold.scan(log, EventQuery(.all, upTo: position), Routes([P.self])).stop
      if let stop { throw stop }
    }
    try fold.store(Checkpoint(lineage: log.lineage))
    return store
  }
}

extension ProjectionFold where Store == WriteBackRows {
  /// Writes what is pending, with what is known about it.
  mutating func store(_ checkpoint: Checkpoint) throws(ProjectionError) {
    var checkpoint = checkpoint
    checkpoint.folded = folded
    let faults = faults
    try rows.base.flush { (rows) throws(ProjectionError) in
      try rows.put(checkpoint)
      try rows.put(faults)
    }
  }
}

/// A version of a read model that is being made.
private protocol Building: AnyObject {
  func take(_ event: borrowing EventView) throws(ProjectionError)
  func goLive(at checkpoint: Checkpoint, _ retention: Retention) throws(ProjectionError)
}

private final class Builder<P: Projection>: Building {
  private let folder: ViewFolder
  private let lock: FileLock
  private var fold: ProjectionFold<P, WriteBackRows>?

  init(_ folder: ViewFolder, limitBytes: Int) throws(ProjectionError) {
    self.folder = folder
    lock = try folder.beginBuilding()
    let store = try ViewStore(path: folder.building, .new)
    fold = ProjectionFold(into: WriteBackRows(store: store, limitBytes: limitBytes))
  }

  func take(_ event: borrowing EventView) throws(ProjectionError) { try fold?.take(event) }

  func goLive(at checkpoint: Checkpoint, _ retention: Retention) throws(ProjectionError) {
    try store(checkpoint)
    try withExtendedLifetime(lock) { () throws(ProjectionError) in
      try folder.goLive(fingerprint: P.fingerprint, keeping: retention)
    }
  }

  /// Closes the environment, too: it is opened again under its own name.
  private func store(_ checkpoint: Checkpoint) throws(ProjectionError) {
    guard var fold = fold.take() else { return }
    try fold.store(checkpoint)
  }
}
