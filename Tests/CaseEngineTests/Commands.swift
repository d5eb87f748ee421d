import Foundation
import Schema

@testable import Domain

/// Short ways to write commands.
struct CaseCommand: Sendable {
  let command: any Command

  init(_ command: any Command) { self.command = command }

  static func setSequence(_ name: SequenceName, next: UInt64, step: UInt32? = nil) -> Self {
    Self(Numbers.SetSequence(sequence: name, next: next, step: step))
  }
  static func submitEnrolment(_ form: Accounts.SubmitEnrolment) -> Self { Self(form) }
  static func requestEnrolmentDocuments(_ items: [Accounts.RequestEnrolmentDocuments.Item], of account: AccountReference) -> Self {
    Self(Accounts.RequestEnrolmentDocuments(account: account, items: items))
  }
  static func provideEnrolmentDocuments(_ documents: [UUID]) -> Self {
    Self(Accounts.ProvideEnrolmentDocuments(documents: documents))
  }
  static func recordMembershipCheck(_ result: MembershipResult, at time: Instant, of account: AccountReference) -> Self {
    Self(Accounts.RecordMembershipCheck(account: account, result: result, checkedAt: time))
  }
  static func approveEnrolment(of account: AccountReference) -> Self { Self(Accounts.ApproveEnrolment(account: account)) }
  static func changeStanding(_ standing: Standing, at time: Instant, of account: AccountReference) -> Self {
    Self(Accounts.ChangeStanding(account: account, standing: standing, source: .register, effectiveFrom: time))
  }
  static func refuseEnrolment(_ reason: EnrolmentRequestRefused.Reason, of account: AccountReference) -> Self {
    Self(Accounts.RefuseEnrolment(account: account, reason: reason))
  }
  static func closeAccount(_ cause: AccountClosed.Cause, of account: AccountReference) -> Self {
    Self(Accounts.CloseAccount(account: account, cause: cause))
  }
  static func setPassword(_ password: String, confirmation: String? = nil) -> Self {
    Self(Credentials.SetPassword(password: Secret(password), confirmation: confirmation.map { Secret($0) }))
  }
  static func changePassword(old: String, _ new: String, confirmation: String? = nil) -> Self {
    Self(
      Credentials.ChangePassword(
        oldPassword: Secret(old), newPassword: Secret(new), confirmation: confirmation.map { Secret($0) }))
  }
  static func signIn(_ email: String, _ password: String) -> Self {
    Self(Credentials.SignIn(email: Secret(email), password: Secret(password)))
  }
  static func unlockAccount(_ account: AccountReference) -> Self { Self(Credentials.UnlockAccount(account: account)) }
  static func createApplication(_ new: Packages.CreateApplication) -> Self { Self(new) }
  static func addApplicant(_ applicant: Packages.Applicant, relation: Relation, package: UInt64) -> Self {
    Self(Packages.AddApplicant(package: package, applicant: applicant, relation: relation))
  }
  static func saveApplication(_ answers: SectionAnswers, package: UInt64) -> Self {
    Self(
      Packages.SaveApplication(
        package: package, applicant: answers.applicant, section: answers.section,
        answers: FormAnswers(names: ["q"], canonical: answers.answers), complete: answers.isComplete,
        expectedRevision: answers.expectedRevision))
  }
  static func deleteApplication(package: UInt64) -> Self { Self(Packages.DeleteApplication(package: package)) }
  static func submitApplication(package: UInt64, expectedRevision: UInt64? = nil) -> Self {
    Self(Packages.SubmitApplication(package: package, expectedRevision: expectedRevision))
  }
  static func expireDrafts(of account: AccountReference) -> Self { Self(Packages.ExpireDrafts(account: account)) }
  static func sendAccountMessage(_ template: MessageTemplate, _ body: String?, to account: AccountReference) -> Self {
    Self(Messages.SendAccountMessage(account: account, template: template, body: body))
  }
  static func readAccountMessage(_ message: UUID) -> Self { Self(Messages.ReadAccountMessage(message: message)) }
  static func readAccountMessage(newest template: MessageTemplate) -> Self { Self(Messages.ReadAccountMessage(template: template)) }
  static func sendApplicationMessage(
    _ template: MessageTemplate, _ body: String? = nil, audience: ApplicationMessageSent.Audience? = nil, application: String
  ) -> Self {
    Self(Messages.SendApplicationMessage(application: application, template: template, body: body, audience: audience))
  }
  static func readApplicationMessage(newest template: MessageTemplate, application: String) -> Self {
    Self(Messages.ReadApplicationMessage(application: application, template: template))
  }
  static func requestDocuments(_ items: [Requests.RequestDocuments.Item], dueDay: CivilDay?, application: String) -> Self {
    Self(Requests.RequestDocuments(application: application, items: items, dueDay: dueDay))
  }
  static func answerDocumentRequest(
    _ item: Int, of request: UUID? = nil, document: UUID? = nil, explanation: String? = nil, application: String
  ) -> Self {
    Self(
      Requests.AnswerDocumentRequest(
        application: application, request: request, item: item, document: document, explanation: explanation))
  }
}

/// The answers of one section of the form.
struct SectionAnswers: Sendable {
  var applicant: UInt32
  var section: String
  var answers: Data
  var isComplete = true
  var expectedRevision: UInt64?

  static func sample(_ section: String, _ answer: String = "yes", applicant: UInt32 = 1) -> SectionAnswers {
    SectionAnswers(applicant: applicant, section: section, answers: Data(#"{"q":"\#(answer)"}"#.utf8))
  }
}
