import EventStore

extension ReadModels {
  static let all: [any Projection.Type] = [ClientApplications.self, AccountInbox.self, AccountProfile.self]

  /// The names of all read models.
  public static var names: [ProjectionName] { all.map { $0.name } }

  /// How every read model stands. Looks without making or changing anything.
  public func status() -> [ReadModelStatus] {
    [clientApplications.status(), inboxes.status(), profiles.status()]
  }

  /// Makes read models anew beside the live ones, in one pass over the log, and puts them in their place. Queries and appends
  /// go on meanwhile. Killed at any point, it leaves the live ones as they are.
  /// - Parameters:
  ///   - names: Which; the others stay.
  ///   - memoryBytes: How many bytes of rows may wait in memory, over all read models.
  ///   - progress: Called now and then.
  /// - Returns: The position up to which they have folded; `nil` for an empty log.
  @discardableResult
  public func rebuild(
    _ names: [ProjectionName] = ReadModels.names, memoryBytes: Int = Rebuild.defaultMemoryBytes,
    retention: Retention = .newest, progress: (Rebuild.Progress) -> Void = { _ in }
  ) throws(ProjectionError) -> Position? {
    let rebuild = Rebuild(in: dataDirectory, log: log, memoryBytes: memoryBytes, retention: retention)
    return try rebuild.run(Self.all.filter { names.contains($0.name) }, progress: progress)
  }

  /// Holds every row of every read model against a fresh fold of the log.
  /// - Parameters:
  ///   - memoryBytes: How many bytes of rows may wait in memory.
  ///   - report: Told of every difference.
  /// - Returns: How many rows were compared.
  public func verify(
    memoryBytes: Int = Rebuild.defaultMemoryBytes, _ report: (RowDifference) -> Void
  ) throws(ProjectionError) -> Int {
    try clientApplications.verify(memoryBytes, report) + inboxes.verify(memoryBytes, report) + profiles.verify(memoryBytes, report)
  }
}
