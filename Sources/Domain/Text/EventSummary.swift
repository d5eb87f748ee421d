import Schema

extension DomainEvent {
  /// One sentence for the auditor's timeline, without personal data (domain.md 3.7).
  public var summary: Text {
    switch self {
    case .representative(let event): event.summary
    case .credential(let event): event.summary
    case .inbox(let event): event.summary
    case .package(let event): event.summary
    case .application(.applicationSubmitted(let submitted)):
      Text(
        "Application \(submitted.applicationNumber) submitted", "Demande \(submitted.applicationNumber) soumise")
    case .documentRequest(let event): event.summary
    case .applicationMessage(let event): event.summary
    case .client(.clientRegistered): Text("Client registered", "Client inscrit")
    case .client(.personRegistered): Text("Group member registered", "Membre du groupe inscrit")
    case .sequence(let event): event.summary
    case .reservation(.membershipClaimed): Text("Membership claimed", "Adhésion réservée")
    case .reservation(.membershipReleased): Text("Membership released", "Adhésion libérée")
    case .privacy(.subjectKeyCreated): Text("Key of a data subject created", "Clé d’une personne concernée créée")
    case .privacy(.engineKeyCreated): Text("Key of the engine created", "Clé du moteur créée")
    case .privacy(.subjectKeyDestroyed): Text("Key of a data subject destroyed", "Clé d’une personne concernée détruite")
    }
  }
}

extension RepresentativeEvent.OneOf_Event {
  var summary: Text {
    switch self {
    case .enrolmentRequestSubmitted: return Text("Enrolment request submitted", "Demande d’inscription soumise")
    case .enrolmentDocumentsRequested(let requested):
      let day = CivilDay(number: requested.dueDay)
      return Text(
        "Enrolment documents requested by \(day.text(in: .english))",
        "Documents d’inscription demandés d’ici le \(day.text(in: .french))")
    case .enrolmentDocumentsProvided: return Text("Enrolment documents provided", "Documents d’inscription fournis")
    case .membershipChecked(let checked):
      let result = checked.result.label
      return Text("Membership checked: \(result.english)", "Adhésion vérifiée : \(result.french)")
    case .enrolmentRequestApproved(let approved):
      return Text(
        "Enrolment approved as \(approved.representativeID)",
        "Inscription approuvée sous \(approved.representativeID)")
    case .enrolmentRequestRefused(let refused):
      return Text(
        "Enrolment refused: \(refused.reason.label.english)", "Inscription refusée : \(refused.reason.label.french)")
    case .standingChanged(let changed):
      let (from, to) = (changed.from.label, changed.to.label)
      return Text(
        "Standing changed: \(from.english) to \(to.english)", "Statut modifié : \(from.french) à \(to.french)")
    case .accountClosed: return Text("Account closed", "Compte fermé")
    }
  }
}

extension CredentialEvent.OneOf_Event {
  var summary: Text {
    switch self {
    case .passwordSet: Text("Password set", "Mot de passe créé")
    case .passwordChanged: Text("Password changed", "Mot de passe modifié")
    case .passwordCheckFailed(let failed):
      Text("Old password wrong (\(failed.consecutive))", "Ancien mot de passe incorrect (\(failed.consecutive))")
    }
  }
}

extension InboxEvent.OneOf_Event {
  var summary: Text {
    switch self {
    case .accountMessageSent(let sent):
      Text("Account message sent: \(sent.text.subject)", "Message de compte envoyé : \(sent.text.subject)")
    case .accountMessageRead: Text("Account message read", "Message de compte lu")
    case .accountMessageUndeliverable(let message):
      Text(
        "Account message \(message.templateKey) not delivered: account closed",
        "Message de compte \(message.templateKey) non livré : compte fermé")
    }
  }
}

extension PackageEvent.OneOf_Event {
  var summary: Text {
    switch self {
    case .applicationCreated(let created):
      return Text(
        "Package \(created.packageNumber) created: \(created.type.label.english)",
        "Dossier \(created.packageNumber) créé : \(created.type.label.french)")
    case .applicantAdded(let added):
      return Text("Applicant \(added.ordinal) added", "Demandeur \(added.ordinal) ajouté")
    case .applicationSaved(let saved):
      let section = FormSection(rawValue: saved.sectionID)?.label ?? Text(saved.sectionID, saved.sectionID)
      return Text(
        "Section saved: \(section.english) (\(saved.sectionVersion))",
        "Section sauvegardée : \(section.french) (\(saved.sectionVersion))")
    case .applicationDeleted: return Text("Draft deleted", "Ébauche supprimée")
    case .draftExpired: return Text("Draft expired", "Ébauche expirée")
    case .draftFrozen: return Text("Draft put on hold", "Ébauche suspendue")
    case .draftUnfrozen: return Text("Draft no longer on hold", "Ébauche rétablie")
    case .packageSubmitted(let submitted):
      let numbers = submitted.members.map(\.applicationNumber).joined(separator: ", ")
      return Text(
        "Package \(submitted.packageNumber) submitted as \(numbers)",
        "Dossier \(submitted.packageNumber) soumis sous \(numbers)")
    }
  }
}

extension DocumentRequestEvent.OneOf_Event {
  var summary: Text {
    switch self {
    case .documentRequested(let requested):
      let day = CivilDay(number: requested.dueDay)
      return Text(
        "Documents requested by \(day.text(in: .english)): \(requested.items.count)",
        "Documents demandés d’ici le \(day.text(in: .french)) : \(requested.items.count)")
    case .documentRequestAnswered(let answered):
      return Text("Requested item \(answered.itemNumber) answered", "Réponse à l’élément demandé \(answered.itemNumber)")
    case .documentRequestCompleted: return Text("Document request completed", "Demande de documents complétée")
    }
  }
}

extension ApplicationMessageEvent.OneOf_Event {
  var summary: Text {
    switch self {
    case .applicationMessageSent(let sent):
      Text("Application message sent: \(sent.text.subject)", "Message sur la demande envoyé : \(sent.text.subject)")
    case .applicationMessageRead(let read):
      read.readerKind == .client
        ? Text("Application message read by the client", "Message sur la demande lu par le client")
        : Text("Application message read", "Message sur la demande lu")
    }
  }
}

extension SequenceEvent.OneOf_Event {
  var summary: Text {
    switch self {
    case .sequenceSet(let set):
      Text(
        "Sequence \(set.name) set to \(set.next), step \(set.step)",
        "Séquence \(set.name) fixée à \(set.next), pas de \(set.step)")
    case .numbersTaken(let taken):
      Text("Numbers taken from \(taken.first): \(taken.count)", "Numéros pris à partir de \(taken.first) : \(taken.count)")
    }
  }
}

extension MembershipResult {
  public var label: Text {
    switch self {
    case .goodStanding: Text("in good standing", "en règle")
    case .restricted: Text("restricted", "restreint")
    case .suspended: Text("suspended", "suspendu")
    case .revoked: Text("revoked", "révoqué")
    case .notFound: Text("not found", "introuvable")
    case .nameMismatch: Text("name does not match", "le nom ne correspond pas")
    case .unavailable: Text("register unavailable", "registre non disponible")
    case .unspecified, .UNRECOGNIZED: Text("unknown", "inconnu")
    }
  }
}
