import Schema

extension RepresentativeDecider {
  public static func summary(of event: Event) -> Text {
    switch event {
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

extension ReservationDecider {
  public static func summary(of event: Event) -> Text {
    switch event {
    case .membershipClaimed: Text("Membership claimed", "Adhésion réservée")
    case .membershipReleased: Text("Membership released", "Adhésion libérée")
    }
  }
}
