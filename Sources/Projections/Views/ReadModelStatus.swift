import EventStore

/// How a read model stands.
public struct ReadModelStatus: Sendable {
  public enum Health: Sendable, Equatable {
    /// It follows the log.
    case good
    /// Nobody has asked for it yet. It is made when somebody does.
    case missing
    /// Another build made it. It is made anew when somebody asks.
    case otherBuild
    /// It was folded from another log, or from this one before a restore. It is made anew when somebody asks.
    case otherLog
    /// It stopped at an event.
    case stopped(Fault)
    /// The rows of some accounts stopped at an event.
    case quarantined([Fault])
    /// It cannot be used: the reason says why and what to do.
    case unusable(String)
  }

  public let name: ProjectionName
  /// What this build makes.
  public let fingerprint: String
  /// The folder of the live version.
  public let version: String?
  public let checkpoint: Checkpoint?
  public let rowCount: Int?
  public let health: Health
}

extension LiveView {
  /// Looks without making or changing anything.
  func status() -> ReadModelStatus {
    let version = folder.current()
    func status(_ health: ReadModelStatus.Health, _ checkpoint: Checkpoint? = nil, rowCount: Int? = nil) -> ReadModelStatus {
      .init(
        name: P.name, fingerprint: P.fingerprint, version: version, checkpoint: checkpoint, rowCount: rowCount, health: health)
    }
    guard let version else { return status(.missing) }
    guard version.hasPrefix(P.fingerprint + ".") else { return status(.otherBuild) }
    do throws(ProjectionError) {
      return try existing(version).read { (rows) throws(ProjectionError) in
        let (checkpoint, faults) = (try rows.checkpoint(), try rows.faults())
        let health: ReadModelStatus.Health =
          if let stopped = faults.stopped { .stopped(stopped) }
          else if !faults.quarantined.isEmpty { .quarantined(Array(faults.quarantined.values)) }
          else { try agreement(of: checkpoint) }
        return status(health, checkpoint, rowCount: try rows.rowCount())
      }
    } catch {
      return status(.unusable(error.description))
    }
  }

  private func agreement(of checkpoint: Checkpoint?) throws(ProjectionError) -> ReadModelStatus.Health {
    switch try checkpoint?.compare(with: log, as: P.name) {
    case .same: .good
    case .otherLog: .otherLog
    case nil: .missing
    }
  }
}
