extension SectionForm {
  /// The travel document of an applicant who travels on one.
  static let passport = SectionForm(.passport, version: 1, [document, nationalID, otherStatus])

  private static let document = FormGroup(
    Text("Passport or travel document", "Passeport ou titre de voyage"),
    [
      FormField("documentType", .choice(documentTypes), Text("Type of document", "Type de document")),
      FormField(
        "passportNumber", .code(.travelDocument),
        Text("Passport or travel document number", "Numéro de passeport ou de titre de voyage"),
        hint: Text(
          "Letters and digits as on the page with the photo, without spaces.",
          "Lettres et chiffres de la page de la photo, sans espaces."),
        sensitivity: .sensitive),
      FormField("passportCountry", .country, Text("Country or territory of issue", "Pays ou territoire de délivrance")),
      FormField("passportIssued", .day(.untilToday), Text("Date of issue", "Date de délivrance"), sensitivity: .sensitive),
      FormField(
        "passportExpires", .day(.fromToday), Text("Date of expiry", "Date d’expiration"),
        hint: Text(
          "A visa is never valid for longer than the passport.", "Un visa n’est jamais valide plus longtemps que le passeport."),
        sensitivity: .sensitive, notBefore: "passportIssued"),
    ])

  private static let nationalID = FormGroup(
    Text("National identity document", "Document national d’identité"),
    [
      FormField(
        "hasNationalID", .yesNo,
        Text("Does the applicant have a national identity document?", "Le demandeur a-t-il un document national d’identité?")),
      FormField(
        "nationalIDNumber", .text(limit: 40), Text("Document number", "Numéro du document"),
        required: .when("hasNationalID", is: "yes"),
        sensitivity: .sensitive),
      FormField(
        "nationalIDCountry", .country,
        Text("Country or territory of issue of the identity document", "Pays ou territoire de délivrance du document d’identité"),
        required: .when("hasNationalID", is: "yes")),
      FormField(
        "nationalIDExpires", .day(.any),
        Text("Date of expiry of the identity document", "Date d’expiration du document d’identité"),
        hint: Text("Leave it empty if it never expires.", "Laissez vide s’il n’expire jamais."), required: .never,
        shown: .answer("hasNationalID", is: "yes"), sensitivity: .sensitive),
    ])

  private static let otherStatus = FormGroup(
    Text("United States permanent resident card", "Carte de résident permanent des États-Unis"),
    [
      FormField(
        "hasUSCard", .yesNo,
        Text(
          "Is the applicant a lawful permanent resident of the United States with a valid card?",
          "Le demandeur est-il un résident permanent légitime des États-Unis muni d’une carte valide?")),
      FormField(
        "usCardNumber", .code(.travelDocument), Text("Card number", "Numéro de la carte"), required: .when("hasUSCard", is: "yes"),
        sensitivity: .sensitive),
      FormField(
        "usCardExpires", .day(.fromToday), Text("Date of expiry of the card", "Date d’expiration de la carte"),
        required: .when("hasUSCard", is: "yes"), sensitivity: .sensitive),
    ])

  private static let documentTypes: [FormField.Option] = [
    .init("ordinary", Text("Ordinary passport", "Passeport ordinaire")),
    .init("official", Text("Official or service passport", "Passeport officiel ou de service")),
    .init("diplomatic", Text("Diplomatic passport", "Passeport diplomatique")),
    .init("refugee", Text("Refugee travel document", "Titre de voyage pour réfugié")),
    .init("alien", Text("Travel document for non-citizens", "Titre de voyage pour non-citoyen")),
    .init("other", Text("Other travel document", "Autre titre de voyage")),
  ]
}
