/// A field of a command, as refusals name it.
public enum Field: Hashable, Sendable {
  case surname, givenName, familyName, givenNames, dateOfBirth
  case email, telephone, fax, mailingAddress, businessName
  case governingBody, membershipID, documents, note, reason, checkedAt, changedFields
  case standing, relation, person, deadline, borderNumber
  case items, item, explanation, messageBody, message
  case sequenceNext, sequenceStep

  public var label: Text {
    switch self {
    case .surname: Text("Surname/last name", "Nom de famille")
    case .givenName: Text("Given name", "Prénom")
    case .familyName: Text("Family name", "Nom de famille")
    case .givenNames: Text("Given names", "Prénoms")
    case .dateOfBirth: Text("Date of birth", "Date de naissance")
    case .email: Text("Email address", "Adresse de courriel")
    case .telephone: Text("Telephone number", "Numéro de téléphone")
    case .fax: Text("Fax number", "Numéro de télécopieur")
    case .mailingAddress: Text("Mailing address", "Adresse postale")
    case .businessName: Text("Business name", "Nom de l’entreprise")
    case .governingBody: Text("Governing body", "Organisme de réglementation")
    case .membershipID: Text("Membership ID", "Numéro de membre")
    case .documents: Text("Documents", "Documents")
    case .note: Text("Note", "Note")
    case .reason: Text("Reason", "Motif")
    case .changedFields: Text("Changed fields", "Champs modifiés")
    case .checkedAt: Text("Time of the check", "Heure de la vérification")
    case .standing: Labels.standing
    case .relation: Text("Relationship", "Lien de parenté")
    case .person: Text("Applicant", "Demandeur")
    case .deadline: Text("Deadline", "Date limite")
    case .borderNumber: Text("Number on the CBSA letter", "Numéro figurant sur la lettre de l’ASFC")
    case .items: Text("Items", "Éléments")
    case .item: Text("Item", "Élément")
    case .explanation: Text("Explanation", "Explication")
    case .message: Text("Message or template", "Message ou modèle")
    case .messageBody: Text("Message", "Message")
    case .sequenceNext: Text("Next number", "Prochain numéro")
    case .sequenceStep: Text("Step", "Pas")
    }
  }
}
