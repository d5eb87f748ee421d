extension SectionForm {
  static let mailingAddress = FormGroup(
    Text("Mailing address", "Adresse postale"),
    address("mailing", required: .always)
      + [
        FormField(
          "livesAtMailingAddress", .yesNo,
          Text("Does the applicant live at this address?", "Le demandeur habite-t-il à cette adresse?"))
      ])

  static let homeAddress = FormGroup(
    Text("Residential address", "Adresse résidentielle"), address("home", required: .when("livesAtMailingAddress", is: "no")))

  static let contact = FormGroup(
    Text("Telephone and email", "Téléphone et courriel"),
    [
      FormField("telephoneType", .choice(FormOptions.telephoneType), Text("Type of telephone", "Type de téléphone")),
      FormField(
        "telephone", .telephone, Text("Telephone number", "Numéro de téléphone"),
        hint: Text(
          "Canada and the United States: 10 digits without spaces, 6135550123. Elsewhere: +33 612345678.",
          "Canada et États-Unis : 10 chiffres sans espaces, 6135550123. Ailleurs : +33 612345678."), autocomplete: "tel"),
      FormField(
        "otherTelephone", .telephone, Text("Other telephone number", "Autre numéro de téléphone"), required: .never,
        autocomplete: "tel"),
      FormField(
        "email", .email, Text("Email address", "Adresse de courriel"),
        hint: Text("The applicant’s own, not the representative’s.", "Celle du demandeur, et non celle du représentant."),
        required: .never, autocomplete: "email"),
    ])

  /// - Parameter prefix: What the names of the fields begin with.
  private static func address(_ prefix: String, required: FormField.Requirement) -> [FormField] {
    let shown = required.condition
    return [
      FormField(
        prefix + "Street", .longText(limit: 200), Text("Street number, street name, unit", "Numéro et nom de rue, appartement"),
        hint: Text("A post office box if there is no street.", "Une case postale s’il n’y a pas de rue."), required: required,
        autocomplete: "street-address"),
      FormField(
        prefix + "City", .text(limit: 100), Text("City or town", "Ville ou localité"), required: required,
        autocomplete: "address-level2"),
      FormField(
        prefix + "Province", .text(limit: 100), Text("Province, state or district", "Province, État ou district"), required: .never,
        shown: shown, autocomplete: "address-level1"),
      FormField(
        prefix + "PostalCode", .text(limit: 20), Text("Postal code", "Code postal"), required: .never, shown: shown,
        autocomplete: "postal-code"),
      FormField(
        prefix + "Country", .country, Text("Country or territory", "Pays ou territoire"), required: required,
        autocomplete: "country"),
    ]
  }
}
