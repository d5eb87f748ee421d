import CaseEngine
import Domain
import Schema

/// The commands of a line, and how each is read.
enum CommandName: String, CaseIterable {
  case setSequence
  case submitEnrolment, requestEnrolmentDocuments, provideEnrolmentDocuments, recordMembershipCheck
  case approveEnrolment, refuseEnrolment, changeStanding, closeAccount
  case setPassword, changePassword
  case createApplication, addApplicant, saveApplication, deleteApplication, submitApplication, expireDrafts
  case sendAccountMessage, readAccountMessage, sendApplicationMessage, readApplicationMessage
  case requestDocuments, answerDocumentRequest

  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

  func read(_ fields: inout Fields) throws(LineFault) -> CaseCommand {
    switch self {
    case .setSequence: try fields.setSequence()
    case .submitEnrolment: .submitEnrolment(try fields.enrolment())
    case .requestEnrolmentDocuments: try fields.requestEnrolmentDocuments()
    case .provideEnrolmentDocuments:
      .provideEnrolmentDocuments(ProvideEnrolmentDocuments(documents: try fields.uuids("documents")))
    case .recordMembershipCheck: try fields.recordMembershipCheck()
    case .approveEnrolment: .approveEnrolment(of: try fields.account())
    case .refuseEnrolment: try fields.refuseEnrolment()
    case .changeStanding: try fields.changeStanding()
    case .closeAccount: try fields.closeAccount()
    case .setPassword: .setPassword(try fields.newPassword("password"))
    case .changePassword: try fields.changePassword()
    case .createApplication: .createApplication(try fields.newApplication())
    case .addApplicant: try fields.addApplicant()
    case .saveApplication: try fields.saveApplication()
    case .deleteApplication: .deleteApplication(package: try fields.integer("package"))
    case .submitApplication: try fields.submitApplication()
    case .expireDrafts: .expireDrafts(of: try fields.account())
    case .sendAccountMessage: try fields.sendAccountMessage()
    case .readAccountMessage: .readAccountMessage(try fields.message())
    case .sendApplicationMessage: try fields.sendApplicationMessage()
    case .readApplicationMessage: try fields.readApplicationMessage()
    case .requestDocuments: try fields.requestDocuments()
    case .answerDocumentRequest: try fields.answerDocumentRequest()
    }
  }
}

extension Fields {
  fileprivate mutating func setSequence() throws(LineFault) -> CaseCommand {
    .setSequence(
      SetSequence(
        name: try choice("name", SequenceName.allCases, word: \.rawValue), next: try integer("next"),
        step: try optionalInteger("step") ?? 1))
  }

  fileprivate mutating func newPassword(_ name: String) throws(LineFault) -> NewPassword {
    NewPassword(try string(name), confirmation: try optionalString("confirmation"))
  }

  fileprivate mutating func changePassword() throws(LineFault) -> CaseCommand {
    .changePassword(old: try string("oldPassword"), try newPassword("newPassword"))
  }
}

/// The word for a value of an enum of the schema: the name of its case. The unspecified one has none.
func word<Value: CaseIterable & Equatable & RawRepresentable<Int>>(_ value: Value) -> String? {
  value.rawValue == 0 ? nil : String(describing: value)
}
