extension SectionForm {
  static let studyLevels: [FormField.Option] = [
    .init("primary", Text("Primary school", "École primaire")),
    .init("secondary", Text("Secondary school", "École secondaire")),
    .init("language", Text("English or French as a second language", "Anglais ou français langue seconde")),
    .init("vocational", Text("Trade or vocational programme", "Formation professionnelle ou technique")),
    .init("college", Text("College diploma or certificate", "Diplôme ou certificat collégial")),
    .init("bachelor", Text("Bachelor’s degree", "Baccalauréat")),
    .init("master", Text("Master’s degree", "Maîtrise")),
    .init("doctorate", Text("Doctorate", "Doctorat")),
    .init("other", Text("Other studies", "Autres études")),
  ]

  static let attestations: [FormField.Option] = [
    .init("yes", Text("There is one", "Elle est jointe")),
    .init("exempt", Text("None is needed", "Elle n’est pas nécessaire")),
  ]

  /// The codes of Canada Post.
  static let provinces: [FormField.Option] = [
    .init("AB", Text("Alberta", "Alberta")),
    .init("BC", Text("British Columbia", "Colombie-Britannique")),
    .init("MB", Text("Manitoba", "Manitoba")),
    .init("NB", Text("New Brunswick", "Nouveau-Brunswick")),
    .init("NL", Text("Newfoundland and Labrador", "Terre-Neuve-et-Labrador")),
    .init("NS", Text("Nova Scotia", "Nouvelle-Écosse")),
    .init("NT", Text("Northwest Territories", "Territoires du Nord-Ouest")),
    .init("NU", Text("Nunavut", "Nunavut")),
    .init("ON", Text("Ontario", "Ontario")),
    .init("PE", Text("Prince Edward Island", "Île-du-Prince-Édouard")),
    .init("QC", Text("Quebec", "Québec")),
    .init("SK", Text("Saskatchewan", "Saskatchewan")),
    .init("YT", Text("Yukon", "Yukon")),
  ]
}
