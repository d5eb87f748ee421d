extension SectionForm {
  /// - Parameter number: 1 for the most recent one, which everybody has: somebody who does not work does something else.
  static func activity(_ number: Int) -> [FormField] {
    let prefix = "activity\(number)"
    let required: FormField.Requirement = number == 1 ? .always : .when("hasEarlierActivity\(number - 1)", is: "yes")
    return [
      FormField(prefix + "Kind", .choice(activityKinds), label("Activity", "Activité", number), required: required),
      FormField(
        prefix + "Occupation", .text(limit: 150), label("Occupation", "Profession", number),
        required: .when(prefix + "Kind", is: "employed", "selfEmployed", "military", "government")),
      FormField(
        prefix + "Employer", .text(limit: 150),
        label("Employer, school or facility", "Employeur, établissement ou installation", number),
        required: .when(prefix + "Kind", is: "employed", "military", "government", "student")),
      FormField(prefix + "Place", .text(limit: 100), label("City or town", "Ville ou localité", number), required: required),
      FormField(prefix + "Country", .country, label("Country or territory", "Pays ou territoire", number), required: required),
      FormField(prefix + "From", .day(.untilToday), label("From", "Début", number), required: required),
      FormField(
        prefix + "Until", .day(.untilToday), label("Until", "Fin", number),
        hint: number == 1 ? Text("Leave it empty if it continues.", "Laissez vide si elle se poursuit.") : nil,
        required: number == 1 ? .never : required, notBefore: prefix + "From"),
      FormField(
        "hasEarlierActivity\(number)", .yesNo,
        Text("Is there an activity before this one (\(number))?", "Y a-t-il une activité antérieure à celle-ci (\(number))?"),
        hint: Text(
          "List all of the past 10 years, or since the age of 18, without gaps.",
          "Indiquez toutes celles des 10 dernières années, ou depuis l’âge de 18 ans, sans interruption."), required: required),
    ]
  }

  private static func label(_ english: String, _ french: String, _ number: Int) -> Text {
    Text("\(english) (\(number))", "\(french) (\(number))")
  }

  private static let activityKinds: [FormField.Option] = [
    .init("employed", Text("Employed", "Employé")),
    .init("selfEmployed", Text("Self-employed", "Travailleur autonome")),
    .init("government", Text("Government position", "Poste au gouvernement")),
    .init("military", Text("Military or police", "Forces armées ou police")),
    .init("student", Text("Student", "Étudiant")),
    .init("unemployed", Text("Unemployed", "Sans emploi")),
    .init("homemaker", Text("Homemaker", "Personne au foyer")),
    .init("retired", Text("Retired", "Retraité")),
    .init("child", Text("Child under school age", "Enfant d’âge préscolaire")),
    .init("other", Text("Other", "Autre")),
  ]
}
