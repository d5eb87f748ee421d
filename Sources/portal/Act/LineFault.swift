/// Why a line is no command. It names fields and what they take, never what stands in them.
struct LineFault: Error, Equatable {
  let reason: String

  init(_ reason: String) { self.reason = reason }

  /// A name as it may be repeated in a message: only what looks like the name of a field, so that no value that slipped
  /// into the place of a name is shown.
  static func shown(_ name: String) -> String {
    let isName = (1...40).contains(name.utf8.count) && name.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
    return isName ? "'\(name)'" : "with an unusual name"
  }
}
