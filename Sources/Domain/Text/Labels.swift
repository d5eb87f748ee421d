import Schema

/// The labels of tables and what stands in their cells (domain.md 3.0-3.5).
public enum Labels {
  // MARK: Every table

  public static let notAvailable = Text("N/A", "S.O.")
  /// In place of personal data that this reader has no key for.
  public static let sealed = Text("[sealed]", "[scellé]")
  /// In place of personal data whose key is missing, or is not the one that the log names.
  public static let noKey = Text("[no key]", "[sans clé]")
  /// In place of personal data of which the log says that its key was destroyed.
  public static let erased = Text("[erased]", "[effacé]")
  public static let itemsPerPage = Text("Items per page", "Éléments par page")

  /// `1 to 3 of 3`; `0 of 0` for no rows at all.
  /// - Parameter first, last: 1-based places of the rows on the page.
  public static func paging(first: Int, last: Int, total: Int) -> Text {
    total == 0
      ? Text("0 of 0", "0 sur 0")
      : Text("\(first) to \(last) of \(total)", "\(first) à \(last) sur \(total)")
  }

  // MARK: My client applications and its search

  public static let myClientApplications = Text("My client applications", "Demandes de mes clients")
  public static let searchResults = Text("Search results", "Résultats de la recherche")
  public static let id = Text("ID", "ID")
  public static let applicationType = Text("Application type", "Type de demande")
  public static let applicantName = Text("Applicant name", "Nom du demandeur")
  public static let applicationNumber = Text("Application number", "Numéro de demande")
  public static let dateCreated = Text("Date created", "Date de création")
  public static let dateLastSaved = Text("Date last saved", "Dernière sauvegarde")
  public static let daysLeftToSubmit = Text("Days left to submit", "Jours restants pour soumettre")
  public static let dateSubmitted = Text("Date submitted", "Date de soumission")
  public static let status = Text("Status", "État")
  public static let action = Text("Action", "Mesure")

  public static let inProgress = Text("In progress", "En cours")
  public static let submitted = Text("Submitted", "Soumise")
  public static let nameNotProvided = Text("Not provided", "Non fourni")

  public static let continueDraft = Text("Continue", "Continuer")
  public static let deleteDraft = Text("Delete", "Supprimer")
  public static let onHold = Text("On hold", "Suspendue")
  public static let actionRequired = Text("Action required", "Mesure requise")
  public static let checkFullStatus = Text(
    "Check full application status", "Vérifier l’état complet de la demande")

  public static let noApplications = Text(
    "You have no applications in progress. Start an application, or search for a submitted one.",
    "Vous n’avez aucune demande en cours. Commencez une demande ou recherchez une demande soumise.")
  public static let noApplicationMatches = Text(
    "No application matches. Remove the application number and search by type or status only.",
    "Aucune demande ne correspond. Retirez le numéro de demande et cherchez par type ou par état seulement.")

  // MARK: Account messages

  public static let accountMessages = Text("Account messages", "Messages du compte")
  public static let subject = Text("Subject", "Objet")
  public static let dateSent = Text("Date sent", "Date d’envoi")
  public static let dateRead = Text("Date read", "Date de lecture")
  public static let noAccountMessages = Text("You have no account messages.", "Vous n’avez aucun message de compte.")
  public static let noMessageMatches = Text("No message matches.", "Aucun message ne correspond.")

  // MARK: Account profile

  public static let standing = Text("Standing", "Statut de membre")
}

extension ApplicationType {
  /// The types that an application can be started for, in the order of the filter list (domain.md G09).
  public static let offered: [ApplicationType] = [
    .visitorVisa, .studyPermit, .refugeeClaim, .transitVisa, .specialMeasuresVisa,
  ]

  /// The code of domain.md 0.8; `nil` for an unknown type.
  public var code: String? {
    switch self {
    case .visitorVisa: "visitorVisa"
    case .transitVisa: "transitVisa"
    case .specialMeasuresVisa: "specialMeasuresVisa"
    case .studyPermit: "studyPermit"
    case .refugeeClaim: "refugeeClaim"
    case .unspecified, .UNRECOGNIZED: nil
    }
  }

  /// Reads ``code``.
  public init?(code: String) {
    guard let type = ApplicationType.offered.first(where: { $0.code == code }) else { return nil }
    self = type
  }

  public var label: Text {
    switch self {
    case .visitorVisa: Text("Visitor visa application", "Demande de visa de visiteur")
    case .transitVisa: Text("Transit visa application", "Demande de visa de transit")
    case .specialMeasuresVisa:
      Text(
        "Special measures temporary resident visa", "Visa de résident temporaire – mesures spéciales")
    case .studyPermit: Text("Study permit application", "Demande de permis d’études")
    case .refugeeClaim: Text("Refugee claim", "Demande d’asile")
    case .unspecified, .UNRECOGNIZED: Labels.notAvailable
    }
  }
}

extension Standing {
  public var label: Text {
    switch self {
    case .good: Text("In good standing", "En règle")
    case .restricted: Text("Restricted", "Restreint")
    case .suspended: Text("Suspended", "Suspendu")
    case .revoked: Text("Revoked", "Révoqué")
    case .resigned: Text("Resigned", "Démissionnaire")
    case .deceased: Text("Deceased", "Décédé")
    case .unspecified, .UNRECOGNIZED: Labels.notAvailable
    }
  }
}

extension EnrolmentRequestRefused.Reason {
  public var label: Text {
    switch self {
    case .notMember: Text("not a member", "n’est pas membre")
    case .notGoodStanding: Text("not in good standing", "n’est pas en règle")
    case .identityNotProven: Text("identity not proven", "identité non prouvée")
    case .nameMismatch: Text("name does not match the register", "le nom ne correspond pas au registre")
    case .duplicate: Text("duplicate request", "demande en double")
    case .other, .unspecified, .UNRECOGNIZED: Text("other", "autre")
    }
  }
}

extension DocumentSlot {
  public var label: Text {
    switch self {
    case .passport: Text("Passport", "Passeport")
    case .photo: Text("Photo", "Photo")
    case .proofOfFunds: Text("Proof of funds", "Preuve de fonds")
    case .letterOfAcceptance: Text("Letter of acceptance", "Lettre d’acceptation")
    case .attestationLetter: Text("Attestation letter", "Lettre d’attestation")
    case .familyInfo: Text("Family information", "Renseignements sur la famille")
    case .imm5476: Text("Use of a representative (IMM 5476)", "Recours aux services d’un représentant (IMM 5476)")
    case .basisOfClaim: Text("Basis of claim form", "Formulaire Fondement de la demande d’asile")
    case .identity: Text("Proof of identity", "Preuve d’identité")
    case .medical: Text("Medical report", "Rapport médical")
    case .police: Text("Police certificate", "Certificat de police")
    case .employmentLetter: Text("Employment letter", "Lettre d’emploi")
    case .birthCertificate: Text("Birth certificate", "Acte de naissance")
    case .biometricFeeReceipt: Text("Biometric fee receipt", "Reçu des frais de biométrie")
    case .nameChangeProof: Text("Proof of name change", "Preuve de changement de nom")
    case .other: Text("Other document", "Autre document")
    }
  }
}
