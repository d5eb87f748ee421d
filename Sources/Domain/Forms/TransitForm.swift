extension SectionForm {
  /// How somebody passes through Canada within 48 hours.
  static let transit = SectionForm(.transit, version: 1, [journey, onward])

  private static let journey = FormGroup(
    Text("Journey through Canada", "Passage par le Canada"),
    [
      FormField("arrival", .day(.fromToday), Text("Date of arrival in Canada", "Date d’arrivée au Canada")),
      FormField(
        "arrivalFrom", .country, Text("Country or territory from which the applicant arrives", "Pays ou territoire de provenance")),
      FormField(
        "arrivalFlight", .text(limit: 40),
        Text("Flight, ship or train that brings the applicant", "Vol, navire ou train d’arrivée"),
        hint: Text("Carrier and number, for example AC 871.", "Transporteur et numéro, par exemple AC 871.")),
      FormField("airport", .text(limit: 100), Text("Airport or port in Canada", "Aéroport ou port au Canada")),
      FormField(
        "departure", .day(.fromToday), Text("Date of departure from Canada", "Date de départ du Canada"),
        hint: Text("At most 48 hours after the arrival.", "Au plus 48 heures après l’arrivée."), notBefore: "arrival"),
      FormField(
        "departureFlight", .text(limit: 40),
        Text("Flight, ship or train that takes the applicant on", "Vol, navire ou train de départ")),
      FormField(
        "leavesAirport", .yesNo,
        Text("Will the applicant leave the airport or port?", "Le demandeur quittera-t-il l’aéroport ou le port?")),
      FormField.details(of: "leavesAirport", Text("Where the applicant stays meanwhile", "Où le demandeur logera entre-temps")),
    ])

  private static let onward = FormGroup(
    Text("Destination", "Destination"),
    [
      FormField("destinationCountry", .country, Text("Country or territory of destination", "Pays ou territoire de destination")),
      FormField("destinationPurpose", .longText(limit: 1000), Text("Purpose of the journey", "But du voyage")),
      FormField(
        "mayEnterDestination", .yesNo,
        Text(
          "May the applicant enter the country of destination?", "Le demandeur peut-il entrer dans le pays de destination?"),
        hint: Text("As a citizen, a resident, or with a visa.", "À titre de citoyen ou de résident, ou avec un visa.")),
      FormField(
        "mayEnterAs", .choice(rights), Text("By what right", "À quel titre"), required: .when("mayEnterDestination", is: "yes")),
      FormField(
        "visaExpires", .day(.fromToday), Text("Date of expiry of that visa", "Date d’expiration de ce visa"),
        required: .when("mayEnterAs", is: "visa")),
      FormField("hasOnwardTicket", .yesNo, Text("Is the onward ticket confirmed?", "Le billet de continuation est-il confirmé?")),
    ])

  private static let rights: [FormField.Option] = [
    .init("citizen", Text("Citizen", "Citoyen")), .init("resident", Text("Permanent resident", "Résident permanent")),
    .init("visa", Text("Visa or permit", "Visa ou permis")), .init("exempt", Text("No visa needed", "Dispense de visa")),
  ]
}
