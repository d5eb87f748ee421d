extension SectionForm {
  /// Where, what and how long somebody studies, and who pays.
  static let study = SectionForm(.study, version: 1, [school, programme, costs, attestation, guardian])

  private static let school = FormGroup(
    Text("School", "Établissement"),
    [
      FormField("level", .choice(studyLevels), Text("Level of study", "Niveau d’études")),
      FormField("schoolName", .text(limit: 150), Text("Name of the school", "Nom de l’établissement")),
      FormField(
        "dliNumber", .code(.learningInstitution),
        Text("Designated learning institution (DLI) number", "Numéro d’établissement d’enseignement désigné (EED)"),
        hint: Text(
          "The letter O and 11 or 12 digits, on the letter of acceptance.",
          "La lettre O suivie de 11 ou 12 chiffres, sur la lettre d’acceptation."),
        required: .when("level", is: "language", "vocational", "college", "bachelor", "master", "doctorate", "other")),
      FormField(
        "schoolProvince", .choice(provinces),
        Text("Province or territory of the school", "Province ou territoire de l’établissement")),
      FormField("schoolCity", .text(limit: 100), Text("City or town of the school", "Ville ou localité de l’établissement")),
      FormField("schoolAddress", .longText(limit: 300), Text("Address of the school", "Adresse de l’établissement")),
      FormField("studentID", .text(limit: 40), Text("Student ID", "Matricule étudiant"), required: .never),
    ])

  private static let programme = FormGroup(
    Text("Programme", "Programme"),
    [
      FormField("fieldOfStudy", .text(limit: 150), Text("Field of study", "Domaine d’études")),
      FormField("programmeName", .text(limit: 150), Text("Name of the programme", "Nom du programme")),
      FormField("studyFrom", .day(.any), Text("First day of studies", "Premier jour des études")),
      FormField("studyUntil", .day(.fromToday), Text("Last day of studies", "Dernier jour des études"), notBefore: "studyFrom"),
      FormField("isFullTime", .yesNo, Text("Does the applicant study full time?", "Le demandeur étudie-t-il à temps plein?")),
      FormField(
        "includesWork", .yesNo,
        Text("Is a work placement part of the programme?", "Le programme comprend-il un stage?"),
        hint: Text(
          "A co-op term or an internship needs a work permit.", "Un stage coopératif ou un internat exige un permis de travail.")),
      FormField(
        "studyReason", .longText(limit: 2000),
        Text("Why this programme, and why in Canada", "Pourquoi ce programme, et pourquoi au Canada")),
    ])

  private static let costs = FormGroup(
    Text("Costs and funds", "Coûts et fonds"),
    [
      FormField(
        "tuition", .number(0...9_999_999),
        Text("Tuition for the first year, in Canadian dollars", "Droits de scolarité de la première année, en dollars canadiens"),
        hint: amountHint),
      FormField("tuitionPaid", .number(0...9_999_999), Text("Of this, already paid", "Dont déjà payé"), hint: amountHint),
      FormField(
        "livingCosts", .number(0...9_999_999),
        Text("Room and board for a year, in Canadian dollars", "Logement et repas pour un an, en dollars canadiens"),
        hint: amountHint),
      FormField(
        "otherCosts", .number(0...9_999_999), Text("Other costs, in Canadian dollars", "Autres coûts, en dollars canadiens"),
        hint: amountHint,
        required: .never),
      FormField(
        "fundsAmount", .number(0...99_999_999),
        Text("Funds available, in Canadian dollars", "Fonds disponibles, en dollars canadiens"), hint: amountHint),
      FormField("fundsFrom", .choice(FormOptions.whoPays), Text("Who pays for the studies?", "Qui paie les études?")),
      FormField(
        "fundsFromOther", .text(limit: 200), Text("Who else pays", "Quelle autre personne paie"),
        required: .when("fundsFrom", is: "other")),
    ])

  private static let amountHint = Text(
    "A whole number in digits only, for example 18500.", "Un nombre entier en chiffres seulement, par exemple 18500.")

  private static let attestation = FormGroup(
    Text("Attestation letter", "Lettre d’attestation"),
    [
      FormField(
        "hasAttestation", .choice(attestations),
        Text("Provincial or territorial attestation letter", "Lettre d’attestation provinciale ou territoriale")),
      FormField(
        "attestationNumber", .text(limit: 40), Text("Number of the attestation letter", "Numéro de la lettre d’attestation"),
        required: .when("hasAttestation", is: "yes")),
      FormField(
        "attestationExpires", .day(.fromToday),
        Text("Date of expiry of the attestation letter", "Date d’expiration de la lettre d’attestation"),
        required: .when("hasAttestation", is: "yes")),
      FormField(
        "attestationExemption", .longText(limit: 500), Text("Why none is needed", "Pourquoi elle n’est pas nécessaire"),
        required: .when("hasAttestation", is: "exempt")),
      FormField(
        "hasCAQ", .yesNo,
        Text("Is there a Quebec acceptance certificate (CAQ)?", "Y a-t-il un certificat d’acceptation du Québec (CAQ)?"),
        required: .when("schoolProvince", is: "QC")),
      FormField(
        "caqNumber", .text(limit: 40), Text("Certificate number", "Numéro du certificat"), required: .when("hasCAQ", is: "yes")),
      FormField(
        "caqExpires", .day(.fromToday), Text("Date of expiry of the certificate", "Date d’expiration du certificat"),
        required: .when("hasCAQ", is: "yes")),
    ])

  private static let guardian = FormGroup(
    Text("Custodian of a minor", "Gardien d’un enfant mineur"),
    [
      FormField(
        "isMinorAlone", .yesNo,
        Text(
          "Will the applicant be a minor in Canada without a parent or guardian?",
          "Le demandeur sera-t-il mineur au Canada sans parent ni tuteur?")),
      FormField(
        "custodianName", .text(limit: 150), Text("Name of the custodian in Canada", "Nom du gardien au Canada"),
        required: .when("isMinorAlone", is: "yes"), sensitivity: .sensitive),
      FormField(
        "custodianAddress", .longText(limit: 300), Text("Address of the custodian", "Adresse du gardien"),
        required: .when("isMinorAlone", is: "yes"), sensitivity: .sensitive),
      FormField(
        "custodianTelephone", .telephone, Text("Telephone number of the custodian", "Numéro de téléphone du gardien"),
        required: .when("isMinorAlone", is: "yes"), sensitivity: .sensitive),
    ])
}
