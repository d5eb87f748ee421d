/// The methods a route may have. Everything else is answered with 405.
public enum HTTPMethod: String, CaseIterable, Sendable {
  case get = "GET"
  case post = "POST"
  case put = "PUT"
  case patch = "PATCH"
  case delete = "DELETE"

  /// Whether a request with it may change nothing (RFC 9110, 9.2.1).
  public var isSafe: Bool { self == .get }
}
