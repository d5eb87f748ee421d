/// Enrolment, standing and the end of representatives' accounts (domain.md 2.2).
public enum Accounts {
  static let commands: [any Command.Type] = [
    SubmitEnrolment.self, RequestEnrolmentDocuments.self, ProvideEnrolmentDocuments.self, RecordMembershipCheck.self,
    ApproveEnrolment.self, RefuseEnrolment.self, ChangeStanding.self, CloseAccount.self,
  ]
}
