import CaseEngine
@testable import Domain
import EventStore
import Foundation
import Keys
import Schema
import TestSupport
import Testing

/// An engine on a log in memory, with a clock that a test sets, and short ways to give commands.
final class Scene: Sendable {
  let folder = TemporaryFolder()
  let clock = ManualClock()
  let log: any EventLog
  let keys: KeyRing
  let secrets: Secrets
  let engine: CaseEngine

  init(at time: String = "2023-05-04 09:12:30", log wrapped: ((InMemoryEventLog) -> any EventLog)? = nil) throws {
    let memory = InMemoryEventLog(clock: clock.read)
    let log = wrapped?(memory) ?? memory
    self.log = log
    keys = try KeyRing(path: folder.path("keys"), log: log)
    secrets = try Secrets(path: folder.path("secrets"), log: log)
    engine = CaseEngine(log: log, keys: keys, secrets: secrets, clock: clock.read)
    at(time)
  }

  /// Sets the clock to a time in Ottawa: `2023-05-04 09:12:30`, microseconds after a period.
  func at(_ time: String) { clock.now = Self.ottawa(time) }

  static func ottawa(_ text: String) -> Timestamp {
    let parts = text.split { " :.".contains($0) }.map(String.init)
    guard let day = CivilDay(iso: parts[0]), let hour = Int64(parts[1]), let minute = Int64(parts[2]), let second = Int64(parts[3])
    else { preconditionFailure("'\(text)' is no time.") }
    let micro = parts.count > 4 ? Int64(parts[4].padding(toLength: 6, withPad: "0", startingAt: 0)) ?? 0 : 0
    // No scene plays on a day on which the clocks change.
    return Timestamp(
      microseconds: day.firstInstant.microseconds + ((hour * 60 + minute) * 60 + second) * 1_000_000 + micro)
  }

  // MARK: Commands

  @discardableResult
  func give(
    _ command: CaseCommand, as performer: Performer, id: UUID = UUID(), body: String? = nil
  ) async throws -> Answer {
    try await engine.perform(
      Order(id: id, performer: performer, command: command.command, body: Data((body ?? "\(command)").utf8)))
  }

  func give(_ command: CaseCommand, as role: CommandActor, id: UUID = UUID()) async throws -> Answer {
    try await give(command, as: .actor(role), id: id)
  }

  /// Gives a command that must be accepted.
  @discardableResult
  func accepted(
    _ command: CaseCommand, as performer: Performer, id: UUID = UUID(), sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Acceptance {
    switch try await give(command, as: performer, id: id) {
    case .accepted(let acceptance): return acceptance
    case .refused(let refusal):
      Issue.record("refused with \(refusal.reasons.map(\.code.rawValue))", sourceLocation: sourceLocation)
      throw refusal
    }
  }

  @discardableResult
  func accepted(
    _ command: CaseCommand, as role: CommandActor, id: UUID = UUID(), sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Acceptance {
    try await accepted(command, as: .actor(role), id: id, sourceLocation: sourceLocation)
  }

  /// Gives a command that must be refused with these codes, and must append nothing.
  func refused(
    _ command: CaseCommand, as performer: Performer, _ codes: RefusalCode..., id: UUID = UUID(), events: Int = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let before = try count()
    let answer = try await give(command, as: performer, id: id)
    guard case .refused(let refusal) = answer else {
      Issue.record("accepted", sourceLocation: sourceLocation)
      return
    }
    #expect(refusal.reasons.map(\.code) == codes, sourceLocation: sourceLocation)
    #expect(try count() == before + events, sourceLocation: sourceLocation)
  }

  func refused(
    _ command: CaseCommand, as role: CommandActor, _ code: RefusalCode, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await refused(command, as: .actor(role), code, sourceLocation: sourceLocation)
  }

  // MARK: The log

  func count() throws -> Int { Int(try log.head().position?.rawValue ?? 0) }

  /// The types of all events after the first `start`, without their package name.
  func types(after start: Int = 0) throws -> [String] {
    try log.events(EventQuery(.all)).dropFirst(start).map { String($0.type.name.dropFirst("dossier.v1.".count)) }
  }

  func count(of type: String) throws -> Int { try types().count { $0 == type } }

  /// The events of an account's inbox and application messages, decoded with their personal data.
  func messages() throws -> [DomainEvent] {
    try log.events(EventQuery(.all)).filter { $0.type.name.hasSuffix("MessageSent") }.map { stored in
      try EventCodec().decode(
        EncodedEvent(
          type: stored.type.name, payload: stored.payload,
          sealed: stored.sealed.map { .init(subject: $0.subject, bytes: $0.bytes) }), id: stored.id, keys: keys.reader)
    }
  }
}

// MARK: The cast (domain.md 5)

extension CommandActor {
  static let officer77 = CommandActor.officer("77")
  static let enrolment12 = CommandActor.enrolmentOfficer("12")
  static let register = CommandActor.adapter("register")
  static let operator1 = CommandActor.operator("1")
}

extension Scene {
  static let john = UUID(uuidString: "0187e6c1-0000-7000-8000-000000000001") ?? UUID()
  static let marie = UUID(uuidString: "0187e6c1-0000-7000-8000-000000000002") ?? UUID()
  var john: Performer { .representative(.id(Self.john)) }
  var marie: Performer { .representative(.id(Self.marie)) }

  static func enrolment(
    membership: String = "R512345", surname: String = "Doe", email: String = "John.Doe@cicc.com",
    language: Language = .english
  ) -> Accounts.SubmitEnrolment {
    Accounts.SubmitEnrolment(
      governingBody: .collegeOfImmigrationAndCitizenshipConsultants, membershipId: membership, surname: surname,
      givenName: "John", email: email, telephone: "5143334545", mailingAddress: "1 Main Street\nOttawa ON",
      language: language, emailUpdates: true, documents: [UUID(), UUID()], declarationVersion: 1)
  }

  /// An account that was approved.
  func enrol(_ account: UUID = Scene.john, _ form: Accounts.SubmitEnrolment = Scene.enrolment()) async throws {
    try await accepted(.submitEnrolment(form), as: .representative(.id(account)))
    let now = Instant(microseconds: clock.now.microseconds)
    try await accepted(.recordMembershipCheck(.goodStanding, at: now, of: .id(account)), as: .register)
    try await accepted(.approveEnrolment(of: .id(account)), as: .enrolment12)
  }

  static func application(
    _ type: ApplicationType = .refugeeClaim, _ mode: ApplicationCreated.Mode = .individual,
    _ family: String = "Incredible", _ given: String = "Helen"
  ) -> Packages.CreateApplication {
    Packages.CreateApplication(
      type: type, mode: mode, principal: Packages.Applicant(familyName: family, givenNames: given), acknowledgedVersion: 1)
  }

  /// A package of John's, complete for submission.
  func draft(_ new: Packages.CreateApplication = Scene.application(), members: Int = 1, as performer: Performer? = nil) async throws
    -> UInt64
  {
    let performer = performer ?? john
    let acceptance = try await accepted(.createApplication(new), as: performer)
    guard case .package(let number) = acceptance.results.first else { throw Refusal(.applicationNotFound) }
    for ordinal in 2..<(members + 1) {
      let person = Packages.Applicant(familyName: "Incredible", givenNames: "Member \(ordinal)")
      try await accepted(.addApplicant(person, relation: .child, package: number), as: performer)
    }
    for ordinal in 1...members {
      for section in new.type.sections {
        try await accepted(
          .saveApplication(.sample(section.rawValue, applicant: UInt32(ordinal)), package: number), as: performer)
      }
    }
    return number
  }
}
