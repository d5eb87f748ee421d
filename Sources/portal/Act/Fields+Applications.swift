import CaseEngine
import Domain
import Schema

extension Fields {
  mutating func newApplication() throws(LineFault) -> NewApplication {
    NewApplication(
      type: try choice("type", ApplicationType.offered, word: \.code),
      mode: try choice("mode", ApplicationCreated.Mode.allCases, word: word),
      principal: try object("principal", Applicant.read), acknowledgedVersion: try optionalInteger("acknowledgedVersion"),
      borderNumber: try optionalString("borderNumber"), borderDeadline: try optionalDay("borderDeadline"))
  }

  mutating func addApplicant() throws(LineFault) -> CaseCommand {
    .addApplicant(
      try object("applicant", Applicant.read), relation: try string("relation"), package: try integer("package"))
  }

  mutating func saveApplication() throws(LineFault) -> CaseCommand {
    let answers = try anyObject("answers")
    let saved = SectionAnswers(
      applicant: try optionalInteger("applicant") ?? 1, section: try string("section"), answers: answers.canonical,
      changedFields: try optionalStrings("changedFields") ?? answers.names, isComplete: try bool("complete"),
      isAutosave: try optionalBool("autosave") ?? false, expectedRevision: try optionalInteger("expectedRevision"))
    return .saveApplication(saved, package: try integer("package"))
  }

  mutating func submitApplication() throws(LineFault) -> CaseCommand {
    .submitApplication(package: try integer("package"), expectedRevision: try optionalInteger("expectedRevision"))
  }
}

extension Applicant {
  fileprivate static func read(_ fields: inout Fields) throws(LineFault) -> Applicant {
    Applicant(
      familyName: try fields.optionalString("familyName"), givenNames: try fields.optionalString("givenNames"),
      dateOfBirth: try fields.optionalString("dateOfBirth"))
  }
}
