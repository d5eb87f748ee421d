/// All routes, found by path: literals before captures.
public struct RouteTable: Sendable {
  /// In the order they were declared.
  public let routes: [Route]
  private var root = Node()

  private struct Node: Sendable {
    var literals: [String: Node] = [:]
    var capture: [Node] = []
    var routes: [HTTPMethod: Int] = [:]
  }

  enum Match: Sendable {
    case route(Route, captures: [String: String])
    /// The path is there, but not with this method: what `Allow` says.
    case otherMethods([HTTPMethod])
    case none
  }

  /// Two routes with the same method and the same path are a programmer's error.
  public init(_ routes: [Route]) {
    self.routes = routes
    for (index, route) in routes.enumerated() {
      Self.insert(index, route.method, route.pattern.segments[...], into: &root)
    }
  }

  private static func insert(_ index: Int, _ method: HTTPMethod, _ rest: ArraySlice<PathPattern.Segment>, into node: inout Node) {
    switch rest.first {
    case nil:
      precondition(node.routes.updateValue(index, forKey: method) == nil, "two routes have one path and one method")
    case .literal(let text): insert(index, method, rest.dropFirst(), into: &node.literals[text, default: Node()])
    case .capture:
      if node.capture.isEmpty { node.capture.append(Node()) }
      insert(index, method, rest.dropFirst(), into: &node.capture[0])
    }
  }

  /// - Parameter method: `HEAD` finds what `GET` does.
  func match(_ method: String, _ path: RequestPath) -> Match {
    guard let node = Self.find(path.segments[...], root) else { return .none }
    let wanted = HTTPMethod(rawValue: method == "HEAD" ? "GET" : method)
    guard let wanted, let index = node.routes[wanted] else {
      return .otherMethods(HTTPMethod.allCases.filter { node.routes[$0] != nil })
    }
    let route = routes[index]
    var captures: [String: String] = [:]
    for case (.capture(let name), let value) in zip(route.pattern.segments, path.segments) { captures[name] = value }
    return .route(route, captures: captures)
  }

  private static func find(_ rest: ArraySlice<String>, _ node: Node) -> Node? {
    guard let first = rest.first else { return node.routes.isEmpty ? nil : node }
    if let next = node.literals[first], let found = find(rest.dropFirst(), next) { return found }
    return node.capture.first.flatMap { find(rest.dropFirst(), $0) }
  }
}
