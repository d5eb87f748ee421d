import HTTPTypes

/// What a connection lets through.
public struct GuardRules: Sendable {
  /// A request without an upload must be here, whole, after so long.
  public var deadline: Duration = .seconds(15)
  /// A larger body has this besides, for each 64 KiB that it may have.
  public var perChunk: Duration = .seconds(1)
  /// A client that takes nothing for so long is let go.
  public var stall: Duration = .seconds(30)
  /// After a refusal the rest of the body is thrown away for so long, so that the client gets to read the answer.
  public var linger: Duration = .seconds(1)

  public init() {}

  func deadline(forBody limit: Int) -> Duration {
    limit <= 1_024 * 1_024 ? deadline : deadline * 2 + perChunk * (limit / (64 * 1_024))
  }
}

/// What is said about a head before its body is read.
enum HeadVerdict: Equatable, Sendable {
  /// Go on; the body may have so many bytes.
  case pass(bodyLimit: Int)
  case refuse(GuardRefusal)
}

/// Why the guard stops a request. It travels to the answer in a header that no client can set.
enum GuardRefusal: String, Error, Sendable {
  case badHost = "host.bad"
  case otherHost = "host.other"
  case tooLarge = "body.large"
  case tooSlow = "slow"
  case expectation = "expectation"

  static let header: HTTPField.Name? = HTTPField.Name("Dossier-Guard")

  var problem: Problem {
    switch self {
    case .badHost: .badRequest
    case .otherHost: .otherHost
    case .tooLarge: .tooLarge
    case .tooSlow: .tooSlow
    case .expectation: .expectation
    }
  }
}
