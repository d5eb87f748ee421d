/// What came of holding a folder of keys against its log.
public struct KeyAudit: Equatable, Sendable {
  /// Whether there is a folder of keys that can be read.
  public let hasFolder: Bool
  /// Whether keys could be opened. Without the master key they are known by their identifiers only.
  public let hasMasterKey: Bool
  /// Whether the log commits to a root key.
  public let isCommitted: Bool
  /// Data subjects that have a key, by what the log says.
  public var subjects = 0
  /// Those whose key is there and is the one that the log names.
  public var usable = 0
  /// Those whose key is there, and is damaged or another one.
  public var wrong = 0
  /// Data subjects of whom the log says that their key was destroyed.
  public var destroyed = 0

  /// How the key of one data subject is.
  enum State { case usable, missing, wrong, destroyed }

  init(hasFolder: Bool, hasMasterKey: Bool, isCommitted: Bool) {
    self.hasFolder = hasFolder
    self.hasMasterKey = hasMasterKey
    self.isCommitted = isCommitted
  }

  mutating func add(_ state: State) {
    // A key that was destroyed is counted where the log says so.
    if state != .destroyed { subjects += 1 }
    if state == .usable { usable += 1 }
    if state == .wrong { wrong += 1 }
  }

  /// Those whose key is not there.
  public var missing: Int { subjects - usable - wrong }
  /// Whether the log cannot go on, or cannot be read, without keys.
  public var isNeeded: Bool { isCommitted || subjects > 0 }
  /// Whether everything that the log names is there.
  public var isWhole: Bool { !isNeeded || (hasFolder && usable == subjects) }

  /// One line for people.
  public var words: String {
    guard isNeeded else { return "Keys: this log needs none" }
    guard hasFolder else { return "Keys: none here that can be read; 0 of \(subjects) subjects can be opened" }
    var words = "Keys: \(usable) of \(subjects) subjects can be opened"
    if !hasMasterKey {
      words = "Keys: there for \(usable) of \(subjects) subjects; the master key, which opens them, is not at hand"
    }
    if missing > 0 { words += ", \(missing) missing" }
    if wrong > 0 { words += ", \(wrong) damaged or of another log" }
    if destroyed > 0 { words += ", \(destroyed) destroyed" }
    return words
  }
}
