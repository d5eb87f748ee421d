import Foundation
import Schema

extension Accounts {
  /// Asks to be enrolled as a representative.
  public struct SubmitEnrolment: Command {
    public static let name = "submitEnrolment"
    public static let purpose = "Asks to be enrolled as a representative."
    public static let givenBy: [CommandActor.Role] = [.representative]

    public var governingBody: GoverningBody
    /// Left out for bodies whose members have no number.
    public var membershipId: String?
    public var surname: String
    public var givenName: String?
    /// yyyy-mm-dd
    public var dateOfBirth: String?
    public var email: String
    /// 10 digits within North America, else `+CC NUMBER`.
    public var telephone: String
    /// (###) ###-####
    public var fax: String?
    public var businessName: String?
    public var mailingAddress: String
    /// The language of texts for the account.
    public var language: Language
    /// Whether application messages are announced by e-mail.
    public var emailUpdates: Bool
    /// At least a proof of identity and a proof of designation.
    public var documents: [UUID]
    /// The version of the declaration that was accepted; 1 unless given.
    public var declarationVersion: UInt32?

    public var about: CommandSubject { .ownAccount }

    public func carryOut(in attempt: inout some Attempt) async throws {
      let account = try attempt.account()
      let key = attempt.facts.membershipKey(
        of: Membership.material(body: governingBody, membershipID: membershipId, surname: surname, givenName: givenName))
      // A request that lapsed may have held another membership.
      if let earlier = attempt.context.account.account?.membershipKey, earlier != key {
        let id = ReservationID(membershipKey: earlier, account: account)
        try attempt.decide(ReservationDecider.self, id, .release(account: account))
      }
      let id = ReservationID(membershipKey: key, account: account)
      try attempt.decide(ReservationDecider.self, id, .claim(account: account))
      try attempt.decide(
        RepresentativeDecider.self, account,
        .submitEnrolment(
          .init(
            account: account, governingBody: governingBody, membershipID: membershipId, membershipKey: key,
            emailKey: attempt.facts.emailKey(of: email), surname: surname,
            givenName: givenName, dateOfBirth: dateOfBirth, email: email, telephone: telephone, fax: fax,
            businessName: businessName, mailingAddress: mailingAddress, language: language, emailUpdates: emailUpdates,
            documents: documents, declarationVersion: declarationVersion ?? 1)))
    }
  }
}
