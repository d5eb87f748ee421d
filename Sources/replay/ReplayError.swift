import EventStore

/// What stands in the way of an answer. Exit code 1.
enum ReplayError: Error, Equatable, CustomStringConvertible {
  case noDataDirectory(String)
  case unknownRepresentative(String)
  case noKeys(String)
  case beyondTheEnd(Position, head: Position?)

  var description: String {
    switch self {
    case .noDataDirectory(let path): "There is no data directory \(path). Give it with --data."
    case .unknownRepresentative(let name): "No account has the Representative IRCC ID or identifier \(name)."
    case .noKeys(let path):
      "Nothing can be opened: the keys in \(path) or the master key are not there. Put them back, or leave --open out."
    case .beyondTheEnd(let position, let head):
      head.map { "The log ends at position \($0); there is no position \(position)." }
        ?? "The log is empty; there is no position \(position)."
    }
  }
}
