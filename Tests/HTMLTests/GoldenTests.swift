import Foundation
import HTML
import Testing

@Suite("Components")
struct GoldenTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")

  /// The name of an asset changes with its content: here it has none.
  private func withoutHashes(_ page: String) -> String {
    page.replacing(/portal\.[0-9a-f]{16}\./, with: "portal.HASH.")
  }

  @Test("every component is written as its golden file has it, in both languages", arguments: Language.allCases)
  func golden(_ language: Language) throws {
    for (name, write) in Gallery.components {
      let file = Self.folder.appendingPathComponent("\(name).\(language.rawValue).html")
      let page = withoutHashes(Gallery.written(language, write))
      // Written anew with DOSSIER_WRITE_GOLDEN=1; the difference is then read in the commit.
      if ProcessInfo.processInfo.environment["DOSSIER_WRITE_GOLDEN"] != nil {
        try page.write(to: file, atomically: true, encoding: .utf8)
      }
      #expect(page == (try String(contentsOf: file, encoding: .utf8)), "\(name) in \(language)")
    }
  }

  @Test("no page has a style, a script or an event of its own, and every element is closed")
  func strict() throws {
    for language in Language.allCases {
      for (name, write) in Gallery.components {
        let tokens = try Tokens.of(Gallery.written(language, write))
        var open: [String] = []
        for case .tag(let tag, let attributes, let isEnd) in tokens {
          #expect(!attributes.keys.contains { $0 == "style" || $0.hasPrefix("on") }, "\(name): \(attributes)")
          if isEnd { #expect(open.popLast() == tag, "\(name): </\(tag)>") } else if !Tokens.void.contains(tag) { open.append(tag) }
        }
        #expect(open == [], "\(name)")
      }
    }
  }

  @Test("ids are there once, and what refers to one finds it")
  func ids() throws {
    for (name, write) in Gallery.components {
      var ids: [String] = []
      var referred: Set<String> = []
      for case .tag(_, let attributes, _) in try Tokens.of(Gallery.written(.english, write)) {
        if let id = attributes["id"] { ids.append(id) }
        for key in ["for", "aria-describedby", "aria-labelledby"] {
          referred.formUnion((attributes[key] ?? "").split(separator: " ").map(String.init))
        }
      }
      #expect(Set(ids).count == ids.count, "\(name)")
      #expect(referred.subtracting(ids) == [], "\(name)")
    }
  }

  @Test("the files that pages refer to have their content in their name")
  func assets() {
    #expect(Asset.all.allSatisfy { $0.path.text.wholeMatch(of: /\/assets\/portal\.[0-9a-f]{16}\.(css|js)/) != nil })
    #expect(Asset.stylesheet.bytes.count > 5_000)
  }
}
