extension SectionForm {
  /// What proves who a refugee claimant is: they may have no passport, or one that has expired.
  static let identity = SectionForm(.identity, version: 1, [passportOfClaimant, otherDocuments, withoutDocuments])

  private static let passportOfClaimant = FormGroup(
    Text("Passport or travel document", "Passeport ou titre de voyage"),
    [
      FormField(
        "hasPassport", .yesNo,
        Text(
          "Does the claimant have a passport or travel document, valid or expired?",
          "Le demandeur a-t-il un passeport ou un titre de voyage, valide ou expiré?")),
      FormField(
        "passportNumber", .code(.travelDocument),
        Text("Passport or travel document number", "Numéro de passeport ou de titre de voyage"),
        required: .when("hasPassport", is: "yes"), sensitivity: .sensitive),
      FormField(
        "passportCountry", .country, Text("Country or territory of issue", "Pays ou territoire de délivrance"),
        required: .when("hasPassport", is: "yes"), sensitivity: .sensitive),
      FormField(
        "passportIssued", .day(.untilToday), Text("Date of issue", "Date de délivrance"), required: .when("hasPassport", is: "yes"),
        sensitivity: .sensitive),
      FormField(
        "passportExpires", .day(.any), Text("Date of expiry", "Date d’expiration"), required: .when("hasPassport", is: "yes"),
        sensitivity: .sensitive, notBefore: "passportIssued"),
      FormField(
        "passportGenuine", .yesNo,
        Text(
          "Was the document issued by the authorities in the claimant’s own name?",
          "Le document a-t-il été délivré par les autorités au nom du demandeur?"), required: .when("hasPassport", is: "yes"),
        sensitivity: .sensitive),
      FormField(
        "passportGenuineDetails", .longText(limit: 1000), Text("How the document was obtained", "Comment le document a été obtenu"),
        required: .when("passportGenuine", is: "no"), sensitivity: .sensitive),
    ])

  private static let otherDocuments = FormGroup(
    Text("Other identity documents", "Autres documents d’identité"),
    [
      FormField(
        "hasOtherDocument", .yesNo,
        Text(
          "Does the claimant have another document that shows who they are?",
          "Le demandeur a-t-il un autre document qui établit son identité?")),
      FormField(
        "otherDocumentType", .choice(documentTypes), Text("Type of the document", "Type du document"),
        required: .when("hasOtherDocument", is: "yes")),
      FormField(
        "otherDocumentNumber", .text(limit: 40), Text("Document number", "Numéro du document"), required: .never,
        shown: .answer("hasOtherDocument", is: "yes"), sensitivity: .sensitive),
      FormField(
        "otherDocumentCountry", .country, Text("Issued in", "Délivré en ou au"), required: .when("hasOtherDocument", is: "yes"),
        sensitivity: .sensitive),
      FormField(
        "furtherDocuments", .longText(limit: 1000), Text("Further documents", "Autres pièces"),
        hint: Text("One on each line: type, number, country.", "Une par ligne : type, numéro, pays."), required: .never,
        shown: .answer("hasOtherDocument", is: "yes"), sensitivity: .sensitive),
    ])

  private static let withoutDocuments = FormGroup(
    Text("Documents that are missing", "Documents manquants"),
    [
      FormField(
        "documentsMissing", .yesNo,
        Text(
          "Were documents lost, destroyed, taken away, or left behind?",
          "Des documents ont-ils été perdus, détruits, confisqués ou laissés sur place?"), sensitivity: .sensitive),
      FormField.details(
        of: "documentsMissing",
        Text("What happened to them", "Ce qui leur est arrivé"),
        hint: Text(
          "Say also what was done to get them or other documents.",
          "Indiquez aussi les démarches faites pour les obtenir ou en obtenir d’autres."), sensitivity: .sensitive),
    ])

  private static let documentTypes: [FormField.Option] = [
    .init("nationalID", Text("National identity card", "Carte nationale d’identité")),
    .init("birthCertificate", Text("Birth certificate", "Acte de naissance")),
    .init("driverLicence", Text("Driver’s licence", "Permis de conduire")),
    .init("marriageCertificate", Text("Marriage certificate", "Acte de mariage")),
    .init("militaryRecord", Text("Military record", "Livret militaire")),
    .init("schoolRecord", Text("School record or diploma", "Relevé scolaire ou diplôme")),
    .init("unhcr", Text("UNHCR certificate", "Attestation du HCR")),
    .init("other", Text("Other", "Autre")),
  ]
}
