import Domain
import EventStore
import Foundation
import Keys
import Testing

@testable import portal

@Suite struct ActTests {
  private static let good =
    #"{"command":"setSequence","commandId":"0187e000-0000-4000-8000-0000000000N1","actor":{"role":"operator","name":"1"},"at":"2023-05-04T12:00:00Z","name":"package","next":N0}"#

  private static func good(_ n: Int) -> String { good.replacingOccurrences(of: "N", with: String(n)) }

  /// Lines that are no commands, and what is said of them.
  static let malformed: [(String, String)] = [
    ("nonsense", "not JSON: a value should be here (column 1)"),
    ("[]", "a line must be an object"),
    ("{}", "'command' is missing"),
    (good(2) + "}", "not JSON: there is something after the value (column 171)"),
    (
      good(2).replacingOccurrences(of: "setSequence", with: "setSequences"),
      "'command' must be one of \(Capabilities.commands.map { $0.name }.joined(separator: ", "))"
    ),
    (
      good(2).replacingOccurrences(of: "setSequence", with: "Maple#2023x"),
      "'command' must be one of \(Capabilities.commands.map { $0.name }.joined(separator: ", "))"
    ),
    (good(2).replacingOccurrences(of: #""next""#, with: #""nxt":1,"next""#), "field 2 is unknown; the fields are name, next, step"),
    (
      good(2).replacingOccurrences(of: #""name":"1""#, with: #""name":"1","rank":2"#),
      "field 3 in 'actor' is unknown; the fields are role, account, client, number, name"
    ),
    (good(2).replacingOccurrences(of: #","next":20"#, with: ""), "'next' is missing"),
    (good(2).replacingOccurrences(of: ":20", with: #":"20""#), "'next' must be a whole number, 0 or more"),
    (good(2).replacingOccurrences(of: ":20", with: ":-1"), "'next' must be a whole number, 0 or more"),
    (good(2).replacingOccurrences(of: ":20", with: ":2.5"), "'next' must be a whole number, 0 or more"),
    (good(2).replacingOccurrences(of: ":20", with: ":1e400"), "not JSON: the number is too large (column 173)"),
    (
      good(2).replacingOccurrences(of: #""package""#, with: #""parcel""#),
      "'name' must be one of package, application-L, application-V, application-S, representative"
    ),
    (good(2).replacingOccurrences(of: "0187e000-", with: ""), "'commandId' must be a UUID"),
    (
      good(2).replacingOccurrences(of: #""operator""#, with: #""king""#),
      "'actor.role' must be one of representative, client, officer, enrolment-officer, operator, adapter, system, visitor"
    ),
    (good(2).replacingOccurrences(of: "2023-05-04T", with: "2023-02-29T"), "'at' must be a time such as 2023-08-04T15:00:00Z"),
    (good(2).replacingOccurrences(of: #","at":"2023-05-04T12:00:00Z""#, with: ""), "'at' is missing"),
    (
      good(2).replacingOccurrences(of: #""name":"package""#, with: #""name":"package","name":"package""#),
      "not JSON: a name stands twice in an object (column 167)"
    ),
    (String(repeating: " ", count: 1 << 20) + good(2), "longer than 1048576 bytes"),
  ]

  @Test("a line that is no command ends the run with its number; exactly the lines before it are carried out", arguments: malformed)
  func malformedLine(line: String, reason: String) async throws {
    let bench = Bench()
    let result = try await bench.act([Self.good(1), "", line, Self.good(3)].joined(separator: "\n"))
    #expect(result.fault == "line 3: \(reason)")
    #expect(result.lines.count == 1)
    #expect(try bench.count() == 2)
  }

  @Test("bytes that are no UTF-8 are refused")
  func encoding() async throws {
    var bytes = Data(Self.good(1).utf8) + Data("\n{\"command\":\"".utf8)
    bytes.append(0xFF)
    let result = try await Bench().act(bytes + Data("\"}\n".utf8))
    #expect(result.fault == "line 2: not JSON: a string is not UTF-8 (column 15)")
  }

  @Test("'at' belongs to --clock input and to nothing else")
  func clock() async throws {
    let result = try await Bench().act(Self.good(1), clock: .system)
    #expect(result.fault == "line 1: 'at' is taken only with --clock input")
  }

  @Test("log time follows the input, and never goes back")
  func time() async throws {
    let bench = Bench()
    let early = Self.good(2).replacingOccurrences(of: "T12:", with: "T11:")
    let result = try await bench.act([Self.good(1), early].joined(separator: "\n"))
    #expect(try result.values(of: "time") == ["2023-05-04T12:00:00.000000Z", "2023-05-04T12:00:00.000000Z"])
  }

  @Test("an empty input is no fault, and makes an empty log")
  func empty() async throws {
    let bench = Bench()
    let result = try await bench.act("")
    #expect(result.fault == nil && result.lines.isEmpty)
    #expect(try bench.count() == 0)
  }

  @Test("a last line without an end, and lines that end as on Windows, are lines")
  func endings() async throws {
    let result = try await Bench().act(Self.good(1) + "\r\n" + Self.good(2))
    #expect(result.fault == nil && result.lines.count == 2)
  }

  @Test("a second writer is told who writes")
  func locked() async throws {
    let bench = Bench()
    let workplace = try Workplace(bench.data, clock: .system, environment: [:])
    defer { workplace.close() }
    let error = #expect(throws: EventStoreError.self) { try Workplace(bench.data, clock: .system, environment: [:]) }
    guard case .locked(_, let holder) = error else {
      Issue.record("not told: \(String(describing: error))")
      return
    }
    #expect(holder.contains(String(ProcessInfo.processInfo.processIdentifier)))
  }

  @Test("where a configured master key is missing nothing begins")
  func masterKey() throws {
    let bench = Bench()
    let missing = bench.folder.path("nowhere.key")
    #expect(throws: KeyError.masterKeyMissing(path: missing)) {
      try Workplace(bench.data, clock: .system, environment: [MasterKey.environmentVariable: missing])
    }
  }
}
