extension SectionForm {
  /// Who the applicant is, and how to reach them.
  static let applicant = SectionForm(
    .applicant, version: 1,
    [names, birth, citizenships, residence, relationship, languages, mailingAddress, homeAddress, contact])

  private static let names = FormGroup(
    Text("Name", "Nom"),
    [
      FormField(
        "familyName", .text(limit: 100), Text("Family name", "Nom de famille"),
        hint: Text(
          "As printed on the passport. If the passport shows one name only, enter it here.",
          "Comme dans le passeport. Si le passeport n’indique qu’un seul nom, inscrivez-le ici."), autocomplete: "family-name"),
      FormField(
        "givenNames", .text(limit: 150), Text("Given names", "Prénoms"),
        hint: Text("All of them, in the order of the passport.", "Tous les prénoms, dans l’ordre du passeport."), required: .never,
        autocomplete: "given-name"),
      FormField(
        "hasOtherNames", .yesNo,
        Text("Has the applicant ever used another name?", "Le demandeur a-t-il déjà utilisé un autre nom?"),
        hint: Text(
          "A name at birth, a maiden or married name, a nickname or an alias.",
          "Nom à la naissance, nom de jeune fille ou de mariage, surnom ou pseudonyme.")),
      FormField(
        "otherFamilyName", .text(limit: 100), Text("Other family name", "Autre nom de famille"),
        required: .when("hasOtherNames", is: "yes")),
      FormField(
        "otherGivenNames", .text(limit: 150), Text("Other given names", "Autres prénoms"), required: .never,
        shown: .answer("hasOtherNames", is: "yes")),
      FormField(
        "uci", .code(.uci), Text("Unique client identifier (UCI)", "Identificateur unique de client (IUC)"),
        hint: Text(
          "8 or 10 digits, on any letter from us. Leave it empty for a first application.",
          "8 ou 10 chiffres, inscrits sur nos lettres. Laissez vide s’il s’agit d’une première demande."), required: .never,
        sensitivity: .identifier),
    ])

  private static let birth = FormGroup(
    Text("Birth", "Naissance"),
    [
      FormField("sex", .choice(FormOptions.sex), Text("Sex", "Sexe"), autocomplete: "sex"),
      FormField(
        "dateOfBirth", .day(.untilToday), Text("Date of birth", "Date de naissance"),
        hint: Text("yyyy-mm-dd, for example 1990-04-25", "aaaa-mm-jj, par exemple 1990-04-25"), autocomplete: "bday"),
      FormField("placeOfBirth", .text(limit: 100), Text("City or town of birth", "Ville ou localité de naissance")),
      FormField("countryOfBirth", .country, Text("Country or territory of birth", "Pays ou territoire de naissance")),
    ])

  private static let citizenships = FormGroup(
    Text("Citizenship", "Citoyenneté"),
    [
      FormField(
        "citizenship", .citizenship, Text("Citizenship", "Citoyenneté"),
        hint: Text("The country that issued the passport, if there is one.", "Le pays qui a délivré le passeport, s’il y en a un.")),
      FormField(
        "hasOtherCitizenship", .yesNo,
        Text("Does the applicant have another citizenship?", "Le demandeur a-t-il une autre citoyenneté?")),
      FormField(
        "otherCitizenship", .country, Text("Other citizenship", "Autre citoyenneté"),
        required: .when("hasOtherCitizenship", is: "yes")),
    ])

  private static let residence = FormGroup(
    Text("Country of residence", "Pays de résidence"),
    [
      FormField("residenceCountry", .country, Text("Country or territory of residence", "Pays ou territoire de résidence")),
      FormField(
        "residenceStatus", .choice(FormOptions.statusInCountry),
        Text("Immigration status there", "Statut d’immigration dans ce pays")),
      FormField(
        "residenceStatusOther", .text(limit: 100), Text("Other status", "Autre statut"),
        required: .when("residenceStatus", is: "other")),
      FormField(
        "residenceFrom", .day(.untilToday), Text("Resident there since", "Y réside depuis"), notBefore: "dateOfBirth"),
      FormField(
        "residenceUntil", .day(.any), Text("Status valid until", "Statut valide jusqu’au"),
        required: .when("residenceStatus", is: "worker", "student", "visitor"), notBefore: "residenceFrom"),
    ])

  private static let relationship = FormGroup(
    Text("Marital status", "État matrimonial"),
    [
      FormField("maritalStatus", .choice(FormOptions.maritalStatus), Text("Marital status", "État matrimonial")),
      FormField(
        "relationshipDate", .day(.untilToday),
        Text("Date of marriage, or start of the common-law relationship", "Date du mariage ou du début de l’union de fait"),
        required: .when("maritalStatus", is: "married", "commonLaw"), notBefore: "dateOfBirth"),
      FormField(
        "partnerFamilyName", .text(limit: 100),
        Text("Family name of the spouse or partner", "Nom de famille de l’époux ou du conjoint"),
        required: .when("maritalStatus", is: "married", "commonLaw")),
      FormField(
        "partnerGivenNames", .text(limit: 150), Text("Given names of the spouse or partner", "Prénoms de l’époux ou du conjoint"),
        required: .never, shown: .answer("maritalStatus", is: "married", "commonLaw")),
      FormField(
        "partnerDateOfBirth", .day(.untilToday),
        Text("Date of birth of the spouse or partner", "Date de naissance de l’époux ou du conjoint"),
        required: .when("maritalStatus", is: "married", "commonLaw")),
      FormField(
        "partnerAccompanies", .yesNo,
        Text("Does the spouse or partner come to Canada too?", "L’époux ou le conjoint vient-il aussi au Canada?"),
        required: .when("maritalStatus", is: "married", "commonLaw")),
      FormField(
        "wasMarriedBefore", .yesNo,
        Text(
          "Was the applicant married or in another common-law relationship before?",
          "Le demandeur a-t-il déjà été marié ou vécu en union de fait auparavant?")),
      FormField.details(
        of: "wasMarriedBefore",
        Text("Previous spouses and partners", "Époux et conjoints précédents"),
        hint: Text(
          "Name, date of birth, kind of relationship, from when until when.",
          "Nom, date de naissance, nature de la relation, dates de début et de fin.")),
    ])

  private static let languages = FormGroup(
    Text("Languages", "Langues"),
    [
      FormField("nativeLanguage", .text(limit: 60), Text("Native language", "Langue maternelle")),
      FormField(
        "canadianLanguage", .choice(knownLanguages), Text("English and French", "Anglais et français"),
        hint: Text(
          "In which of the two can the applicant communicate?", "Dans laquelle des deux langues le demandeur peut-il communiquer?")),
      FormField(
        "serviceLanguage", .choice(FormOptions.languageOfService),
        Text("Preferred language for our letters", "Langue préférée pour nos lettres")),
      FormField(
        "needsInterpreter", .yesNo,
        Text("Would an interpreter be needed at an interview?", "Un interprète serait-il nécessaire lors d’une entrevue?"),
        required: .never),
      FormField(
        "interpreterLanguage", .text(limit: 60),
        Text("Language and dialect for the interpreter", "Langue et dialecte de l’interprète"),
        required: .when("needsInterpreter", is: "yes")),
    ])

  private static let knownLanguages: [FormField.Option] = [
    .init("en", Text("English", "L’anglais")), .init("fr", Text("French", "Le français")), .init("both", Text("Both", "Les deux")),
    .init("neither", Text("Neither", "Ni l’une ni l’autre")),
  ]
}
