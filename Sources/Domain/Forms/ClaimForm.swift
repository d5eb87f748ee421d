extension SectionForm {
  /// Why somebody asks for protection, and how they came to Canada.
  static let claim = SectionForm(.claim, version: 1, [protection, harm, places, arrival, earlierClaims])

  private static let protection = FormGroup(
    Text("Fear of return", "Crainte du retour"),
    [
      FormField(
        "fearedCountry", .country,
        Text(
          "Country or territory against which protection is claimed", "Pays ou territoire contre lequel la protection est demandée"),
        sensitivity: .sensitive),
      FormField(
        "ground", .choice(grounds), Text("Main reason for the persecution", "Motif principal de la persécution"),
        sensitivity: .sensitive),
      FormField(
        "fearsReturn", .yesNo,
        Text(
          "Does the claimant fear serious harm if they return there?",
          "Le demandeur craint-il de subir un préjudice grave s’il y retourne?"), sensitivity: .sensitive),
      FormField(
        "narrative", .longText(limit: 12_000),
        Text(
          "What happened, and why the claimant fears to return", "Ce qui s’est passé, et pourquoi le demandeur craint d’y retourner"
        ),
        hint: Text(
          "In the order of time: who did what to whom, when, where and why.",
          "En ordre chronologique : qui a fait quoi, à qui, quand, où et pourquoi."), sensitivity: .sensitive),
    ])

  private static let harm = FormGroup(
    Text("Harm and protection", "Préjudice et protection"),
    [
      FormField(
        "wasHarmed", .yesNo,
        Text(
          "Was the claimant, or somebody close to them, harmed or threatened?",
          "Le demandeur ou un proche a-t-il subi un préjudice ou des menaces?"), sensitivity: .sensitive),
      FormField.details(
        of: "wasHarmed", limit: 4000, Text("Harm and threats", "Préjudices et menaces"),
        hint: Text("Who was harmed, by whom, when and how.", "Qui a été touché, par qui, quand et comment."),
        sensitivity: .sensitive),
      FormField(
        "askedAuthorities", .yesNo,
        Text(
          "Did the claimant ask the authorities of the country for protection?",
          "Le demandeur a-t-il demandé la protection des autorités du pays?"), sensitivity: .sensitive),
      FormField(
        "askedAuthoritiesAnswer", .longText(limit: 2000), Text("What the authorities did", "Ce que les autorités ont fait"),
        required: .when("askedAuthorities", is: "yes"), sensitivity: .sensitive),
      FormField(
        "askedAuthoritiesWhyNot", .longText(limit: 2000),
        Text("Why the claimant did not ask", "Pourquoi le demandeur ne l’a pas demandée"),
        required: .when("askedAuthorities", is: "no"), sensitivity: .sensitive),
    ])

  private static let places = FormGroup(
    Text("Moves and departure", "Déplacements et départ"),
    [
      FormField(
        "movedWithinCountry", .yesNo,
        Text(
          "Did the claimant move to another part of the country to be safe?",
          "Le demandeur s’est-il installé ailleurs au pays pour être en sécurité?"), sensitivity: .sensitive),
      FormField(
        "movedWithinCountryDetails", .longText(limit: 2000), Text("Where, and what happened there", "Où, et ce qui s’y est passé"),
        required: .when("movedWithinCountry", is: "yes"), sensitivity: .sensitive),
      FormField(
        "movedWithinCountryWhyNot", .longText(limit: 2000),
        Text("Why no part of the country is safe", "Pourquoi aucune région du pays n’est sûre"),
        required: .when("movedWithinCountry", is: "no"), sensitivity: .sensitive),
      FormField(
        "leftOn", .day(.untilToday),
        Text("Date on which the claimant left the country", "Date à laquelle le demandeur a quitté le pays"),
        sensitivity: .sensitive),
      FormField(
        "whyThen", .longText(limit: 2000),
        Text("Why the claimant left at that time", "Pourquoi le demandeur est parti à ce moment"), sensitivity: .sensitive),
    ])

  private static let arrival = FormGroup(
    Text("Arrival in Canada", "Arrivée au Canada"),
    [
      FormField(
        "arrivedOn", .day(.untilToday), Text("Date of arrival in Canada", "Date d’arrivée au Canada"), sensitivity: .sensitive,
        notBefore: "leftOn"),
      FormField("arrivedAt", .text(limit: 100), Text("Place of arrival", "Lieu d’arrivée"), sensitivity: .sensitive),
      FormField("arrivedBy", .choice(entries), Text("Way of arrival", "Mode d’arrivée"), sensitivity: .sensitive),
      FormField(
        "passedThrough", .longText(limit: 1000), Text("Countries passed through on the way", "Pays traversés en route"),
        hint: Text(
          "One on each line, with dates. Leave it empty for a direct flight.",
          "Un par ligne, avec les dates. Laissez vide pour un vol direct."),
        required: .never, sensitivity: .sensitive),
      FormField(
        "hasMetOfficer", .yesNo,
        Text(
          "Has the claimant already spoken to an officer at the border?",
          "Le demandeur a-t-il déjà parlé à un agent à la frontière?"),
        sensitivity: .sensitive),
    ])

  private static let earlierClaims = FormGroup(
    Text("Other claims", "Autres demandes d’asile"),
    [
      FormField(
        "hasClaimedBefore", .yesNo,
        Text(
          "Has the claimant asked for protection before, in Canada or elsewhere?",
          "Le demandeur a-t-il déjà demandé la protection, au Canada ou ailleurs?"),
        hint: Text("Also through the UNHCR.", "Y compris par l’entremise du HCR."), sensitivity: .sensitive),
      FormField.details(
        of: "hasClaimedBefore", Text("Where, when, and with what outcome", "Où, quand et avec quel résultat"),
        sensitivity: .sensitive),
      FormField(
        "hasReturned", .yesNo,
        Text(
          "Has the claimant returned to the country since leaving it?",
          "Le demandeur est-il retourné dans le pays depuis son départ?"),
        sensitivity: .sensitive),
      FormField.details(of: "hasReturned", Text("When, and why", "Quand, et pourquoi"), sensitivity: .sensitive),
      FormField("hearingLanguage", .choice(languages), Text("Language of the hearing", "Langue de l’audience")),
    ])

  private static let grounds: [FormField.Option] = [
    .init("race", Text("Race or ethnic origin", "Race ou origine ethnique")),
    .init("religion", Text("Religion", "Religion")),
    .init("nationality", Text("Nationality", "Nationalité")),
    .init("opinion", Text("Political opinion", "Opinions politiques")),
    .init("group", Text("Membership in a particular social group", "Appartenance à un groupe social")),
    .init("torture", Text("Danger of torture, or risk to life", "Risque de torture ou menace à la vie")),
  ]

  private static let entries: [FormField.Option] = [
    .init("air", Text("By air", "Par avion")),
    .init("land", Text("By land, at a port of entry", "Par voie terrestre, à un point d’entrée")),
    .init("betweenPorts", Text("By land, between ports of entry", "Par voie terrestre, entre les points d’entrée")),
    .init("sea", Text("By sea", "Par bateau")),
  ]

  private static let languages: [FormField.Option] = [
    .init("en", Text("English", "Anglais")), .init("fr", Text("French", "Français")),
  ]
}
