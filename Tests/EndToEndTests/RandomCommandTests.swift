import EventStore
import Foundation
import TestSupport
import Testing

@Suite("Random commands, through the programs")
struct RandomCommandTests {
  private static let representative = "P010001243312"

  /// Commands about a few packages, in no sensible order: some are accepted, some refused.
  private static func commands(_ count: Int, _ random: inout SeededGenerator) -> [String] {
    (0..<count).map { number in
      let package = Int.random(in: 1...5, using: &random)
      let body: String =
        switch Int.random(in: 0..<10, using: &random) {
        case 0...2:
          #""command":"createApplication","type":"\#(["refugeeClaim", "visitorVisa", "studyPermit"].randomElement(using: &random) ?? "visitorVisa")","mode":"\#(Bool.random(using: &random) ? "group" : "individual")","principal":{"familyName":"Name\#(number)","givenNames":"Given"},"acknowledgedVersion":1"#
        case 3: #""command":"addApplicant","package":\#(package),"applicant":{"givenNames":"Member\#(number)"},"relation":"child""#
        case 4...6:
          #""command":"saveApplication","package":\#(package),"section":"\#(["applicant", "identity", "basis", "background"].randomElement(using: &random) ?? "applicant")","answers":{"answer":"\#(Int.random(in: 0...2, using: &random))"},"complete":true"#
        case 7: #""command":"submitApplication","package":\#(package)"#
        case 8: #""command":"deleteApplication","package":\#(package)"#
        default: #""command":"readAccountMessage","template":"M-ENR-APP""#
        }
      let time = String(format: "2023-08-01T13:%02d:%02dZ", number / 60, number % 60)
      let id = UUID.v7(at: .init(microseconds: Int64(number)), using: &random).uuidString
      return #"{\#(body),"commandId":"\#(id)","actor":{"role":"representative","account":"\#(representative)"},"at":"\#(time)"}"#
    }
  }

  @Test("without index and views, a rebuild brings back the same answers, byte for byte", arguments: [1, 2, 3] as [UInt64])
  func rebuilt(_ seed: UInt64) throws {
    let programs = Programs()
    var random = SeededGenerator(seed: seed)
    let enrolment = try String(contentsOfFile: Programs.sample("incredible"), encoding: .utf8).split(separator: "\n").prefix(8).map(
      String.init)
    let input = (enrolment + Self.commands(80, &random)).joined(separator: "\n")
    let acted = try programs.portal("act", "--clock", "input", "-", input: input)
    #expect(acted.exit == 0, "\(acted.errors)")
    #expect(acted.output.split(separator: "\n").dropFirst(8).count { $0.contains("accepted") } > 20, "enough of it happened")
    let before = try programs.answers(Self.representative, day: "2023-08-01")
    #expect(before.filter { $0.hasPrefix("exit") } == [])
    for derived in ["index", "views"] { try FileManager.default.removeItem(atPath: programs.data + "/" + derived) }
    #expect(try programs.replay("rebuild").exit == 0)
    #expect(try programs.answers(Self.representative, day: "2023-08-01") == before)
    #expect(try programs.replay("verify", "--views").exit == 0)
  }
}
