import Schema

/// Why an answer is not taken.
enum AnswerFault: Error, Hashable {
  case empty
  case tooLong(limit: Int)
  case forbiddenCharacter
  case notADay, notYet, past, beyondCalendar
  /// The day is before the one of the field with this label.
  case notBefore(Text)
  case noOption, notYesNo, noCountry
  case noNumber(ClosedRange<Int>)
  case noEmail, noTelephone
  case noCode(FormField.Code)
}

extension AnswerError {
  init(_ fault: AnswerFault, _ field: FormField) {
    self.field = field.name
    code = fault.code
    facts = fault.facts.merging(["field": .label(field.label)]) { $1 }
    text = fault.text
  }

  init(unknown name: String) {
    field = name
    code = .unknown
    facts = [:]
    text = Text("This section has no such field. Leave it out.", "Cette section n’a pas de champ de ce nom. Retirez-le.")
  }
}

extension AnswerFault {
  fileprivate var code: AnswerError.Code {
    switch self {
    case .empty: .required
    case .tooLong: .tooLong
    default: .invalidFormat
    }
  }

  fileprivate var facts: [String: Fact] {
    switch self {
    case .tooLong(let limit): ["n": .count(limit)]
    case .noNumber(let range): ["first": .count(range.lowerBound), "last": .count(range.upperBound)]
    case .notBefore(let label): ["other": .label(label)]
    default: [:]
    }
  }

  /// Labels may be questions, so they stand in quotes.
  fileprivate var text: Text {
    switch self {
    case .empty: Text("“{field}” is not answered.", "« {field} » est sans réponse.")
    case .tooLong:
      Text("“{field}” is too long. Use at most {n} characters.", "« {field} » est trop long. Limitez-vous à {n} caractères.")
    case .forbiddenCharacter:
      Text(
        "“{field}” has a character that cannot be stored. Type the text again instead of pasting it.",
        "« {field} » contient un caractère qui ne peut pas être conservé. Saisissez le texte au lieu de le coller.")
    case .notADay:
      Text(
        "“{field}” is not a day. Enter year, month and day, for example 1990-04-25.",
        "« {field} » n’est pas une date. Indiquez l’année, le mois et le jour, par exemple 1990-04-25.")
    case .notYet: Text("“{field}” cannot be in the future.", "« {field} » ne peut pas être dans le futur.")
    case .past: Text("“{field}” cannot be in the past.", "« {field} » ne peut pas être dans le passé.")
    case .beyondCalendar:
      Text("“{field}” must be between 1900 and 2199.", "« {field} » doit se situer entre 1900 et 2199.")
    case .notBefore: Text("“{field}” cannot be before “{other}”.", "« {field} » ne peut pas précéder « {other} ».")
    case .noOption: Text("Choose one of the options for “{field}”.", "Choisissez une des réponses proposées pour « {field} ».")
    case .notYesNo: Text("Answer “{field}” with yes or no.", "Répondez à « {field} » par oui ou non.")
    case .noCountry: Text("Choose a country from the list for “{field}”.", "Choisissez un pays dans la liste pour « {field} ».")
    case .noNumber:
      Text(
        "“{field}” must be a whole number from {first} to {last}, in digits only.",
        "« {field} » doit être un nombre entier de {first} à {last}, en chiffres seulement.")
    case .noEmail, .noTelephone, .noCode: format
    }
  }

  private var format: Text {
    switch self {
    case .noTelephone:
      Text(
        "“{field}” must have 10 digits without spaces; outside North America, +, the country code, a space and the number.",
        "« {field} » doit compter 10 chiffres sans espaces; hors de l’Amérique du Nord : +, l’indicatif du pays, une espace et le numéro."
      )
    case .noCode(.uci):
      Text(
        "“{field}” must have 8 or 10 digits, for example 1234-5678 or 11-2233-4455.",
        "« {field} » doit compter 8 ou 10 chiffres, par exemple 1234-5678 ou 11-2233-4455.")
    case .noCode(.travelDocument):
      Text(
        "“{field}” must have letters and digits only, as printed on the document.",
        "« {field} » ne doit contenir que des lettres et des chiffres, comme sur le document.")
    case .noCode(.learningInstitution):
      Text(
        "“{field}” must be the letter O and 11 or 12 digits, for example O19332746152.",
        "« {field} » doit être la lettre O suivie de 11 ou 12 chiffres, par exemple O19332746152.")
    default:
      Text(
        "“{field}” is not an email address. Enter it like name@example.com.",
        "« {field} » n’est pas une adresse de courriel. Saisissez-la sous la forme nom@exemple.com.")
    }
  }
}
