import Testing

@testable import HTML

@Suite("Escaping")
struct EscapeTests {
  private func written(_ write: (inout Page) -> Void) -> String {
    var page = Page(.english, capacity: 64)
    write(&page)
    return String(decoding: page.bytes, as: UTF8.self)
  }

  @Test(
    "a quotation mark is escaped whatever combines with it", arguments: ["\u{301}", "\u{338}", "\u{200D}", "\u{FE0F}", "\u{E0001}"])
  func combining(_ mark: String) {
    for (sign, entity) in [("\"", "&quot;"), ("'", "&#39;"), ("<", "&lt;"), (">", "&gt;"), ("&", "&amp;")] {
      let hostile = "x" + sign + mark + " onclick=alert(1)"
      // What comparing characters would see: no sign at all.
      #expect(mark == "\u{E0001}" || !hostile.contains(Character(sign)))
      #expect(written { $0.text(hostile) } == "x" + entity + mark + " onclick=alert(1)")
      #expect(written { $0.attribute("title", hostile) } == " title=\"x" + entity + mark + " onclick=alert(1)\"")
    }
  }
}

@Suite("Hostile texts")
struct HostileTests {
  /// Texts of signs that matter to a parser, to Unicode or to both, from a seed.
  private struct Random: RandomNumberGenerator {
    var state: UInt64 = 20_261_124
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 11 ^ state << 31
    }
  }

  private static let pieces = [
    "\"", "'", "<", ">", "&", "&amp;", "&#34;", "</script>", "</textarea>", "<!--", "]]>", "\u{301}", "\u{338}", "\u{200D}",
    "\u{2028}", "\t",
    "\n", "\r", "é", "😀", "\u{1F469}\u{200D}\u{1F9D1}", "א", "ب", "=", "`", " ", "x", "\u{FEFF}", "\u{E000}", "\u{10FFFF}",
  ]

  @Test("what was written is read back the same, as text and as an attribute")
  func readBack() throws {
    var random = Random()
    for _ in 0..<10_000 {
      let text = (0...Int.random(in: 1...8, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
      let tokens = try Tokens.of(
        Gallery.written(.english) { page in
          page.raw("<p")
          page.attribute("title", text)
          page.raw(">")
          page.text(text)
          page.raw("</p>")
        })
      #expect(tokens.count == 3)
      #expect(tokens.first == .tag("p", attributes: ["title": text], isEnd: false))
      let isolated = text.contains("א") || text.unicodeScalars.contains { $0 == "א" || $0 == "ب" }
      #expect(tokens.dropFirst().first.map { bytes(of: $0) } == Array((isolated ? "\u{2068}\(text)\u{2069}" : text).utf8))
    }
  }

  private func bytes(of token: Token) -> [UInt8] {
    if case .text(let text) = token { Array(text.utf8) } else { [] }
  }

  @Test("what no page may show becomes the replacement character")
  func controls() {
    #expect(Gallery.written(.english) { $0.text("a\0b\u{1B}c\u{7F}d\u{85}e") } == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e")
    #expect(Gallery.written(.english) { $0.text("a\u{202E}b\u{2066}c") } == "a\u{FFFD}b\u{FFFD}c")
    #expect(Gallery.written(.english) { $0.attribute("value", "a\u{202E}b") } == " value=\"a\u{202E}b\"")
  }

  @Test("a path from outside stays on this site or is none")
  func localPaths() {
    for text in [
      "//evil", "/\\evil", "https:evil", "https://evil", "evil", "", "/a\r\nX: y", "/a b", "/\u{e9}", "\\/evil", "/\t/evil",
      "/%0d\"><b>",
    ] {
      #expect(LocalPath(untrusted: text) == nil, "\(text)")
    }
    #expect(LocalPath(untrusted: "/applications?q=a%20b#c")?.text == "/applications?q=a%20b#c")
    #expect(LocalPath("/a").segment("../b/ü?").query("x", "1&y=2").fragment("é").text == "/a/..%2Fb%2F%C3%BC%3F?x=1%26y%3D2#%C3%A9")
  }
}
