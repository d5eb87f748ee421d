import Domain
import Foundation
import Schema

extension Attempt {
  mutating func submitEnrolment(_ form: Enrolment) throws {
    let account = try account()
    let membership = Membership.material(
      body: form.governingBody, membershipID: form.membershipID, surname: form.surname, givenName: form.givenName)
    let key = Data(engine.keys.engine.membershipHash(of: membership))
    let submit = SubmitEnrolment(
      account: account, governingBody: form.governingBody, membershipID: form.membershipID, membershipKey: key,
      surname: form.surname, givenName: form.givenName, dateOfBirth: form.dateOfBirth, email: form.email,
      telephone: form.telephone, fax: form.fax, businessName: form.businessName, mailingAddress: form.mailingAddress,
      language: form.language, emailUpdates: form.emailUpdates, documents: form.documents,
      declarationVersion: form.declarationVersion)
    // A request that lapsed may have held another membership.
    if let earlier = context.account.account?.membershipKey, earlier != key {
      try reserve(.release(account: account), membership: earlier, account)
    }
    try reserve(.claim(account: account), membership: key, account)
    try decideAccount(.submitEnrolment(submit))
  }

  mutating func approveEnrolment() throws {
    let number = SequenceName.representative.text(try takeNumbers(1, of: .representative)[0])
    let isTaken = try engine.lookup.isUsed(TagNames.representativeID(number))
    try decideAccount(.approve(ApproveEnrolment(representativeID: number, isNumberTaken: isTaken)))
  }

  mutating func closeAccount(_ cause: AccountClosed.Cause) throws {
    let roster = try engine.rosters.roster(of: try account())
    let close = CloseAccount(
      cause: cause, openDrafts: roster.openDrafts(at: context.now), submittedApplications: roster.submittedApplications)
    try decideAccount(.close(close))
  }

  mutating func decideAccount(_ command: RepresentativeCommand) throws {
    let account = try account()
    try decide(RepresentativeDecider.self, command, on: StreamNames.representative(account)) {
      .representative($0, account: account)
    }
  }

  mutating func reserve(_ command: ReservationCommand, membership key: Data, _ account: UUID) throws {
    try decide(ReservationDecider.self, command, on: StreamNames.membership(key)) {
      .reservation($0, membershipKey: key, account: account)
    }
  }

  /// The account that the command concerns.
  /// - Throws: `account.not_active` if nobody knows it.
  func account() throws(Refusal) -> UUID {
    guard let account = target.account else { throw Refusal(.accountNotActive) }
    return account
  }
}
