extension RefusalCode {
  /// What a person reads (domain.md 2.20).
  public var text: Text {
    switch self {
    case .authRequired: Text("Sign in to continue.", "Ouvrez une session pour continuer.")
    case .authInvalidCredentials:
      Text(
        "The email address or the password is not correct, or the account is locked.",
        "L’adresse de courriel ou le mot de passe est incorrect, ou le compte est verrouillé.")
    case .passwordTooShort: Text("Use at least {n} characters.", "Utilisez au moins {n} caractères.")
    case .passwordTooLong: Text("Use no more than {n} characters.", "Utilisez au plus {n} caractères.")
    case .passwordMissingUpper: Text("Add an upper case letter.", "Ajoutez une lettre majuscule.")
    case .passwordMissingLower: Text("Add a lower case letter.", "Ajoutez une lettre minuscule.")
    case .passwordMissingDigit: Text("Add a digit.", "Ajoutez un chiffre.")
    case .passwordMissingSpecial: Text("Add a special character.", "Ajoutez un caractère spécial.")
    case .passwordForbiddenCharacter:
      Text(
        "Spaces and control characters are not allowed.",
        "Les espaces et les caractères de commande ne sont pas permis.")
    case .passwordContainsEmail:
      Text("The password cannot be your email name.", "Le mot de passe ne peut être votre nom de courriel.")
    case .passwordConfirmationMismatch:
      Text("The two passwords are different.", "Les deux mots de passe sont différents.")
    case .passwordOldIncorrect: Text("The old password is not correct.", "L’ancien mot de passe est incorrect.")
    case .passwordReused:
      Text(
        "You used this password recently. Choose another.",
        "Vous avez utilisé ce mot de passe récemment. Choisissez-en un autre.")
    case .accountNotActive: Text("Your account is not active.", "Votre compte n’est pas actif.")
    case .accountClosed: Text("This account is closed.", "Ce compte est fermé.")
    case .accountNotLocked: Text("The account is not locked.", "Le compte n’est pas verrouillé.")
    case .accountStateConflict: Text("The account is already in this state.", "Le compte est déjà dans cet état.")
    case .accountOpenSubmittedApplications:
      Text(
        "{n} submitted applications still list this representative.",
        "{n} demandes soumises sont encore associées à ce représentant.")
    case .enrolmentMembershipFormat:
      Text("The membership number has the wrong format.", "Le format du numéro de membre est incorrect.")
    case .enrolmentAlreadyEnrolled: Text("This member already has an account.", "Ce membre possède déjà un compte.")
    case .enrolmentDocumentsMissing:
      Text("Add proof of identity and of designation.", "Ajoutez une preuve d’identité et de désignation.")
    case .enrolmentAlreadySubmitted:
      Text("Your enrolment request is already submitted.", "Votre demande d’inscription est déjà soumise.")
    case .enrolmentNotOpen: Text("The enrolment request is not open.", "La demande d’inscription n’est pas ouverte.")
    case .enrolmentNoDocumentsRequested: Text("No documents were requested.", "Aucun document n’a été demandé.")
    case .enrolmentMembershipNotVerified:
      Text(
        "Membership was not verified in the last {n} days.",
        "L’adhésion n’a pas été vérifiée au cours des {n} derniers jours.")
    case .enrolmentAlreadyDecided: Text("A decision was already made.", "Une décision a déjà été rendue.")
    case .standingNotGood: Text("You are not a member in good standing.", "Vous n’êtes pas membre en règle.")
    case .profilePhoneFormat:
      Text("Enter 10 digits without spaces or dashes.", "Entrez 10 chiffres sans espaces ni tirets.")
    case .profileFaxFormat: Text("Use the format (###) ###-####.", "Utilisez le format (###) ###-####.")
    case .profileEmailFormat: Text("Use the format name@example.com.", "Utilisez le format nom@exemple.com.")
    case .clientNameRequired: Text("Enter a family name or a given name.", "Entrez un nom de famille ou un prénom.")
    case .applicationNotFound: Text("Application not found.", "Demande introuvable.")
    case .applicationAcknowledgementRequired:
      Text("Confirm that you have read the instructions.", "Confirmez que vous avez lu les instructions.")
    case .applicationTypeNotAvailable:
      Text("This application type is not available here.", "Ce type de demande n’est pas offert ici.")
    case .applicationCbsaNumberRequired:
      Text("Enter the number on the CBSA letter.", "Entrez le numéro figurant sur la lettre de l’ASFC.")
    case .applicationNumberInUse:
      Text("This number is used by another application.", "Ce numéro est utilisé par une autre demande.")
    case .applicationTooManyDrafts: Text("You have {n} applications in progress.", "Vous avez {n} demandes en cours.")
    case .applicationDeleted: Text("This application was deleted.", "Cette demande a été supprimée.")
    case .applicationExpired:
      Text("The time to submit ended on {date}.", "Le délai de soumission a pris fin le {date}.")
    case .applicationFrozen: Text("This application is on hold.", "Cette demande est suspendue.")
    case .applicationAlreadySubmitted:
      Text("Submitted on {date} as {number}.", "Soumise le {date} sous le numéro {number}.")
    case .applicationDeleteNotAllowedSubmitted:
      Text("A submitted application cannot be deleted.", "Une demande soumise ne peut être supprimée.")
    case .applicationIncomplete: Text("Complete these sections: {list}.", "Remplissez ces sections : {list}.")
    case .applicationUnknownSection: Text("Unknown section.", "Section inconnue.")
    case .applicationSectionTooLarge: Text("This section is too long.", "Cette section est trop longue.")
    case .applicationNotAGroup: Text("This is not a group application.", "Il ne s’agit pas d’une demande de groupe.")
    case .applicationTooManyMembers: Text("A group has at most {n} members.", "Un groupe compte au plus {n} membres.")
    case .applicationStateConflict: Text("Not possible in the current state.", "Impossible dans l’état actuel.")
    case .documentNoOpenRequest: Text("No document was requested.", "Aucun document n’a été demandé.")
    case .requestClosed: Text("This request is closed.", "Cette demande de documents est fermée.")
    case .requestDueTooSoon: Text("The due date is too early.", "La date limite est trop rapprochée.")
    case .inboxAccountClosed: Text("The account is closed.", "Le compte est fermé.")
    case .messageNotFound: Text("Message not found.", "Message introuvable.")
    case .fieldRequired: Text("{field} is required.", "{field} est obligatoire.")
    case .fieldTooLong: Text("{field} is too long.", "{field} est trop long.")
    case .fieldInvalidFormat: Text("{field} has the wrong format.", "Le format de {field} est incorrect.")
    case .concurrencyVersionConflict:
      Text("Someone saved a newer version. Reload.", "Une version plus récente a été enregistrée. Rechargez la page.")
    case .commandIdReused:
      Text(
        "This request identifier was used for something else.",
        "Cet identifiant de requête a déjà servi à autre chose.")
    case .internalNumberTaken: Text("Something went wrong. Try again.", "Une erreur s’est produite. Réessayez.")
    case .internalTemplateMissing: Text("Something went wrong. Try again.", "Une erreur s’est produite. Réessayez.")
    }
  }
}
