import HTML
import HTTPTypes
import Hummingbird
import NIOCore

/// What is known about a connection.
public struct Connection: InitializableFromSource, Sendable {
  public typealias Source = ApplicationRequestContextSource
  let peer: String

  public init(source: ApplicationRequestContextSource) { peer = source.channel.remoteAddress?.ipAddress ?? "unknown" }

  /// A connection from an address, without a channel.
  public init(peer: String) { self.peer = peer }
}

/// One request while it is answered: what log and metrics will say.
struct Exchange: Sendable {
  let id = Hex.text(Sessions.randomBytes(8))
  let began: Int64
  let peer: String
  let head: HTTPRequest
  var source: Source
  var visitor: Visitor?
  var route: Route?
  /// What is logged when there is no route.
  var label = "none"
  var code: String?
  /// Methods for `Allow`.
  var allowed: [String] = []
  var guardRefusal: GuardRefusal?

  init(began: Int64, peer: String, head: HTTPRequest) {
    self.began = began
    self.peer = peer
    self.head = head
    source = Source(address: peer)
  }

  /// The values of a header, one for each line.
  func values(_ name: String) -> [String] { HTTPField.Name(name).map { head.headerFields[values: $0] } ?? [] }

  /// The language that the browser would rather have.
  var preferredLanguage: Language {
    let wanted = values("Accept-Language").joined(separator: ",").split(separator: ",").map { part in
      let value = HeaderValue(part.trimmed)
      return (language: value.value.prefix(2), weight: value["q"].flatMap(Double.init) ?? 1)
    }
    let french = wanted.filter { $0.language == "fr" }.map(\.weight).max() ?? 0
    let english = wanted.filter { $0.language == "en" || $0.language == "*" }.map(\.weight).max() ?? 0
    return french > english ? .french : .english
  }

  /// Whether a refusal is a page: for a browser, and never under `/api`.
  var wantsPage: Bool {
    if let route { return route.kind == .page && !values("Accept").contains("application/json") }
    guard head.path?.hasPrefix("/api") != true else { return false }
    return values("Accept").contains { $0.contains("text/html") }
  }
}
