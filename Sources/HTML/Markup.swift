/// HTML that stands in the source as a literal: the one thing a page takes without escaping it.
///
/// Interpolation does not compile, so no value can come in with it.
public struct Markup: ExpressibleByStringLiteral, Sendable {
  let text: String

  public init(stringLiteral value: String) { text = value }
}
