/// The options that several sections or questions share. Their values stand in answers.
enum FormOptions {
  static let sex: [FormField.Option] = [
    .init("female", Text("Female", "Féminin")),
    .init("male", Text("Male", "Masculin")),
    .init("another", Text("Another gender", "Autre genre")),
    .init("unspecified", Text("Not specified", "Non précisé")),
  ]

  static let maritalStatus: [FormField.Option] = [
    .init("single", Text("Never married", "Jamais marié")),
    .init("married", Text("Married", "Marié")),
    .init("commonLaw", Text("Common-law", "Conjoint de fait")),
    .init("separated", Text("Legally separated", "Séparé légalement")),
    .init("divorced", Text("Divorced", "Divorcé")),
    .init("widowed", Text("Widowed", "Veuf")),
    .init("annulled", Text("Annulled marriage", "Mariage annulé")),
  ]

  static let statusInCountry: [FormField.Option] = [
    .init("citizen", Text("Citizen", "Citoyen")),
    .init("permanentResident", Text("Permanent resident", "Résident permanent")),
    .init("worker", Text("Worker", "Travailleur")),
    .init("student", Text("Student", "Étudiant")),
    .init("visitor", Text("Visitor", "Visiteur")),
    .init("protectedPerson", Text("Protected person or refugee", "Personne protégée ou réfugié")),
    .init("claimant", Text("Asylum claimant", "Demandeur d’asile")),
    .init("noStatus", Text("Without status", "Sans statut")),
    .init("other", Text("Other", "Autre")),
  ]

  static let languageOfService: [FormField.Option] = [
    .init("en", Text("English", "Anglais")),
    .init("fr", Text("French", "Français")),
    .init("both", Text("Either of the two", "L’une ou l’autre")),
  ]

  static let telephoneType: [FormField.Option] = [
    .init("residence", Text("Home", "Domicile")),
    .init("cellular", Text("Cell phone", "Cellulaire")),
    .init("business", Text("Business", "Travail")),
  ]

  static let whoPays: [FormField.Option] = [
    .init("myself", Text("The applicant", "Le demandeur")),
    .init("parents", Text("Parents", "Les parents")),
    .init("family", Text("Another member of the family", "Un autre membre de la famille")),
    .init("host", Text("The person or organization visited", "La personne ou l’organisme visité")),
    .init("employer", Text("Employer", "L’employeur")),
    .init("scholarship", Text("Scholarship or government", "Une bourse ou un gouvernement")),
    .init("other", Text("Someone else", "Quelqu’un d’autre")),
  ]
}

extension FormField {
  /// `Yes, because …`: the details that go with a question that was answered with yes.
  static func details(
    of question: String, limit: Int = 1000, _ label: Text, hint: Text? = nil, sensitivity: Sensitivity = .personal
  )
    -> FormField
  {
    FormField(
      question + "Details", .longText(limit: limit), label, hint: hint, required: .when(question, is: "yes"),
      sensitivity: sensitivity)
  }
}
