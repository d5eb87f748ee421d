extension SectionForm {
  /// Under which special measures somebody applies, and what ties them to these.
  static let measures = SectionForm(.measures, version: 1, [measure, journey, support])

  private static let measure = FormGroup(
    Text("Special measures", "Mesures spéciales"),
    [
      FormField(
        "measure", .choice(kinds),
        Text("Measures under which the applicant applies", "Mesures au titre desquelles la demande est présentée")),
      FormField(
        "measureName", .text(limit: 200), Text("Name of the public policy", "Nom de la politique d’intérêt public"),
        hint: Text("As on the page that announces it.", "Comme sur la page qui l’annonce."), required: .when("measure", is: "other")
      ),
      FormField(
        "eligibility", .longText(limit: 2000), Text("Why the applicant is eligible", "Pourquoi le demandeur est admissible"),
        sensitivity: .sensitive),
      FormField(
        "lastResidence", .country,
        Text("Last country or territory of residence before the event", "Dernier pays ou territoire de résidence avant l’événement")
      ),
      FormField(
        "leftOn", .day(.untilToday), Text("Date on which the applicant left it", "Date à laquelle le demandeur l’a quitté"),
        hint: Text("Leave it empty if the applicant is still there.", "Laissez vide si le demandeur s’y trouve encore."),
        required: .never,
        sensitivity: .sensitive),
    ])

  private static let journey = FormGroup(
    Text("Stay in Canada", "Séjour au Canada"),
    [
      FormField("arrival", .day(.fromToday), Text("Planned date of arrival", "Date d’arrivée prévue")),
      FormField(
        "departure", .day(.fromToday), Text("Planned date of departure", "Date de départ prévue"), required: .never,
        notBefore: "arrival"),
      FormField(
        "travelsWith", .longText(limit: 1000), Text("Family members who travel too", "Membres de la famille qui voyagent aussi"),
        required: .never),
      FormField(
        "wantsWorkPermit", .yesNo,
        Text(
          "Does the applicant also ask for a work or study permit?",
          "Le demandeur demande-t-il aussi un permis de travail ou d’études?")),
    ])

  private static let support = FormGroup(
    Text("Support in Canada", "Soutien au Canada"),
    [
      FormField(
        "hasFamilyInCanada", .yesNo,
        Text("Does the applicant have family in Canada?", "Le demandeur a-t-il de la famille au Canada?")),
      FormField(
        "relativeName", .text(limit: 150), Text("Name of the family member", "Nom du membre de la famille"),
        required: .when("hasFamilyInCanada", is: "yes")),
      FormField(
        "relativeRelationship", .text(limit: 100), Text("Relationship to the applicant", "Lien de parenté avec le demandeur"),
        required: .when("hasFamilyInCanada", is: "yes")),
      FormField(
        "relativeStatus", .choice(FormOptions.statusInCountry),
        Text("Status of the family member in Canada", "Statut du membre de la famille au Canada"),
        required: .when("hasFamilyInCanada", is: "yes")),
      FormField(
        "addressInCanada", .longText(limit: 300), Text("Address in Canada, if known", "Adresse au Canada, si elle est connue"),
        required: .never),
      FormField(
        "needsHousing", .yesNo,
        Text("Will the applicant need help with housing?", "Le demandeur aura-t-il besoin d’aide pour se loger?")),
    ])

  private static let kinds: [FormField.Option] = [
    .init("conflict", Text("People affected by an armed conflict", "Personnes touchées par un conflit armé")),
    .init("disaster", Text("People affected by a natural disaster", "Personnes touchées par une catastrophe naturelle")),
    .init(
      "familyOfCanadians", Text("Family of Canadians and permanent residents", "Famille de Canadiens et de résidents permanents")),
    .init("other", Text("Another public policy", "Une autre politique d’intérêt public")),
  ]
}
