import Schema

extension CivilDay {
  /// `May 04 2023`, `04 mai 2023` (domain.md 0.3). The months stand here and not in an operating system's locale data, so
  /// that a rebuild on another machine gives the same bytes.
  public func text(in language: Language) -> String {
    let (year, month, day) = parts
    let name = CivilDay.months[month - 1].in(language)
    return language == .french
      ? "\(day.padded(to: 2)) \(name) \(year)" : "\(name) \(day.padded(to: 2)) \(year)"
  }

  private static let months = [
    Text("January", "janvier"), Text("February", "février"), Text("March", "mars"), Text("April", "avril"),
    Text("May", "mai"), Text("June", "juin"), Text("July", "juillet"), Text("August", "août"),
    Text("September", "septembre"), Text("October", "octobre"), Text("November", "novembre"),
    Text("December", "décembre"),
  ]
}
