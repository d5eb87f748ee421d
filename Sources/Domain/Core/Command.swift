import Foundation
import Schema

/// One thing that can be asked of the engine. Its stored properties are the fields of a line of `portal act` and of a body of
/// the HTTP API; an optional property is a field that may be left out.
public protocol Command: Decodable, Sendable {
  /// The word in files, routes and documents, for example `addApplicant`. Frozen: callers send it.
  static var name: String { get }
  /// One sentence for `docs/commands.md` and the API's documentation.
  static var purpose: String { get }
  /// Whoever has none of these roles is refused with `auth.required`.
  static var givenBy: [CommandActor.Role] { get }
  /// What the command is about: whose turn it has to wait for, and whose state the context shows.
  var about: CommandSubject { get }
  /// Reads, decides, plans. Called again for each attempt, so it must not keep anything.
  func carryOut(in attempt: inout some Attempt) async throws
}

/// What a command is about, as the caller names it.
public enum CommandSubject: Hashable, Sendable {
  /// Nothing that belongs to an account.
  case system
  /// The account of the representative who gives the command; whoever is none is refused with `auth.required`.
  case ownAccount
  case account(AccountReference)
  /// The number in the column ID.
  case package(UInt64)
  /// One letter and 9 digits.
  case application(String)
  /// The account whose last enrolment request has this e-mail address.
  case signInName(String)
}

/// An account, by its identifier or by the number that people know.
public enum AccountReference: Hashable, Sendable {
  case id(UUID)
  case representativeID(String)
}

/// An identifier or number that a command brought about.
public enum CommandResult: Sendable, Hashable {
  case account(UUID)
  case representativeID(String)
  case package(UInt64)
  /// The ordinal of a member of a group.
  case applicant(UInt32)
  /// The numbers of submitted applications, in the order of the members.
  case applications([String])
  case request(UUID)
  case message(UUID)
}
