import Testing

@testable import HTML

@Suite("Escaping")
struct EscapeTests {
  private func written(_ write: (inout Page) -> Void) -> String {
    var page = Page(.english, capacity: 64)
    write(&page)
    return String(decoding: page.bytes, as: UTF8.self)
  }

  @Test("a quotation mark is escaped whatever combines with it", arguments: ["\u{301}", "\u{338}", "\u{200D}", "\u{FE0F}", "\u{E0001}"])
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
