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
    let folders = projections.map { ViewFolder($0.name, in: dataDirectory) }
    var locks: [FileLock] = []
    for folder in folders { locks.append(try folder.beginBuilding()) }
    let position = try fold(projections, into: folders, progress)
    for (projection, folder) in zip(projections, folders) {
      try folder.goLive(fingerprint: projection.fingerprint, keeping: retention)
    }
    withExtendedLifetime(locks) {}
    return position
  }

  /// Folds up to the head as it was at the beginning, then what was appended meanwhile. The little that is appended after
  /// that is folded by whoever asks next. The environments are closed when this returns: they are opened again under their
  /// own names.
  private func fold(
    _ projections: [any Projection.Type], into folders: [ViewFolder], _ progress: (Progress) -> Void
  ) throws(ProjectionError) -> Position? {
    var stores: [ViewStore] = []
    for folder in folders { stores.append(try ViewStore(path: folder.building, .new)) }
    let fold = ParallelFold(projections, of: log, into: stores, memoryBytes: memoryBytes)
    for _ in 0..<2 {
      guard let head = try asking({ () throws(EventStoreError) in try log.head().position }) else { break }
      try fold.run(upTo: head) { progress(Progress(position: $0, target: head)) }
    }
    try fold.finish(try Checkpoint(of: log, at: fold.position))
    return fold.position
  }
}

extension Rebuild {
  /// Folds one read model up to `position` into a new environment at `path`, for comparison. The folder has no name once it is open: it
  /// is gone with the process, whatever ends it.
  static func fold<P: Projection>(
    _: P.Type, _ log: any EventLog, upTo position: Position?, into path: String, memoryBytes: Int
  ) throws(ProjectionError) -> ViewStore {
    defer { try? FileSystem.removeTree(path) }
    let store = try ViewStore(path: path, .new)
    try lmdb { () throws(LMDBError) in try FileSystem.removeTree(path) }
    let fold = ParallelFold([P.self], of: log, into: [store], memoryBytes: memoryBytes)
    if let position { try fold.run(upTo: position) }
    try fold.finish(try Checkpoint(of: log, at: position))
    return store
  }
}
