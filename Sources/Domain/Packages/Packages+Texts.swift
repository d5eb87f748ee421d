import Schema

extension PackageDecider {
  public static func summary(of event: Event) -> Text {
    switch event {
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
