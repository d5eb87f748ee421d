import Crypto
import Domain
import EventStore
import Foundation
import Schema

extension Attempt {
  mutating func createApplication(_ new: NewApplication) throws {
    let account = try account()
    let number = try takeNumbers(1, of: .package)[0]
    let principal = new.principal.details(context.newIdentifier())
    let create = CreateApplication(
      package: context.newIdentifier(), number: number,
      isNumberTaken: try engine.lookup.isUsed(TagNames.package(number)), type: new.type, mode: new.mode,
      principal: principal, acknowledgedVersion: new.acknowledgedVersion, borderClaim: try borderClaim(new),
      openDrafts: try engine.rosters.roster(of: account).openDrafts(at: context.now))
    let state = try decidePackage(.create(create), create.package)
    if let draft = state.draft { try register(.registerClient(principal), of: draft) }
  }

  mutating func addApplicant(_ applicant: Applicant, relation: String) throws {
    let person = applicant.details(context.newIdentifier())
    let package = try package()
    let state = try decidePackage(.addApplicant(AddApplicant(person: person, relation: relation)), package)
    if let draft = state.draft { try register(.registerMember(person), of: draft) }
  }

  mutating func saveApplication(_ saved: SectionAnswers) throws {
    let package = try package()
    let draft = try state(PackageDecider.self, StreamNames.package(package)).draft
    // An ordinal nobody has becomes a person nobody is: the decider says so.
    let person = draft?.members.first { $0.ordinal == saved.applicant }?.personID ?? context.newIdentifier()
    let key = try engine.subjectKey(of: person)
    let save = SaveApplication(
      person: person, section: saved.section, answers: saved.answers,
      digest: key.map { AnswersDigest.of(saved.answers, key: $0) } ?? 0, changedFields: saved.changedFields,
      isComplete: saved.isComplete, isAutosave: saved.isAutosave, expectedRevision: saved.expectedRevision)
    try decidePackage(.save(save), package)
  }

  mutating func deleteApplication() throws {
    try decidePackage(.delete(.officer), try package())
  }

  mutating func submitApplication(expectedRevision: UInt64?) throws {
    let package = try package()
    let draft = try state(PackageDecider.self, StreamNames.package(package)).draft
    var numbers: [String] = []
    if let draft, draft.numbersNeeded > 0, let sequence = draft.type.numberSequence {
      numbers = try takeNumbers(draft.numbersNeeded, of: sequence).map(sequence.text)
    }
    let submit = SubmitPackage(
      numbers: numbers,
      isNumberTaken: try numbers.contains { try engine.lookup.isUsed(TagNames.application($0)) },
      formHash: try engine.formHash(of: package), expectedRevision: expectedRevision)
    try decidePackage(.submit(submit), package)
  }

  mutating func expireDrafts() throws {
    let roster = try engine.rosters.roster(of: try account())
    let due = roster.drafts.filter { $0.deadline.lastInstant < context.now }
    for (package, _) in due.prefix(Self.expiredAtOnce) { try decidePackage(.expire, package) }
  }

  /// Each draft takes two events, and an append holds 1,000; an account has no more than 500 drafts.
  private static let expiredAtOnce = 400

  /// - Returns: The package with the events folded in.
  @discardableResult
  mutating func decidePackage(_ command: PackageCommand, _ package: UUID) throws -> PackageState {
    let stream = StreamNames.package(package)
    var state = try state(PackageDecider.self, stream)
    for event in try PackageDecider.decide(command, given: state, context: context) {
      state = PackageDecider.evolve(state, with: event, at: context.now)
      guard let draft = state.draft else { continue }
      try plan(.package(event, draft: draft), package: state)
    }
    return state
  }

  private mutating func register(_ command: PersonCommand, of draft: Draft) throws {
    for event in try PersonDecider.decide(command, given: .unknown, context: context) {
      try plan(.client(event, draft: draft))
    }
  }

  private mutating func borderClaim(_ new: NewApplication) throws -> BorderClaim? {
    guard let number = new.borderNumber else { return nil }
    // Nobody may give out the number meanwhile: creations meet at the sequence of packages, submissions at this one.
    _ = try state(SequenceDecider.self, StreamNames.sequence(.refugeeClaims))
    let isTaken = number.isEmpty ? false : try engine.lookup.isUsed(TagNames.application(number))
    return BorderClaim(number: number, deadline: new.borderDeadline, isNumberTaken: isTaken)
  }

  private func package() throws(Refusal) -> UUID {
    if let package = target.package { return package }
    throw Refusal(.applicationNotFound)
  }
}

extension CaseEngine {
  /// SHA-256 over the ciphertexts of the sections as they stand, in the order of applicant and section: what was sent,
  /// provably, without its content.
  func formHash(of package: UUID) throws -> Data {
    let types = Set(EventCodec().storedNames(readAs: [ApplicationSaved.protoMessageName]).map { EventTypeName($0) })
    let query = EventQuery(.stream(StreamID(StreamNames.package(package))), types: types)
    var sections: [String: [UInt8]] = [:]
    for stored in try log.events(query) {
      guard case .package(.applicationSaved(let saved)) = try stored.decoded(), let sealed = stored.sealed else { continue }
      sections["\(sealed.subject.streamText)/\(saved.sectionID)"] = sealed.bytes
    }
    var hash = SHA256()
    for (_, bytes) in sections.sorted(by: { $0.key < $1.key }) { hash.update(data: bytes) }
    return Data(hash.finalize())
  }
}
