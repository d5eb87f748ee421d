import Schema

/// A section of an application's form: what is saved and completed as one. The raw value stands in events.
public enum FormSection: String, Hashable, Sendable, CaseIterable {
  case applicant, passport, identity, visit, transit, measures, study, claim, background

  public var label: Text {
    switch self {
    case .applicant: Text("Applicant information", "Renseignements sur le demandeur")
    case .passport: Text("Passport", "Passeport")
    case .identity: Text("Identity documents", "Documents d’identité")
    case .visit: Text("Purpose of the visit", "But de la visite")
    case .transit: Text("Transit", "Transit")
    case .measures: Text("Special measures", "Mesures spéciales")
    case .study: Text("Studies", "Études")
    case .claim: Text("Basis of the claim", "Fondement de la demande d’asile")
    case .background: Text("Background", "Antécédents")
    }
  }
}

extension ApplicationType {
  /// The sections of the form, all of which each member completes before the submission. Version 1.
  public var sections: [FormSection] {
    switch self {
    case .visitorVisa: [.applicant, .passport, .visit, .background]
    case .transitVisa: [.applicant, .passport, .transit, .background]
    case .specialMeasuresVisa: [.applicant, .passport, .measures, .background]
    case .studyPermit: [.applicant, .passport, .study, .background]
    case .refugeeClaim: [.applicant, .identity, .claim, .background]
    case .unspecified, .UNRECOGNIZED: []
    }
  }
}
