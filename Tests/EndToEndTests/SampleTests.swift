import Foundation
import TestSupport
import Testing

@Suite("The samples, through the programs")
struct SampleTests {
  private static let representatives = [
    ("incredible", "P010001243312", "2023-08-02"), ("french", "P010001243555", "2024-02-01"),
  ]

  @Test("the seed's screens come out as the seed prints them")
  func seed() throws {
    let programs = Programs()
    #expect(try programs.portal("act", "--clock", "input", Programs.sample("incredible")).exit == 0)
    let search = try programs.replay("applications", "--representative", "P010001243312", "--type", "refugee-claim", "--unread")
    let rows = search.output.split(separator: "\n").filter { $0.contains("Refugee claim") }.map { line in
      line.replacing(/\s{2,}/, with: "|")
    }
    #expect(
      rows == [
        "51958|Refugee claim|John Incredible|L100003692|August 01 2023|August 01 2023|N/A|August 04 2023|Submitted|Action required",
        "4984|Refugee claim|Helen Incredible|L100003694|August 01 2023|August 01 2023|N/A|August 04 2023|Submitted|Action required",
        "4984|Refugee claim|Alice Incredible|L100003696|August 01 2023|August 01 2023|N/A|August 04 2023|Submitted|Check full application status",
      ])
    #expect(search.output.contains("1 to 3 of 3"))
    let inbox = try programs.replay("inbox", "--representative", "P010001243312").output
    #expect(
      inbox.contains("Enrolment request approved   May 04 2023  May 04 2023\nEnrolment request submitted  May 04 2023  May 04 2023")
    )
    #expect(inbox.contains("1 to 2 of 2"))
    let now = try programs.replay("applications", "--representative", "P010001243312").output
    #expect(now.contains("You have no applications in progress.") && now.contains("0 of 0"))
    let then = try programs.replay("applications", "--representative", "P010001243312", "--as-of", "2023-08-02").output
    #expect(then.contains("Helen Incredible (+1)") && then.contains("1 to 2 of 2"))
  }

  @Test("without index and views, a rebuild brings back the same answers, byte for byte", arguments: representatives)
  func rebuilt(_ sample: String, _ representative: String, _ day: String) throws {
    let programs = Programs()
    #expect(try programs.portal("act", "--clock", "input", Programs.sample(sample)).exit == 0)
    let before = try programs.answers(representative, day: day)
    #expect(before.filter { $0.hasPrefix("exit") } == [])
    for derived in ["index", "views"] { try FileManager.default.removeItem(atPath: programs.data + "/" + derived) }
    let rebuild = try programs.replay("rebuild")
    #expect(rebuild.exit == 0, "\(rebuild.errors)")
    #expect(try programs.answers(representative, day: day) == before)
    let verification = try programs.replay("verify", "--views")
    #expect(verification.exit == 0, "\(verification.output)\(verification.errors)")
  }

  @Test("played a second time nothing is appended and every answer is the first one", arguments: representatives)
  func repeated(_ sample: String, _ representative: String, _ day: String) throws {
    let programs = Programs()
    let first = try programs.portal("act", "--clock", "input", Programs.sample(sample))
    let history = try programs.replay("history", "--representative", representative).output
    let second = try programs.portal("act", "--clock", "input", Programs.sample(sample))
    #expect(second.exit == 0)
    #expect(first.output.split(separator: "\n").count == second.output.split(separator: "\n").count)
    #expect(try programs.replay("history", "--representative", representative).output == history)
  }

  @Test("without the master key everything works and personal data shows as sealed")
  func sealed() throws {
    let programs = Programs()
    #expect(try programs.portal("act", "--clock", "input", Programs.sample("incredible")).exit == 0)
    try FileManager.default.removeItem(atPath: programs.data + "/keys/master.key")
    let search = try programs.replay("applications", "--representative", "P010001243312", "--unread")
    #expect(search.exit == 0 && search.output.contains("[sealed]") && !search.output.contains("Incredible"))
    #expect(try programs.replay("rebuild").exit == 0)
    #expect(try programs.replay("verify", "--views").exit == 0)
  }
}
