extension SectionForm {
  static let health = FormGroup(
    Text("Health", "Santé"),
    [
      FormField(
        "hadTuberculosis", .yesNo,
        Text(
          "In the past 2 years, has the applicant had tuberculosis, or been in close contact with a person who has it?",
          "Au cours des 2 dernières années, le demandeur a-t-il eu la tuberculose, ou été en contact étroit avec une personne atteinte?"
        ),
        sensitivity: .sensitive),
      FormField.details(
        of: "hadTuberculosis", Text("When, and what treatment", "Quand, et quel traitement"), sensitivity: .sensitive),
      FormField(
        "hasDisorder", .yesNo,
        Text(
          "Does the applicant have a physical or mental disorder that needs social or health services, other than medication, in Canada?",
          "Le demandeur a-t-il un trouble physique ou mental qui exige des services sociaux ou de santé, autres que des médicaments, au Canada?"
        ),
        sensitivity: .sensitive),
      FormField.details(of: "hasDisorder", Text("Disorder and services", "Trouble et services"), sensitivity: .sensitive),
      FormField(
        "hadMedicalExam", .yesNo,
        Text(
          "Has the applicant had an immigration medical exam in the past 12 months?",
          "Le demandeur a-t-il passé un examen médical aux fins d’immigration au cours des 12 derniers mois?"),
        sensitivity: .sensitive),
      FormField(
        "medicalExamNumber", .text(limit: 40), Text("IME number", "Numéro d’EMI"),
        hint: Text("On the sheet from the panel physician.", "Sur la feuille remise par le médecin désigné."), required: .never,
        shown: .answer("hadMedicalExam", is: "yes"), sensitivity: .sensitive),
    ])

  static let law = FormGroup(
    Text("Criminal record and security", "Antécédents judiciaires et sécurité"),
    [
      FormField(
        "hasCriminalRecord", .yesNo,
        Text(
          "Has the applicant ever committed, been arrested for, charged with or convicted of a criminal offence in any country?",
          "Le demandeur a-t-il déjà commis une infraction criminelle, ou été arrêté, accusé ou reconnu coupable d’une telle infraction, dans un pays quelconque?"
        ),
        sensitivity: .sensitive),
      FormField.details(
        of: "hasCriminalRecord", limit: 2000,
        Text("Each offence: what, where, when, sentence", "Chaque infraction : nature, lieu, date, peine"),
        sensitivity: .sensitive),
      FormField(
        "wasInViolentGroup", .yesNo,
        Text(
          "Has the applicant ever been a member of, or associated with, a group that used or advocated violence for a political or religious aim, or that is linked to crime?",
          "Le demandeur a-t-il déjà été membre d’un groupe, ou associé à un groupe, qui a utilisé ou préconisé la violence à des fins politiques ou religieuses, ou qui est lié à la criminalité?"
        ),
        sensitivity: .sensitive),
      FormField.details(of: "wasInViolentGroup", Text("Group, role, dates", "Groupe, rôle, dates"), sensitivity: .sensitive),
      FormField(
        "tookPartInAbuse", .yesNo,
        Text(
          "Has the applicant ever witnessed or taken part in the ill treatment of prisoners or civilians, looting, or the desecration of religious buildings?",
          "Le demandeur a-t-il déjà été témoin de mauvais traitements infligés à des prisonniers ou à des civils, de pillage ou de profanation d’édifices religieux, ou y a-t-il participé?"
        ),
        sensitivity: .sensitive),
      FormField.details(of: "tookPartInAbuse", Text("What, where and when", "Quoi, où et quand"), sensitivity: .sensitive),
    ])

  static let service = FormGroup(
    Text("Service and public positions", "Service et fonctions publiques"),
    [
      FormField(
        "servedInForces", .yesNo,
        Text(
          "Has the applicant ever served in an army, militia, civil defence unit, security organization or police force?",
          "Le demandeur a-t-il déjà servi dans une armée, une milice, une unité de défense civile, un organisme de sécurité ou un corps de police?"
        ),
        hint: Text("Compulsory service too.", "Y compris le service obligatoire."), sensitivity: .sensitive),
      FormField.details(
        of: "servedInForces", Text("Country, unit, rank, from when until when", "Pays, unité, grade, dates de début et de fin"),
        hint: Text("Name the places of active combat.", "Nommez les lieux de combat actif."), sensitivity: .sensitive),
      FormField(
        "heldPublicOffice", .yesNo,
        Text(
          "Has the applicant ever held a government position, as an elected official, a judge, a civil servant or otherwise?",
          "Le demandeur a-t-il déjà occupé une fonction publique, notamment à titre d’élu, de juge ou de fonctionnaire?"),
        sensitivity: .sensitive),
      FormField.details(
        of: "heldPublicOffice", Text("Country, position, from when until when", "Pays, fonction, dates de début et de fin"),
        sensitivity: .sensitive),
    ])

  static let family = FormGroup(
    Text("Parents and children", "Parents et enfants"),
    [
      FormField("parents", .longText(limit: 600), Text("Parents", "Parents"), hint: familyHint),
      FormField(
        "hasChildren", .yesNo, Text("Does the applicant have children?", "Le demandeur a-t-il des enfants?"),
        hint: Text(
          "Of any age, also adopted children and stepchildren.", "De tout âge, y compris les enfants adoptés et ceux du conjoint.")),
      FormField.details(of: "hasChildren", limit: 2000, Text("Children", "Enfants"), hint: familyHint),
    ])

  private static let familyHint = Text(
    "One on each line: name, date and country of birth, address, whether they come to Canada too.",
    "Un par ligne : nom, date et pays de naissance, adresse, et s’il vient aussi au Canada.")
}
