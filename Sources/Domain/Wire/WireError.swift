/// Stored bytes that cannot be read, or an event that cannot be stored. The caller adds the position.
public enum WireError: Error, Hashable, Sendable, CustomStringConvertible {
  case unknownType(String)
  case malformed(type: String)
  /// The key of the subject is at hand, but it does not open what was sealed for this event.
  case notAuthentic(type: String)
  /// An event with personal data needs a subject, and the key of that subject.
  case noKey(type: String)

  public var description: String {
    switch self {
    case .unknownType(let type):
      "This build does not know the event type '\(type)'. Use a build that does, or one with an upcaster for it."
    case .malformed(let type):
      "The stored bytes of an event of type '\(type)' are not such an event. Run 'replay verify' on the log."
    case .notAuthentic(let type):
      "Sealed data of an event of type '\(type)' do not open with their subject's key. Run 'replay verify' on the log."
    case .noKey(let type):
      "An event of type '\(type)' holds personal data, and the key of its subject is not at hand. Nothing was stored."
    }
  }
}
