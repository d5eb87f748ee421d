extension SectionForm {
  /// Schools, work, journeys, health and the law.
  static let background = SectionForm(.background, version: 1, [education, activities, immigration, health, law, service, family])

  private static let education = FormGroup(
    Text("Education", "Études"),
    [
      FormField("educationLevel", .choice(educationLevels), Text("Highest level of education", "Plus haut niveau de scolarité")),
      FormField(
        "educationYears", .number(0...40), Text("Years of education", "Années d’études"),
        hint: Text("0 for none.", "0 s’il n’y en a aucune.")),
      FormField(
        "hasStudied", .yesNo,
        Text("Has the applicant studied after secondary school?", "Le demandeur a-t-il fait des études postsecondaires?")),
      FormField(
        "educationSchool", .text(limit: 150),
        Text("School of the most recent studies", "Établissement des études les plus récentes"),
        required: .when("hasStudied", is: "yes")),
      FormField(
        "educationField", .text(limit: 150), Text("Field of study", "Domaine d’études"), required: .when("hasStudied", is: "yes")),
      FormField(
        "educationCountry", .country, Text("Country or territory of the school", "Pays ou territoire de l’établissement"),
        required: .when("hasStudied", is: "yes")),
      FormField(
        "educationFrom", .day(.untilToday), Text("Studied from", "Début des études"), required: .when("hasStudied", is: "yes")),
      FormField(
        "educationUntil", .day(.any), Text("Studied until", "Fin des études"),
        hint: Text("The expected day, if they are not over.", "La date prévue si elles ne sont pas terminées."),
        required: .when("hasStudied", is: "yes"), notBefore: "educationFrom"),
    ])

  /// The most recent activity, and up to four before it.
  private static let activities = FormGroup(
    Text("Work and other activities in the past 10 years", "Emplois et autres activités des 10 dernières années"),
    (1...5).flatMap(activity)
      + [
        FormField(
          "furtherActivities", .longText(limit: 2000), Text("Still earlier activities", "Activités encore plus anciennes"),
          hint: Text("One on each line: from, until, what, where.", "Une par ligne : début, fin, nature, lieu."), required: .never,
          shown: .answer("hasEarlierActivity5", is: "yes"))
      ])

  private static let immigration = FormGroup(
    Text("Earlier applications and journeys", "Demandes et voyages antérieurs"),
    [
      FormField(
        "hasBeenToCanada", .yesNo, Text("Has the applicant been to Canada before?", "Le demandeur est-il déjà venu au Canada?")),
      FormField.details(of: "hasBeenToCanada", Text("When, and in what status", "Quand, et avec quel statut")),
      FormField(
        "wasRefused", .yesNo,
        Text(
          "Has the applicant ever been refused a visa or permit, denied entry, or ordered to leave a country?",
          "Le demandeur s’est-il déjà vu refuser un visa ou un permis, interdire l’entrée ou ordonner de quitter un pays?"),
        hint: Text("Canada or any other country.", "Au Canada ou dans tout autre pays.")),
      FormField.details(
        of: "wasRefused",
        Text("Each refusal: country, date, reason", "Chaque refus : pays, date, motif")),
      FormField(
        "overstayed", .yesNo,
        Text(
          "Has the applicant ever remained in Canada beyond the end of their status, or worked or studied without a permit?",
          "Le demandeur est-il déjà resté au Canada après la fin de son statut, ou y a-t-il travaillé ou étudié sans permis?")),
      FormField.details(of: "overstayed", Text("When, and what happened", "Quand, et dans quelles circonstances")),
      FormField(
        "travelHistory", .longText(limit: 2000), Text("Journeys of the past 5 years", "Voyages des 5 dernières années"),
        hint: Text("One on each line: country, from, until, purpose.", "Un par ligne : pays, début, fin, but."), required: .never),
    ])
}
