import Domain
import EventStore
import Schema

extension Attempt {
  /// Decides the command.
  /// - Throws: ``Refusal``, or ``EngineError``.
  mutating func run(_ command: CaseCommand) async throws {
    switch command {
    case .setSequence(let set): try setSequence(set)
    case .submitEnrolment(let form): try submitEnrolment(form)
    case .requestEnrolmentDocuments(let request, _): try decideAccount(.requestDocuments(request))
    case .provideEnrolmentDocuments(let provide): try decideAccount(.provideDocuments(provide))
    case .recordMembershipCheck(let check, _): try decideAccount(.recordMembershipCheck(check))
    case .approveEnrolment: try approveEnrolment()
    case .refuseEnrolment(let refuse, _): try decideAccount(.refuse(refuse))
    case .changeStanding(let change, _): try decideAccount(.changeStanding(change))
    case .closeAccount(let cause, _): try closeAccount(cause)
    case .setPassword(let new): try await setPassword(new)
    case .changePassword(let old, let new): try await changePassword(old: old, new)
    case .createApplication(let new): try createApplication(new)
    case .addApplicant(let applicant, let relation, _): try addApplicant(applicant, relation: relation)
    case .saveApplication(let answers, _): try saveApplication(answers)
    case .deleteApplication: try deleteApplication()
    case .submitApplication(_, let revision): try submitApplication(expectedRevision: revision)
    case .expireDrafts: try expireDrafts()
    case .sendAccountMessage(let letter, _): try sendAccountMessage(letter)
    case .readAccountMessage(let reference): try readAccountMessage(reference)
    case .sendApplicationMessage(let letter, let audience, _): try sendApplicationMessage(letter, to: audience)
    case .readApplicationMessage(let reference, _): try readApplicationMessage(reference)
    case .requestDocuments(let items, let dueDay, _): try requestDocuments(items, dueDay: dueDay)
    case .answerDocumentRequest(let answer, _): try answerDocumentRequest(answer)
    }
  }
}
