import Foundation
import Schema

/// One attempt to carry out a command: the port through which a command reads what it needs and decides. The engine
/// implements it on the log.
///
/// Every stream that is read guards the append: if any of them has moved until the events are written, nothing is written
/// and a new attempt is made. An attempt sees what it has itself decided.
public protocol Attempt {
  var context: DecisionContext { get }
  /// What the command is about, looked up.
  var target: CommandTarget { get }

  /// The state of a stream, with what this attempt decided so far.
  mutating func state<S: EventStream>(of stream: S.Type, _ id: S.ID) throws -> S.State

  /// Lets a rule judge the state of a stream, and plans its events with what follows from them.
  /// - Returns: The state with the events folded in.
  /// - Throws: What `rule` throws. A refusal that ``EventStream/trace(of:in:_:)`` keeps leaves its trace in the log.
  @discardableResult
  mutating func decide<S: EventStream>(
    _ stream: S.Type, _ id: S.ID, _ rule: (S.State, DecisionContext) throws -> [S.Event]
  ) throws -> S.State

  /// Plans an event of a stream whose state does not matter to it: nothing guards the stream.
  mutating func add<S: EventStream>(_ stream: S.Type, _ id: S.ID, _ event: S.Event) throws

  /// Takes the next numbers of a sequence, which no event carries yet. They are given out with the events of this attempt,
  /// or not at all; the commands that take from one sequence wait for each other.
  mutating func take(_ count: Int, from sequence: SequenceName) async throws -> [UInt64]

  /// Whether any event carries the tag: how a number that was given out is told from a free one.
  func isUsed(tag: String) throws -> Bool

  var facts: any CommandFacts { get }
}

/// What a command is about: its references, looked up. None of this ever changes once it is in the log.
public struct CommandTarget: Hashable, Sendable {
  /// The account the command concerns; `nil` if there is none, or nobody knows it.
  public var account: UUID?
  public var package: UUID?
  public var application: UUID?

  public init(account: UUID? = nil, package: UUID? = nil, application: UUID? = nil) {
    self.account = account
    self.package = package
    self.application = application
  }
}

extension Attempt {
  /// The account that the command concerns.
  /// - Throws: `account.not_active` if nobody knows it.
  public func account() throws(Refusal) -> UUID {
    if let account = target.account { return account }
    throw Refusal(.accountNotActive)
  }

  /// The package that the command concerns.
  /// - Throws: `application.not_found`
  public func package() throws(Refusal) -> UUID {
    if let package = target.package { return package }
    throw Refusal(.applicationNotFound)
  }

  /// The submitted application that the command concerns.
  /// - Throws: `application.not_found`
  public mutating func application() throws -> SubmittedApplication {
    guard let id = target.application, let application = try state(of: ApplicationStream.self, id).application else {
      throw Refusal(.applicationNotFound)
    }
    return application
  }
}

/// Facts about the log and about secrets that no single stream holds.
public protocol CommandFacts: Sendable {
  /// What an account has in progress, and what it submitted.
  func roster(of account: UUID) throws -> Roster
  /// The packages that continue a claim from the border under a number, whatever became of them.
  func packages(continuing borderNumber: String) throws -> [UUID]
  /// Whether a submitted application has the number.
  func isApplication(_ number: String) throws -> Bool
  /// ``AnswersDigest`` under the key of the person; 0 while the person has no key.
  func answersDigest(_ answers: Data, of person: UUID) throws -> UInt64
  /// SHA-256 over the stored ciphertexts of the sections of a package, in the order of applicant and section.
  func formHash(of package: UUID) throws -> Data
  /// The keyed hash of ``Membership/material(body:membershipID:surname:givenName:)``, which names the reservation.
  func membershipKey(of material: [UInt8]) -> Data
  /// The keyed hash of an e-mail address in lower case, by which a sign-in finds the account.
  func emailKey(of email: String) -> Data
  /// The e-mail address of the account's last enrolment request.
  /// - Throws: `account.not_active` if there was none.
  func email(of account: UUID) throws -> String
  /// Passwords, as verifiers that never stand in the log.
  var passwords: any PasswordVault { get }
}

/// Makes, keeps and checks password verifiers.
public protocol PasswordVault: Sendable {
  /// The hash function and its cost.
  var algorithm: String { get }
  /// Takes as long as ``matches(_:of:version:)`` and fails: an unknown address must not answer faster than a known one.
  func fail(_ password: String) async throws
  func matches(_ password: String, of account: UUID, version: UInt32) async throws -> Bool
  /// Stores the verifier of a new password. It is on the disk when this returns: before the event that names it.
  func store(_ password: String, of account: UUID, version: UInt32) async throws
}

extension PasswordVault {
  /// Whether `password` is one of the last that policy remembers.
  func isRemembered(_ password: String, of account: UUID, upTo version: UInt32) async throws -> Bool {
    let oldest = version - min(version, UInt32(PasswordPolicy.remembered)) + 1
    guard oldest <= version else { return false }
    for candidate in oldest...version where try await matches(password, of: account, version: candidate) { return true }
    return false
  }
}

/// What an account has: its drafts and its submitted applications.
public struct Roster: Sendable {
  /// A package that was neither submitted, deleted nor marked as expired, and its last day.
  public struct Draft: Hashable, Sendable {
    public var package: UUID
    public var deadline: CivilDay
  }

  /// Oldest first.
  public private(set) var drafts: [Draft] = []
  public private(set) var submittedApplications = 0

  public init() {}

  /// How many drafts can still be worked on.
  public func openDrafts(at now: Instant) -> Int { drafts.count { now <= $0.deadline.lastInstant } }

  /// The types of the events that ``fold(_:package:)`` needs.
  public static let types: [any EventMessage.Type] = [
    ApplicationCreated.self, ApplicationDeleted.self, DraftExpired.self, PackageSubmitted.self, ApplicationSubmitted.self,
  ]

  /// - Parameter package: The package whose stream `event` stands in; `nil` for another kind of stream.
  public mutating func fold(_ event: DomainEvent, package: UUID?) {
    switch event {
    case .package(.applicationCreated(let created)):
      if let package { drafts.append(Draft(package: package, deadline: CivilDay(number: created.deadlineDay))) }
    case .package: drafts.removeAll { $0.package == package }
    case .application: submittedApplications += 1
    default: break
    }
  }
}
