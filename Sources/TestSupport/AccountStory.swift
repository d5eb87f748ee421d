import Crypto
import Domain
import EventStore
import Foundation
import Schema
import SwiftProtobuf

/// A key for every data subject, always the same.
public struct EverySubjectKey: SubjectKeys {
  public init() {}

  public func key(of subject: UUID) -> SubjectKey { .available(Self.key(of: subject)) }

  static func key(of subject: UUID) -> SymmetricKey {
    SymmetricKey(data: SHA256.hash(data: Data("key of ".utf8) + subject.data))
  }
}

/// What happens to one account, written into a log as the engine would write it, without its rules.
public struct AccountStory: Sendable {
  public let account: UUID
  public let log: any EventLog
  public let clock: ManualClock
  private let encoder = EventCodec()

  public init(account: UUID = UUID(), log: any EventLog, clock: ManualClock) {
    self.account = account
    self.log = log
    self.clock = clock
  }

  /// One append of one event.
  @discardableResult
  public func append(
    _ event: DomainEvent, in stream: String, subject: UUID? = nil, tags: [String] = []
  ) async throws -> Position {
    var random = SystemRandomNumberGenerator()
    let id = UUID.v7(at: clock.now, using: &random)
    let encoded = try encoder.encode(event, id: id, subject: subject, keys: EverySubjectKey())
    let new = NewEvent(
      id: id, stream: StreamID(stream), type: EventTypeName(encoded.type),
      tags: ([TagNames.representative(account)] + tags).map { Tag($0) },
      origin: Origin(command: UUID(), actor: Actor(CommandActor.representative(account: account).name)),
      payload: encoded.payload, sealed: encoded.sealed.map { SealedPayload(subject: $0.subject, bytes: $0.bytes) })
    return try await log.append(AppendRequest([new])).last
  }

  // MARK: The account

  public func enrol(as representative: String, language: Language = .english) async throws {
    let stream = StreamNames.representative(account)
    let submitted = EnrolmentRequestSubmitted.with {
      $0.accountID = account.data
      $0.language = language
      $0.personal = .with { $0.surname = "Doe" }
    }
    try await append(.representative(.enrolmentRequestSubmitted(submitted)), in: stream, subject: account)
    let approved = EnrolmentRequestApproved.with { $0.representativeID = representative }
    try await append(
      .representative(.enrolmentRequestApproved(approved)), in: stream,
      tags: [TagNames.representativeID(representative)])
  }

  @discardableResult
  public func receive(_ subject: String, template: String = "M-LETTER") async throws -> UUID {
    let message = UUID()
    let sent = AccountMessageSent.with {
      $0.messageID = message.data
      $0.text = .with { ($0.subject, $0.templateKey) = (subject, template) }
    }
    try await append(.inbox(.accountMessageSent(sent)), in: StreamNames.inbox(account))
    return message
  }

  public func read(_ message: UUID) async throws {
    try await append(
      .inbox(.accountMessageRead(.with { $0.messageID = message.data })), in: StreamNames.inbox(account))
  }

  // MARK: Drafts

  /// - Returns: The package; its principal applicant has the same identifier.
  @discardableResult
  public func create(
    _ number: UInt64, _ type: ApplicationType = .refugeeClaim, of name: PersonalName? = nil,
    deadline: CivilDay, border: String = ""
  ) async throws -> UUID {
    let package = UUID()
    let created = ApplicationCreated.with {
      $0.packageID = package.data
      $0.packageNumber = number
      $0.accountID = account.data
      $0.type = type
      $0.principalClientID = package.data
      $0.cbsaNumber = border
      $0.deadlineDay = deadline.number
    }
    try await happen(.applicationCreated(created), to: package)
    if let name { try await register(name, as: package) }
    return package
  }

  private func register(_ name: PersonalName, as client: UUID) async throws {
    let registered = ClientRegistered.with { ($0.clientID, $0.personal) = (client.data, name) }
    try await append(.client(.clientRegistered(registered)), in: StreamNames.client(client), subject: client)
  }

  @discardableResult
  public func add(_ name: PersonalName, to package: UUID) async throws -> UUID {
    let person = UUID()
    try await happen(.applicantAdded(.with { $0.personID = person.data }), to: package)
    let registered = PersonRegistered.with { ($0.personID, $0.personal) = (person.data, name) }
    try await append(.person(.personRegistered(registered)), in: StreamNames.person(person), subject: person)
    return person
  }

  @discardableResult
  public func happen(_ event: PackageEvent.OneOf_Event, to package: UUID) async throws -> Position {
    try await append(.package(event), in: StreamNames.package(package))
  }

  public func save(_ package: UUID) async throws { try await happen(.applicationSaved(.init()), to: package) }

  /// - Parameter members: Person and application number of each.
  /// - Returns: The applications, in the same order.
  @discardableResult
  public func submit(_ package: UUID, _ members: [(person: UUID, number: String)]) async throws -> [UUID] {
    let applications = members.map { _ in UUID() }
    let submitted = PackageSubmitted.with {
      $0.members = zip(members, applications).map { member, application in
        .with {
          $0.applicationID = application.data
          $0.personID = member.person.data
          $0.applicationNumber = member.number
        }
      }
    }
    try await happen(.packageSubmitted(submitted), to: package)
    return applications
  }

  // MARK: Submitted applications

  @discardableResult
  public func send(
    to application: UUID, asksForAction: Bool = false, request: UUID? = nil,
    audience: ApplicationMessageSent.Audience = .contact
  ) async throws -> UUID {
    let message = UUID()
    let sent = ApplicationMessageSent.with {
      $0.messageID = message.data
      $0.applicationID = application.data
      $0.audience = audience
      $0.text = .with { ($0.subject, $0.actionRequired) = ("Letter", asksForAction) }
      $0.requestID = request?.data ?? Data()
    }
    try await append(
      .applicationMessage(.applicationMessageSent(sent)), in: StreamNames.applicationMessages(application))
    return message
  }

  public func read(
    _ message: UUID, of application: UUID, by reader: ApplicationMessageRead.ReaderKind = .representative
  ) async throws {
    let read = ApplicationMessageRead.with { ($0.messageID, $0.readerKind) = (message.data, reader) }
    try await append(
      .applicationMessage(.applicationMessageRead(read)), in: StreamNames.applicationMessages(application))
  }

  /// A request for documents, without the message that announces it.
  @discardableResult
  public func request(from application: UUID) async throws -> UUID {
    let request = UUID()
    let requested = DocumentRequested.with { ($0.requestID, $0.applicationID) = (request.data, application.data) }
    try await append(.documentRequest(.documentRequested(requested)), in: StreamNames.documentRequests(application))
    return request
  }

  public func complete(_ request: UUID, of application: UUID) async throws {
    let completed = DocumentRequestCompleted.with { $0.requestID = request.data }
    try await append(
      .documentRequest(.documentRequestCompleted(completed)), in: StreamNames.documentRequests(application))
  }
}

extension PersonalName {
  public init(_ given: String, _ family: String) {
    self = .with { ($0.givenNames, $0.familyName) = (given, family) }
  }
}
