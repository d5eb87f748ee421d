import CaseEngine
import Domain
import Schema

extension Fields {
  mutating func enrolment() throws(LineFault) -> Enrolment {
    Enrolment(
      governingBody: try choice("governingBody", GoverningBody.catalogue, word: \.code),
      membershipID: try optionalString("membershipId"), surname: try string("surname"),
      givenName: try optionalString("givenName"), dateOfBirth: try optionalString("dateOfBirth"),
      email: try string("email"), telephone: try string("telephone"), fax: try optionalString("fax"),
      businessName: try optionalString("businessName"), mailingAddress: try string("mailingAddress"),
      language: try choice("language", [.english, .french], word: \.code), emailUpdates: try bool("emailUpdates"),
      documents: try uuids("documents"), declarationVersion: try optionalInteger("declarationVersion") ?? 1)
  }

  mutating func requestEnrolmentDocuments() throws(LineFault) -> CaseCommand {
    let items = try objects("items") { (item) throws(LineFault) in
      RequestEnrolmentDocuments.Item(slot: try item.slot(), note: try item.string("note"))
    }
    let request = RequestEnrolmentDocuments(items: items, dueDay: try optionalDay("dueDay"))
    return .requestEnrolmentDocuments(request, of: try account())
  }

  mutating func recordMembershipCheck() throws(LineFault) -> CaseCommand {
    let check = RecordMembershipCheck(
      result: try choice("result", MembershipResult.allCases, word: word), checkedAt: try time("checkedAt"))
    return .recordMembershipCheck(check, of: try account())
  }

  mutating func refuseEnrolment() throws(LineFault) -> CaseCommand {
    let refuse = RefuseEnrolment(
      reason: try choice("reason", EnrolmentRequestRefused.Reason.allCases, word: word), text: try optionalString("text"))
    return .refuseEnrolment(refuse, of: try account())
  }

  mutating func changeStanding() throws(LineFault) -> CaseCommand {
    let change = ChangeStanding(
      standing: try choice("standing", Standing.allCases, word: word),
      source: try choice("source", StandingChanged.Source.allCases, word: word),
      effectiveFrom: try time("effectiveFrom"), note: try optionalString("note"))
    return .changeStanding(change, of: try account())
  }

  mutating func closeAccount() throws(LineFault) -> CaseCommand {
    .closeAccount(try choice("cause", AccountClosed.Cause.allCases, word: word), of: try account())
  }

  mutating func slot() throws(LineFault) -> DocumentSlot {
    try choice("slot", DocumentSlot.allCases, word: \.rawValue)
  }
}
