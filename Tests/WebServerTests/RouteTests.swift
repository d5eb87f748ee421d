import Testing

@testable import WebServer

@Suite("Routes")
struct RouteTests {
  @Test("a request that may change something is told by its method")
  func safety() { #expect(HTTPMethod.allCases.filter(\.isSafe) == [.get]) }
}
