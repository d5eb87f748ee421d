/// The number sequences (domain.md 0.3).
public enum Numbers {
  static let commands: [any Command.Type] = [SetSequence.self]
}
