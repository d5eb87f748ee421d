extension SectionForm {
  static let educationLevels: [FormField.Option] = [
    .init("none", Text("None", "Aucun")),
    .init("primary", Text("Primary school", "École primaire")),
    .init("secondary", Text("Secondary school", "École secondaire")),
    .init("trade", Text("Trade or apprenticeship certificate", "Certificat de métier ou d’apprentissage")),
    .init("college", Text("College diploma", "Diplôme collégial")),
    .init("bachelor", Text("Bachelor’s degree", "Baccalauréat")),
    .init("master", Text("Master’s degree", "Maîtrise")),
    .init("doctorate", Text("Doctorate", "Doctorat")),
  ]
}
