import Domain
import StrictJSON
import WebServer

extension Route {
  /// `/api/openapi.json`: OpenAPI 3.1, made from the declarations of the routes for programs.
  static func document(of routes: [Route]) -> Route {
    let json = OpenAPI.document(of: routes.filter { $0.kind == .api })
    return Route(.get, "/api/openapi.json", access: .everyone, kind: .api, prolongs: false, summary: "This document.") { _ in
      .json(json)
    }
  }
}

/// Routes as OpenAPI has them.
enum OpenAPI {
  static func document(of routes: [Route]) -> JSON {
    var paths: [JSON.Member] = []
    for route in routes {
      let operation = JSON.Member(name: route.method.rawValue.lowercased(), value: operation(route))
      if let index = paths.firstIndex(where: { $0.name == route.pattern.description }),
        case .object(let members) = paths[index].value
      {
        paths[index] = .init(name: paths[index].name, value: .object(members + [operation]))
      } else {
        paths.append(.init(name: route.pattern.description, value: .object([operation])))
      }
    }
    return object([
      ("openapi", "3.1.0"),
      ("info", object([("title", "Portal for representatives"), ("version", "0.1")])), ("paths", .object(paths)),
      ("components", object([("schemas", object([("Problem", problem)])), ("securitySchemes", security)])),
    ])
  }

  private static func operation(_ route: Route) -> JSON {
    var members: [(String, JSON)] = [("summary", .string(route.summary))]
    var parameters = route.pattern.captures.map { name in
      parameter(name, in: "path", name == "name" ? commandNames : object([("type", "string")]))
    }
    if route.needsCommand { parameters.append(parameter("Idempotency-Key", in: "header", uuid)) }
    if !route.method.isSafe { parameters.append(parameter("Dossier-Token", in: "header", object([("type", "string")]))) }
    if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
    if let type = route.body.contentType {
      members.append(
        (
          "requestBody",
          object([("required", true), ("content", object([(type, object([("schema", object([("type", "object")]))]))]))])
        ))
    }
    if route.access != .everyone { members.append(("security", .array([object([("session", .array([]))])]))) }
    let refused = object([
      ("description", "Refused."),
      (
        "content",
        object([("application/problem+json", object([("schema", object([("$ref", "#/components/schemas/Problem")]))]))])
      ),
    ])
    members.append(("responses", object([("200", object([("description", "Done.")])), ("default", refused)])))
    return object(members)
  }

  private static func parameter(_ name: String, in place: String, _ schema: JSON) -> JSON {
    object([("name", .string(name)), ("in", .string(place)), ("required", true), ("schema", schema)])
  }

  private static let uuid = object([("type", "string"), ("format", "uuid")])

  /// The commands a representative or a visitor can give.
  private static var commandNames: JSON {
    let names = Capabilities.commands.filter { $0.givenBy.contains(.representative) || $0.givenBy.contains(.visitor) }
    return object([("type", "string"), ("enum", .array(names.map { JSON.string($0.name) }))])
  }

  private static let security = object([
    ("session", object([("type", "apiKey"), ("in", "cookie"), ("name", "sid")]))
  ])

  private static let problem: JSON = {
    let text = object([("type", "string")])
    return object([
      ("type", "object"),
      (
        "properties",
        object([
          ("type", text), ("title", text), ("status", object([("type", "integer")])), ("code", text),
          ("messages", object([("type", "object"), ("properties", object([("en", text), ("fr", text)]))])), ("request", text),
        ])
      ),
    ])
  }()

  private static func object(_ members: [(String, JSON)]) -> JSON {
    .object(members.map { JSON.Member(name: $0.0, value: $0.1) })
  }
}
