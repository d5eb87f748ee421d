extension SectionForm {
  /// Why, when and where somebody visits Canada, and who pays.
  static let visit = SectionForm(.visit, version: 1, [purpose, stay, funds, host])

  private static let purpose = FormGroup(
    Text("Purpose", "But"),
    [
      FormField("purpose", .choice(purposes), Text("Main purpose of the visit", "But principal de la visite")),
      FormField("purposeOther", .text(limit: 200), Text("Other purpose", "Autre but"), required: .when("purpose", is: "other")),
      FormField(
        "purposeDetails", .longText(limit: 2000), Text("Details of the visit", "Précisions sur la visite"),
        hint: Text(
          "What the applicant plans to do, with dates and places.",
          "Ce que le demandeur prévoit faire, avec les dates et les lieux.")),
      FormField("entries", .choice(entries), Text("Entries requested", "Entrées demandées")),
    ])

  private static let stay = FormGroup(
    Text("Stay in Canada", "Séjour au Canada"),
    [
      FormField("arrival", .day(.fromToday), Text("Planned date of arrival", "Date d’arrivée prévue")),
      FormField("departure", .day(.fromToday), Text("Planned date of departure", "Date de départ prévue"), notBefore: "arrival"),
      FormField(
        "addressInCanada", .longText(limit: 300), Text("Address in Canada", "Adresse au Canada"),
        hint: Text("A hotel, or the home of the person visited.", "Un hôtel, ou le domicile de la personne visitée.")),
    ])

  private static let funds = FormGroup(
    Text("Funds", "Fonds"),
    [
      FormField(
        "fundsAmount", .number(0...99_999_999),
        Text("Money available for the visit, in Canadian dollars", "Argent disponible pour la visite, en dollars canadiens"),
        hint: Text("A whole number in digits only, for example 4500.", "Un nombre entier en chiffres seulement, par exemple 4500.")),
      FormField("fundsFrom", .choice(FormOptions.whoPays), Text("Who pays for the visit?", "Qui paie la visite?")),
      FormField(
        "fundsFromOther", .text(limit: 200), Text("Who else pays", "Quelle autre personne paie"),
        required: .when("fundsFrom", is: "other")),
    ])

  private static let host = FormGroup(
    Text("Person or organization to be visited", "Personne ou organisme à visiter"),
    [
      FormField(
        "hasHost", .yesNo,
        Text("Will the applicant visit a person or an organization?", "Le demandeur visitera-t-il une personne ou un organisme?")),
      FormField(
        "hostName", .text(limit: 150), Text("Name of the person or organization", "Nom de la personne ou de l’organisme"),
        required: .when("hasHost", is: "yes")),
      FormField(
        "hostRelationship", .text(limit: 100), Text("Relationship to the applicant", "Lien avec le demandeur"),
        required: .when("hasHost", is: "yes")),
      FormField(
        "hostAddress", .longText(limit: 300),
        Text("Address of the person or organization", "Adresse de la personne ou de l’organisme"),
        required: .when("hasHost", is: "yes")),
      FormField(
        "hostTelephone", .telephone,
        Text("Telephone number of the person or organization", "Numéro de téléphone de la personne ou de l’organisme"),
        required: .never, shown: .answer("hasHost", is: "yes")),
      FormField(
        "hasInvitation", .yesNo, Text("Is there a letter of invitation?", "Y a-t-il une lettre d’invitation?"),
        required: .when("hasHost", is: "yes")),
    ])

  private static let purposes: [FormField.Option] = [
    .init("tourism", Text("Tourism", "Tourisme")),
    .init("family", Text("Family visit", "Visite à la famille")),
    .init("friends", Text("Visit to friends", "Visite à des amis")),
    .init("business", Text("Business", "Affaires")),
    .init("event", Text("Conference or event", "Conférence ou événement")),
    .init("shortStudies", Text("Studies of six months or less", "Études de six mois ou moins")),
    .init("medical", Text("Medical treatment", "Traitement médical")),
    .init("superVisa", Text("Parent or grandparent super visa", "Super visa pour parents et grands-parents")),
    .init("returningStudent", Text("Return of a student", "Retour d’un étudiant")),
    .init("returningWorker", Text("Return of a worker", "Retour d’un travailleur")),
    .init("other", Text("Other", "Autre")),
  ]

  private static let entries: [FormField.Option] = [
    .init("single", Text("One entry", "Une seule entrée")), .init("multiple", Text("Several entries", "Entrées multiples")),
  ]
}
