import Foundation
import HTML
import WebServer

/// The pages and the API of the portal.
public struct Portal: Sendable {
  let office: Office

  public init(_ office: Office) { self.office = office }

  /// Every route but those for operators.
  public var routes: [Route] {
    let routes = signInRoutes + homeRoutes + packageRoutes + memberRoutes + applicationRoutes + accountRoutes + apiRoutes
    return routes + [Route.document(of: routes)]
  }

  /// A page for representatives.
  func get(_ path: String, _ handler: @escaping @Sendable (Frame) async throws -> Reply) -> Route {
    let office = office
    return Route(.get, path, roles: [.representative]) { try await handler(Frame(office, $0)) }
  }

  /// A form of representatives that gives a command.
  func post(
    _ path: String, repeated: Set<String> = [], _ handler: @escaping @Sendable (Frame) async throws -> Reply
  ) -> Route {
    let office = office
    return Route(.post, path, roles: [.representative], body: .form(repeated: repeated), needsCommand: true) {
      try await handler(Frame(office, $0))
    }
  }
}

extension Role {
  static let representative: Role = "representative"
}
