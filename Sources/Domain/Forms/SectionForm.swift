import Schema

/// The form of a section: its questions, in the order in which they are asked.
///
/// Forms are data. A change that makes a complete section incomplete, or an accepted answer wrong, has the next version.
public struct SectionForm: Hashable, Sendable {
  public let section: FormSection
  public let version: Int
  public let groups: [FormGroup]

  public init(_ section: FormSection, version: Int, _ groups: [FormGroup]) {
    self.section = section
    self.version = version
    self.groups = groups
  }

  public var fields: [FormField] { groups.flatMap(\.fields) }

  public static func of(_ section: FormSection) -> SectionForm {
    switch section {
    case .applicant: applicant
    case .passport: passport
    case .identity: identity
    case .visit: visit
    case .transit: transit
    case .measures: measures
    case .study: study
    case .claim: claim
    case .background: background
    }
  }
}

/// Questions that belong together, under one heading.
public struct FormGroup: Hashable, Sendable {
  public let label: Text
  public let fields: [FormField]

  public init(_ label: Text, _ fields: [FormField]) {
    self.label = label
    self.fields = fields
  }
}
