import Domain
import Foundation
import HTML
import Schema
import StrictJSON
import WebServer

/// The fields that name an applicant, in two forms: a new application and a further member.
struct PersonFields {
  let frame: Frame

  private var form: FormData { frame.request.form }

  func write(_ errors: [FieldError], to page: inout Page) {
    let typed = frame.request.fields
    page.field(
      Field(
        "familyName", label: frame.say("Family name", "Nom de famille"), value: typed.typed("familyName"),
        hint: frame.say(
          "Who has one name only has it here.", "Une personne qui n’a qu’un seul nom l’inscrit ici."),
        error: errors.of("familyName"), isRequired: true))
    page.field(
      Field(
        "givenNames", label: frame.say("Given names", "Prénoms"), value: typed.typed("givenNames"), error: errors.of("givenNames")))
    let error = errors.of("dateOfBirth-year")
    page.date(
      DateField(
        "dateOfBirth", label: frame.say("Date of birth", "Date de naissance"), year: typed.typed("dateOfBirth-year"),
        month: typed.typed("dateOfBirth-month"), day: typed.typed("dateOfBirth-day"),
        hint: frame.say("For example, 1981 09 02", "Par exemple, 1981 09 02"), error: error,
        wrong: error == nil ? [] : [.year, .month, .day]))
  }

  /// The fields as the command has them.
  var json: JSON {
    let typed = frame.request.fields
    return .object([
      .typed("familyName", typed.typed("familyName")), .typed("givenNames", typed.typed("givenNames")),
      .typed("dateOfBirth", Self.day("dateOfBirth", typed)),
    ])
  }

  /// The field that a reason is about, by the label it mentions.
  func field(_ reason: Refusal.Reason) -> String? {
    if reason.code == .clientNameRequired { return "familyName" }
    guard case .label(let label)? = reason.facts["field"] else { return nil }
    return switch label {
    case Domain.Field.familyName.label: "familyName"
    case Domain.Field.givenNames.label: "givenNames"
    case Domain.Field.dateOfBirth.label: "dateOfBirth-year"
    case Domain.Field.relation.label: "relation"
    case Domain.Field.borderNumber.label: "borderNumber"
    default: nil
    }
  }

  /// A day of three parts as `yyyy-mm-dd`; what is no day is passed on as it is, to be refused.
  static func day(_ name: String, _ typed: FormReader) -> String {
    let parts = ["year", "month", "day"].map { typed.typed("\(name)-\($0)") }
    guard parts.contains(where: { !$0.isEmpty }) else { return "" }
    return [parts[0]].joined() + "-" + parts[1...].map { $0.count == 1 ? "0" + $0 : $0 }.joined(separator: "-")
  }
}
