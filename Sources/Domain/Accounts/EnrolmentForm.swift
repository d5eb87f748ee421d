import Schema

/// The typed part of an enrolment request (domain.md 2.2).
enum EnrolmentForm {
  /// - Throws: Everything that is wrong with the fields.
  static func read(_ form: SubmitEnrolment, today: CivilDay) throws(Refusal) -> EnrolmentRequestSubmitted.Personal {
    var fields = FieldReader()
    var personal = EnrolmentRequestSubmitted.Personal()
    personal.surname = name(.surname, fields.required(.surname, form.surname, limit: 100), &fields)
    personal.givenName = name(.givenName, fields.optional(.givenName, form.givenName, limit: 100), &fields)
    personal.dateOfBirth = fields.optionalPastDay(.dateOfBirth, form.dateOfBirth, today: today)
    personal.email = email(form.email, &fields)
    personal.telephone = fields.required(.telephone, form.telephone, limit: 20)
    fields.check(personal.telephone.isEmpty || Formats.isTelephone(personal.telephone), .init(.profilePhoneFormat))
    personal.fax = fields.optional(.fax, form.fax, limit: 20)
    fields.check(personal.fax.isEmpty || Formats.isFax(personal.fax), .init(.profileFaxFormat))
    personal.businessName = fields.optional(.businessName, form.businessName, limit: 120)
    personal.mailingAddress = fields.required(.mailingAddress, form.mailingAddress, limit: 500, lines: .several)
    personal.membershipID = fields.optional(.membershipID, form.membershipID, limit: 20)
    fields.check(GoverningBody.catalogue.contains(form.governingBody), .required(.governingBody))
    fields.check(
      form.governingBody.acceptsMembership(personal.membershipID.isEmpty ? nil : personal.membershipID),
      .init(.enrolmentMembershipFormat))
    fields.check(form.documents.count >= 2, .init(.enrolmentDocumentsMissing))
    try fields.finish()
    return personal
  }

  private static func email(_ typed: String, _ fields: inout FieldReader) -> String {
    let text = fields.required(.email, typed, limit: 254)
    guard !text.isEmpty, let email = Formats.email(text) else {
      fields.check(text.isEmpty, .init(.profileEmailFormat))
      return ""
    }
    return email
  }

  /// Letters, marks, spaces, apostrophes, hyphens and periods.
  private static func name(_ field: Field, _ text: String, _ fields: inout FieldReader) -> String {
    let isName = text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
        .spacingMark, .enclosingMark:
        true
      default: " '’-.‐‑".unicodeScalars.contains(scalar)
      }
    }
    fields.check(isName, .wrongFormat(field))
    return text
  }
}
