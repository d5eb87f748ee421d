import Crypto
import Domain
import EventStore
import Foundation
import Schema
import Synchronization

/// What the portal writes about the packages of its representatives. Events, reactions, streams and tags are made by the
/// domain's own functions, personal data is sealed by its codec; the same seed gives the same history, but for the times in
/// identifiers.
///
/// The mix follows the volume model (domain.md 6.3) as far as the catalogue has the events: of a hundred packages that
/// are submitted, each has 20 saves in the mean, 8 messages sent and read, and 6 events of document requests; twenty-five more
/// are deleted after 7 saves. Answers have 1.9 KB in the middle and 16 KB at the far end, letters 1.4 KB.
struct PortalHistory {
  private enum Step { case addMember, save, submit, delete, letter, read, request, answer, complete, account }

  private struct Case {
    let context: DecisionContext
    var package: PackageState
    /// What is still to happen, the last first.
    var script: [Step]
    var application = ApplicationState.none
    var unread: [Data] = []
    var requests: [Data] = []
  }

  /// How many packages were begun.
  private(set) var begun: UInt64 = 0
  private let accounts: [DecisionContext]
  private var cases: [Case] = []
  private let openCases: Int
  private var random: SplitMix
  private let identifiers: Identifiers
  private let text: [UInt8]
  private let codec = EventCodec()
  private let keys = OneKey()

