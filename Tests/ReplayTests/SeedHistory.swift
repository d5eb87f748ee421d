import Domain
import EventStore
import Foundation
import Schema
import TestSupport

/// The history behind the seed's screens, in a data directory (domain.md S1, S2).
struct SeedHistory {
  static let representative = "P010001243312"

  let folder: TemporaryFolder
  let account: UUID

  init() async throws {
    folder = TemporaryFolder()
    let clock = ManualClock(SeedHistory.noon(2023, 5, 4))
    let log = try LMDBEventLog(directory: DataDirectory(folder.path), options: .init(clock: clock.read))
    let story = AccountStory(account: UUID(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0001), log: log, clock: clock)
    account = story.account
    try await SeedHistory.write(story)
    log.close()
  }

  static func write(_ story: AccountStory) async throws {
    let deadline = CivilDay(number: Int32(noon(2023, 10, 30).microseconds / 86_400_000_000))
    try await story.enrol(as: representative)
    let submitted = try await story.receive("Enrolment request submitted")
    let approved = try await story.receive("Enrolment request approved")
    for message in [submitted, approved] { try await story.read(message) }
    story.clock.now = noon(2023, 8, 1)
    let john = try await story.create(51958, of: PersonalName("John", "Incredible"), deadline: deadline)
    let helen = try await story.create(4984, of: PersonalName("Helen", "Incredible"), deadline: deadline)
    let alice = try await story.add(PersonalName("Alice", "Incredible"), to: helen)
    story.clock.now = noon(2023, 8, 4)
    let first = try await story.submit(john, [(john, "L100003692")])
    let group = try await story.submit(helen, [(helen, "L100003694"), (alice, "L100003696")])
    for application in [first[0], group[0]] {
      let request = try await story.request(from: application)
      try await story.send(to: application, asksForAction: true, request: request)
    }
    try await story.send(to: group[1])
  }

  private static func noon(_ year: Int, _ month: Int, _ day: Int) -> Timestamp {
    let civil = CivilDay(year: year, month: month, day: day) ?? CivilDay(number: 0)
    return Timestamp(microseconds: Int64(civil.number) * 86_400_000_000 + 43_200_000_000)
  }
}

/// What a run of `replay` printed, and how it ended.
struct Run {
  let status: Int32
  let output: String
  let errors: String

  init(_ arguments: [String]) throws {
    let (output, errors) = (Pipe(), Pipe())
    let process = BuiltProduct("replay").process(arguments, output: output)
    process.standardError = errors
    try process.run()
    self.output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    self.errors = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    status = process.terminationStatus
  }
}
