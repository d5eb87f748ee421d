import Schema

/// The messages that the portal writes (domain.md 2.19). The raw value is the key that stands in events.
///
/// A text is rendered once, in the language of the account at that moment, and then stays as it is for ever. A changed text is
/// a new ``version``.
public enum MessageTemplate: String, Hashable, Sendable, CaseIterable {
  // Account inbox.
  case enrolmentSubmitted = "M-ENR-SUB"
  case enrolmentApproved = "M-ENR-APP"
  case enrolmentRefused = "M-ENR-REF"
  case enrolmentDocumentsRequested = "M-ENR-DOCREQ"
  case enrolmentDocumentsReceived = "M-ENR-DOCREC"
  case standingUpdated = "M-STANDING"
  case passwordChanged = "M-PWD-CHG"
  case draftExpired = "M-EXPIRED"
  // Application messages.
  case submissionConfirmation = "A-SUBCONF"
  case statusUpdated = "A-UPDATE"
  case documentsRequested = "A-DOCREQ"
  case documentsReceived = "A-DOCREC"
  case requestExtended = "A-DOCEXT"
  case requestCancelled = "A-DOCCAN"
  case letter = "A-LETTER"

  public var version: UInt32 { 1 }

  /// Whether messages of this kind belong to an account's inbox; the others belong to an application.
  public var isForInbox: Bool { rawValue.hasPrefix("M-") }

  /// Whether a message of this kind asks for action by itself: until its obligation is met, or until it is read.
  public var isActionRequired: Bool {
    switch self {
    case .enrolmentDocumentsRequested, .documentsRequested: true
    default: false
    }
  }

  /// Never personal.
  public var subject: Text {
    switch self {
    case .enrolmentSubmitted: Text("Enrolment request submitted", "Demande d’inscription soumise")
    case .enrolmentApproved: Text("Enrolment request approved", "Demande d’inscription approuvée")
    case .enrolmentRefused: Text("Enrolment request refused", "Demande d’inscription refusée")
    case .enrolmentDocumentsRequested:
      Text(
        "Additional documents required for your enrolment", "Documents supplémentaires requis pour votre inscription")
    case .enrolmentDocumentsReceived: Text("Enrolment documents received", "Documents d’inscription reçus")
    case .standingUpdated:
      Text("Your current standing has been updated", "Votre statut de membre a été mis à jour")
    case .passwordChanged: Text("Your password was changed", "Votre mot de passe a été modifié")
    case .draftExpired:
      Text(
        "Application deleted: time to submit has ended", "Demande supprimée : le délai de soumission est écoulé")
    case .submissionConfirmation: Text("Submission confirmation", "Confirmation de soumission")
    case .statusUpdated: Text("Application status updated", "État de la demande mis à jour")
    case .documentsRequested: Text("Request for additional documents", "Demande de documents supplémentaires")
    case .documentsReceived: Text("Documents received", "Documents reçus")
    case .requestExtended: Text("More time to provide documents", "Délai prolongé pour fournir des documents")
    case .requestCancelled: Text("Request for documents cancelled", "Demande de documents annulée")
    case .letter: Text("Correspondence letter", "Lettre de correspondance")
    }
  }

  /// The body, with places for facts; `nil` for a letter that an officer writes.
  public var body: Text? {
    switch self {
    case .enrolmentSubmitted:
      Text(
        "We received your enrolment request on {date}. We will write to you here when it has been reviewed.",
        "Nous avons reçu votre demande d’inscription le {date}. Nous vous écrirons ici après l’avoir examinée.")
    case .enrolmentApproved:
      Text(
        "Your enrolment is approved. Your Representative IRCC ID is {number}.",
        "Votre inscription est approuvée. Votre identifiant de représentant d’IRCC est {number}.")
    case .enrolmentRefused:
      Text(
        "Your enrolment request was refused. Reason: {reason}",
        "Votre demande d’inscription a été refusée. Motif : {reason}")
    case .enrolmentDocumentsRequested:
      Text(
        "We need more documents to review your enrolment: {list}. Provide them by {date}.",
        "Il nous faut d’autres documents pour examiner votre inscription : {list}. Fournissez-les au plus tard le {date}.")
    case .enrolmentDocumentsReceived:
      Text(
        "We received the documents for your enrolment and continue the review.",
        "Nous avons reçu les documents relatifs à votre inscription et poursuivons l’examen.")
    case .standingUpdated:
      Text(
        "Your governing body’s register now lists your standing as: {standing}.",
        "Le registre de votre organisme de réglementation indique maintenant le statut suivant : {standing}.")
    case .passwordChanged:
      Text(
        "Your password was changed on {date}. If you did not do this, contact us.",
        "Votre mot de passe a été modifié le {date}. Si vous n’êtes pas à l’origine de ce changement, écrivez-nous.")
    case .draftExpired:
      Text(
        "Application {number} was not submitted by {date} and was deleted.",
        "La demande {number} n’a pas été soumise au plus tard le {date} et a été supprimée.")
    case .submissionConfirmation:
      Text(
        "Your client’s application was submitted on {date} under number {number}.",
        "La demande de votre client a été soumise le {date} sous le numéro {number}.")
    case .statusUpdated:
      Text(
        "The status of application {number} was updated.", "L’état de la demande {number} a été mis à jour.")
    case .documentsRequested:
      Text(
        "We need these documents for application {number} by {date}: {list}.",
        "Il nous faut ces documents pour la demande {number} au plus tard le {date} : {list}.")
    case .documentsReceived:
      Text(
        "We received everything we asked for about application {number}.",
        "Nous avons reçu tout ce que nous avions demandé au sujet de la demande {number}.")
    case .requestExtended:
      Text(
        "You have until {date} to provide what we asked for about application {number}.",
        "Vous avez jusqu’au {date} pour fournir ce que nous avons demandé au sujet de la demande {number}.")
    case .requestCancelled:
      Text(
        "You need not provide what we asked for about application {number}.",
        "Vous n’avez pas à fournir ce que nous avons demandé au sujet de la demande {number}.")
    case .letter: nil
    }
  }

  /// The body in `language`; empty for a letter that an officer writes.
  func body(in language: Language, with facts: [String: Fact]) -> String { body?.in(language, with: facts) ?? "" }

  /// The message as it is stored: subject in `language`, without the body, which is personal.
  /// - Parameter isActionRequired: Whether an officer asks for action; a template that asks by itself does anyway.
  func text(in language: Language, isActionRequired: Bool = false) -> MessageText {
    .with {
      $0.templateKey = rawValue
      $0.templateVersion = version
      $0.language = language == .french ? .french : .english
      $0.subject = subject.in(language)
      $0.actionRequired = self.isActionRequired || isActionRequired
    }
  }
}
