/// The pairs of a query or of a form.
public struct FormData: Equatable, Sendable {
  /// Why a text is not a form that is taken.
  public enum Fault: Error, Equatable, Sendable {
    case tooManyPairs
    case badEscape
    case repeated(String)
    case controlCharacter(String)
  }

  private(set) var values: [String: [String]] = [:]

  public init() {}

  /// Strict: at most 200 pairs, right escapes, UTF-8, no name twice unless it is in `repeated`, no control characters but
  /// tab and line ends.
  public init(_ bytes: some Sequence<UInt8>, repeated: Set<String> = []) throws(Fault) {
    var count = 0
    for pair in Array(bytes).split(separator: 0x26) {
      count += 1
      guard count <= 200 else { throw .tooManyPairs }
      let parts = pair.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Percent.decoded(parts[0], plusIsSpace: true),
        let value = parts.count > 1 ? Percent.decoded(parts[1], plusIsSpace: true) : ""
      else { throw .badEscape }
      try add(name, value, repeated: repeated)
    }
  }

  /// Adds a pair under the same rules.
  mutating func add(_ name: String, _ value: String, repeated: Set<String> = []) throws(Fault) {
    let clean = { (text: String) in text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D } }
    guard !name.isEmpty, clean(name) else { throw .controlCharacter("a name") }
    guard clean(value) else { throw .controlCharacter(name) }
    guard values[name] == nil || repeated.contains(name) else { throw .repeated(name) }
    values[name, default: []].append(value)
  }

  /// The value as it was typed; `nil` when the name is not there.
  public subscript(name: String) -> String? { values[name]?.first }

  /// All values of a name that may stand more than once.
  public func all(_ name: String) -> [String] { values[name] ?? [] }

  /// All names, sorted.
  public var names: [String] { values.keys.sorted() }
}