  init(seed: UInt64, accounts count: Int, openCases: Int) {
    self.openCases = openCases
    var random = SplitMix(state: seed)
    let identifiers = Identifiers(seed: random.next())
    self.identifiers = identifiers
    text = (0..<1 << 17).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) }
    accounts = (0..<count).map { _ in PortalHistory.account(identifiers) }
    self.random = random
  }

  /// The accounts, the one with most of the work first.
  var accountIDs: [UUID] { accounts.compactMap { $0.account.account?.id } }

  /// The events of some commands: `count` of them, or a few more.
  mutating func append(_ count: Int) -> AppendRequest {
    var events: [NewEvent] = []
    while events.count < count { events += command() }
    return AppendRequest(events)
  }

  /// The events of one command.
  mutating func command() -> [NewEvent] {
    guard cases.count >= openCases else {
      let (opened, events) = open()
      cases.append(opened)
      return events
    }
    let index = Int.random(in: 0..<cases.count, using: &random)
    guard let step = cases[index].script.popLast() else {
      let (opened, events) = open()
      cases[index] = opened
      return events
    }
    var current = cases[index]
    defer { cases[index] = current }
    return happen(step, in: &current)
  }

  // MARK: Steps

  private mutating func open() -> (Case, [NewEvent]) {
    // Zipf with exponent 1: the rank is the inverse of a uniform number.
    let rank = Int(pow(Double(accounts.count), Double.random(in: 0..<1, using: &random))) - 1
    let context = accounts[rank]
    begun += 1
    var opened = Case(context: context, package: .none, script: script())
    let (package, client) = (identifiers.next(), identifiers.next())
    let created = ApplicationCreated.with {
      $0.packageID = package.data
      $0.packageNumber = begun
      $0.accountID = context.account.account?.id.data ?? Data()
      $0.type = .studyPermit
      $0.mode = .group
      $0.principalClientID = client.data
      $0.deadlineDay = context.today.number + 60
      $0.deadlineRule = "draft-life-1/study-permit"
    }
    let planned = take(.package) + change(.applicationCreated(created), &opened)
    return (
      opened,
      store(
        planned + register(client, .clientRegistered(.with { ($0.clientID, $0.personal) = (client.data, name()) }), opened), opened)
    )
  }

  private mutating func script() -> [Step] {
    guard Int.random(in: 0..<5, using: &random) > 0 else { return [.delete] + Array(repeating: .save, count: 7) }
    var after: [Step] = [.read]
    for _ in 0..<Int.random(in: 1...2, using: &random) { after += [.request, .read, .answer, .answer, .complete, .read] }
    for _ in 0..<4 { after += [.letter, .read, .account] }
    let members: [Step] = Int.random(in: 0..<5, using: &random) == 0 ? [.addMember] : []
    let before = members + Array(repeating: Step.save, count: Int.random(in: 12...28, using: &random)) + [.submit]
    return (before + after).reversed()
  }

  private mutating func happen(_ step: Step, in current: inout Case) -> [NewEvent] {
    switch step {
    case .addMember: addMember(&current)
    case .save: store(change(.applicationSaved(saved(by: current)), &current), current)
    case .submit: submit(&current)
    case .delete: store(change(.applicationDeleted(.with { $0.reason = .byRepresentative }), &current), current)
    case .letter: letter(&current)
    case .read: read(&current)
    case .request: request(&current)
    case .answer: answer(&current)
    case .complete: complete(&current)
    case .account: accountMessage(current)
    }
  }

  private mutating func addMember(_ current: inout Case) -> [NewEvent] {
    let person = identifiers.next()
    let added = change(
      .applicantAdded(.with { ($0.personID, $0.ordinal, $0.personal.relation) = (person.data, 2, .child) }), &current)
    return store(
      added + register(person, .personRegistered(.with { ($0.personID, $0.personal) = (person.data, name()) }), current), current)
  }

  private mutating func saved(by current: Case) -> ApplicationSaved {
    let section = ApplicationType.studyPermit.sections.randomElement(using: &random) ?? .applicant
    return .with {
      $0.sectionID = section.rawValue
      $0.sectionVersion = 3
      $0.changedFields = ["passportNumber", "expiryDate", "countryOfIssue"]
      $0.autosave = true
      $0.personID = current.package.draft?.members.first?.personID.data ?? Data()
      $0.answersDigest = random.next()
      $0.personal.answers = Data(letters(min(65_000, Int(1_900 * exp(normal() * 0.85)))).utf8)
    }
  }

  private mutating func submit(_ current: inout Case) -> [NewEvent] {
    let (members, number) = (current.package.draft?.members ?? [], 300_000_000 + begun * 2)
    let submitted = PackageSubmitted.with {
      $0.packageNumber = current.package.draft?.number ?? 0
      $0.formHash = Data(repeating: 7, count: 32)
      $0.members = members.map { member in
        .with {
          $0.applicationID = identifiers.next().data
          $0.personID = member.personID.data
          $0.applicationNumber = SequenceName.studyPermits.text(number + UInt64(member.ordinal))
          $0.ordinal = member.ordinal
        }
      }
    }
    let planned = take(.studyPermits) + change(.packageSubmitted(submitted), &current)
    for case .application(.applicationSubmitted(let event)) in planned.map(\.place.event) {
      current.application = ApplicationFold.evolve(.none, with: .applicationSubmitted(event), at: current.context.now)
    }
    return store(planned, noting: &current)
  }

  private mutating func letter(_ current: inout Case) -> [NewEvent] {
    guard let application = current.application.application else { return [] }
    let message = ApplicationMessageSent.with {
      $0.messageID = identifiers.next().data
      $0.applicationID = application.id.data
      $0.audience = .contact
      $0.text = .with {
        ($0.templateKey, $0.templateVersion, $0.language, $0.subject) = ("A-LETTER", 1, .english, "Correspondence letter")
      }
      $0.personal.body = letters(min(8_000, Int(1_000 * exp(normal() * 0.5))))
    }
    return store([plan(.applicationMessage(.applicationMessageSent(message), application: application))], noting: &current)
  }

  private mutating func read(_ current: inout Case) -> [NewEvent] {
    guard let application = current.application.application, let message = current.unread.popLast() else { return [] }
    let read = ApplicationMessageRead.with {
      ($0.messageID, $0.readerID, $0.readerKind) = (message, application.accountID.data, .representative)
    }
    return store([plan(.applicationMessage(.applicationMessageRead(read), application: application))], current)
  }

  private mutating func request(_ current: inout Case) -> [NewEvent] {
    let id = identifiers.next().data
    current.requests.append(id)
    let requested = DocumentRequested.with {
      $0.requestID = id
      $0.applicationID = current.application.application?.id.data ?? Data()
      $0.items = [.with { ($0.number, $0.slot) = (1, "proofOfFunds") }, .with { ($0.number, $0.slot) = (2, "medical") }]
      $0.dueDay = current.context.today.number + 30
      $0.personal.texts = [letters(200), letters(150)]
    }
    return happen(.documentRequested(requested), in: &current)
  }

  private mutating func answer(_ current: inout Case) -> [NewEvent] {
    let document = identifiers.next().data
    let answered = DocumentRequestAnswered.with {
      ($0.requestID, $0.itemNumber, $0.documentID) = (current.requests.last ?? Data(), 1, document)
      $0.personal.explanation = letters(120)
    }
    return happen(.documentRequestAnswered(answered), in: &current)
  }

  private mutating func complete(_ current: inout Case) -> [NewEvent] {
    let completed = DocumentRequestCompleted.with { $0.requestID = current.requests.popLast() ?? Data() }
    return happen(.documentRequestCompleted(completed), in: &current)
  }

  private mutating func happen(_ event: DocumentRequestEvent.OneOf_Event, in current: inout Case) -> [NewEvent] {
    guard let application = current.application.application else { return [] }
    return store(react(.documentRequest(event, application: application), current), noting: &current)
  }

  /// A letter to the account, and its reading.
  private mutating func accountMessage(_ current: Case) -> [NewEvent] {
    guard let account = current.context.account.account else { return [] }
    let id = identifiers.next().data
    let sent = AccountMessageSent.with {
      $0.messageID = id
      $0.text = .with {
        ($0.templateKey, $0.templateVersion, $0.language, $0.subject) = ("M-LETTER", 1, .english, "About your account")
      }
      $0.personal.body = letters(400)
    }
    let read = AccountMessageRead.with { ($0.messageID, $0.readerID) = (id, account.id.data) }
    return store(
      [plan(.inbox(.accountMessageSent(sent), account: account.id)), plan(.inbox(.accountMessageRead(read), account: account.id))],
      current)
  }

  // MARK: Events

  private typealias Planned = (id: UUID, place: StreamEvent)

  private func plan(_ place: StreamEvent) -> Planned { (identifiers.next(), place) }

  private func change(_ event: PackageEvent.OneOf_Event, _ current: inout Case) -> [Planned] {
    current.package = PackageDecider.evolve(current.package, with: event, at: current.context.now)
    guard let draft = current.package.draft else { return [] }
    return react(.package(event, draft: draft), current)
  }

  /// An event with what follows from it.
  private func react(_ place: StreamEvent, _ current: Case) -> [Planned] {
    let event = plan(place)
    let reactions = Reactions.to(
      place.event, id: event.id, package: current.package, application: current.application, context: current.context)
    return [event] + reactions.map(plan)
  }

  private func take(_ sequence: SequenceName) -> [Planned] {
    [plan(.sequence(.numbersTaken(.with { ($0.first, $0.count, $0.step, $0.next) = (begun, 1, 1, begun + 1) }), name: sequence))]
  }

  private func register(_ person: UUID, _ event: ClientEvent.OneOf_Event, _ current: Case) -> [Planned] {
    guard let draft = current.package.draft else { return [] }
    let key = SubjectKeyCreated.with {
      ($0.subjectID, $0.keyID, $0.commitment) = (person.data, identifiers.next().data, Data(repeating: 9, count: 32))
    }
    return [plan(.privacy(.subjectKeyCreated(key), account: draft.accountID)), plan(.client(event, draft: draft))]
  }

  private func store(_ planned: [Planned], noting current: inout Case) -> [NewEvent] {
    for case .applicationMessage(.applicationMessageSent(let sent)) in planned.map(\.place.event) {
      current.unread.append(sent.messageID)
    }
    return store(planned, current)
  }

  private func store(_ planned: [Planned], _ current: Case) -> [NewEvent] {
    let command = identifiers.next()
    let actor = Actor(CommandActor.representative(account: current.context.account.account?.id ?? UUID()).name)
    return planned.enumerated().compactMap { index, event in
      guard let stored = try? codec.encode(event.place.event, id: event.id, subject: event.place.subject, keys: keys) else {
        return nil
      }
      let tags = (index == 0 ? [TagNames.command(command)] : []) + event.place.tags
      return NewEvent(
        id: event.id, stream: StreamID(event.place.stream), type: EventTypeName(stored.type), tags: tags.map { Tag($0) },
        origin: Origin(command: command, commandDigest: 7, actor: actor), payload: stored.payload,
        sealed: stored.sealed.map { SealedPayload(subject: $0.subject, bytes: $0.bytes) })
    }
  }

  /// A representative whose enrolment was approved.
  private static func account(_ identifiers: Identifiers) -> DecisionContext {
    let submitted = EnrolmentRequestSubmitted.with { ($0.accountID, $0.language) = (identifiers.next().data, .english) }
    let now = Instant(microseconds: Timestamp.now().microseconds)
    let account = RepresentativeDecider.evolve(.none, with: .enrolmentRequestSubmitted(submitted), at: now)
    return DecisionContext(now: now, actor: .system, account: account, newIdentifier: { identifiers.next() })
  }

  // MARK: Chance

  private mutating func name() -> PersonalName {
    let families = [
      "Incredible", "Nguyen", "Núñez-O’Brien", "Singh", "Tremblay", "Haddad", "Okafor", "Lévesque", "Suharto", "Kowalski",
    ]
    return .with {
      $0.givenNames = word()
      $0.familyName = (families.randomElement(using: &random) ?? "") + " " + word()
      $0.dateOfBirth = "1990-01-01"
    }
  }

  private mutating func word() -> String {
    let first = Character(Unicode.Scalar(UInt8.random(in: 0x41...0x5A, using: &random)))
    return String(first) + String(decoding: (0..<6).map { _ in UInt8.random(in: 0x61...0x7A, using: &random) }, as: UTF8.self)
  }

  private mutating func letters(_ count: Int) -> String {
    let start = Int.random(in: 0..<text.count - 65_536, using: &random)
    return String(decoding: text[start..<start + count], as: UTF8.self)
  }

  private mutating func normal() -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
  }
}

/// UUIDv7s of now, their random part from a seed.
final class Identifiers: Sendable {
  private let random: Mutex<SplitMix>

  init(seed: UInt64) { random = Mutex(SplitMix(state: seed)) }

  func next() -> UUID { random.withLock { .v7(at: .now(), using: &$0) } }
}

/// The same key for every data subject: what is measured is opening, not finding keys.
struct OneKey: SubjectKeys {
  private let key = SymmetricKey(data: SHA256.hash(data: Data("benchmark".utf8)))

  func key(of subject: UUID) -> SubjectKey { .available(key) }
}
