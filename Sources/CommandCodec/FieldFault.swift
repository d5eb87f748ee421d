/// Why an object is not a command. It names fields and what they take, never what stands in them.
public struct FieldFault: Error, Equatable, Sendable {
  /// The field, for example `applicant.dateOfBirth`; empty for the object itself.
  public let field: String
  /// What is wrong, to follow the field: `must be a UUID`.
  public let reason: String

  public init(_ field: String, _ reason: String) {
    self.field = field
    self.reason = reason
  }

  /// The whole sentence.
  public var text: String { field.isEmpty ? reason : "'\(field)' \(reason)" }
}
