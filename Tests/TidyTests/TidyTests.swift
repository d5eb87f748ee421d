import Foundation
import Testing

/// What must not drift, read from the sources themselves.
@Suite("Tidy")
struct TidyTests {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  struct Source {
    let path: String
    let text: String
    var module: String { String(path.split(separator: "/")[1]) }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    /// Lines without comments and without what stands in quotes.
    var code: [String] {
      lines.map { line in
        let bare = line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 0 }.map(
          \.element
        )
        .joined(separator: "\"\"")
        return bare.components(separatedBy: "//")[0]
      }
    }
  }

  static func files(in folder: String, ending suffix: String) -> [Source] {
    guard let paths = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path) else { return [] }
    return paths.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }.sorted().compactMap { path in
      let url = root.appendingPathComponent(folder).appendingPathComponent(path)
      return (try? String(contentsOf: url, encoding: .utf8)).map { Source(path: folder + "/" + path, text: $0) }
    }
  }

  private static let sources = files(in: "Sources", ending: ".swift").filter { !$0.path.hasSuffix(".pb.swift") }

  /// What each module may import of ours.
  private static let allowed: [String: Set<String>] = [
    "LMDB": ["CLMDB", "CXXHash"],
    "EventStore": ["LMDB"],
    "Schema": [],
    "Domain": ["Schema"],
    "Argon2": ["CSodium"],
    "Keys": ["LMDB", "EventStore", "Schema", "Domain"],
    "CaseEngine": ["LMDB", "EventStore", "Schema", "Domain", "Keys", "Argon2"],
    "Projections": ["LMDB", "EventStore", "Schema", "Domain"],
    "StrictJSON": [],
    "CloudEvents": ["EventStore", "StrictJSON"],
    "CommandCodec": ["Domain", "StrictJSON"],
    "Terminal": [],
    "HTML": [],
    "WebServer": ["HTML", "LMDB", "StrictJSON"],
    "PortalWeb": [
      "EventStore", "Schema", "Domain", "Keys", "CaseEngine", "CommandCodec", "Projections", "StrictJSON", "HTML", "WebServer",
    ],
    "replay": ["LMDB", "EventStore", "Schema", "Domain", "Keys", "Projections", "CloudEvents", "StrictJSON", "Terminal"],
    "portal": [
      "LMDB", "EventStore", "Schema", "Domain", "Keys", "CaseEngine", "CommandCodec", "Projections", "CloudEvents", "StrictJSON",
      "Terminal", "HTML", "WebServer", "PortalWeb",
    ],
    "TestSupport": ["LMDB", "EventStore", "Schema", "Domain", "Keys", "Argon2", "CaseEngine", "Projections"],
  ]

  @Test("modules import in one direction only")
  func imports() {
    let ours = Set(TidyTests.allowed.keys).union(["CLMDB", "CXXHash", "CSodium"])
    for source in TidyTests.sources {
      for line in source.code where line.contains("import ") {
        guard let name = line.split(separator: " ").last.map(String.init), ours.contains(name),
          line.hasPrefix("import") || line.contains(" import ")
        else { continue }
        #expect(TidyTests.allowed[source.module]?.contains(name) == true, "\(source.path) imports \(name)")
      }
    }
    #expect(TidyTests.sources.count > 50, "the sources were found")
  }

  @Test("unsafe code stands in the binding modules alone")
  func unsafeCode() {
    for source in TidyTests.sources where !["LMDB", "Argon2", "Terminal"].contains(source.module) {
      for (number, line) in source.code.enumerated() {
        for word in ["unsafe ", "UnsafePointer", "UnsafeMutable", "UnsafeRaw", "UnsafeBuffer", "withUnsafe"] {
          #expect(!line.contains(word), "\(source.path):\(number + 1) has '\(word)'")
        }
      }
    }
  }

  @Test("folds and deciders read no clock, no random numbers, no locale and no files")
  func pure() {
    let banned = [
      "Date()", "Date.now", ".now()", "SystemRandomNumberGenerator", ".random(in:", "Locale.", "FileManager", "ProcessInfo",
      "UUID()",
    ]
    for source in TidyTests.sources where source.module == "Domain" || source.path.hasPrefix("Sources/Projections/Models") {
      for (number, line) in source.code.enumerated() {
        for word in banned { #expect(!line.contains(word), "\(source.path):\(number + 1) has '\(word)'") }
      }
    }
  }

  @Test("nothing is forced, switched off or left for later")
  func shortcuts() {
    for source in TidyTests.sources + TidyTests.files(in: "Tests", ending: ".swift") where !source.path.contains("TidyTests") {
      for (number, line) in source.lines.enumerated() {
        for word in ["try!", "as!", "fatalError(", "@unchecked Sendable", "TODO", "FIXME", ".disabled(", "withKnownIssue"] {
          #expect(!line.contains(word), "\(source.path):\(number + 1) has '\(word)'")
        }
      }
    }
  }

  @Test("every link in the documents leads somewhere")
  func links() throws {
    let documents =
      ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"].compactMap { name in
        (try? String(contentsOf: TidyTests.root.appendingPathComponent(name), encoding: .utf8)).map { Source(path: name, text: $0) }
      } + TidyTests.files(in: "docs", ending: ".md") + TidyTests.files(in: "samples", ending: ".md")
    #expect(documents.count > 5)
    for document in documents {
      let folder = TidyTests.root.appendingPathComponent(document.path).deletingLastPathComponent()
      for match in document.text.matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/) {
        let target = folder.appendingPathComponent(String(match.1)).standardized.path
        #expect(FileManager.default.fileExists(atPath: target), "\(document.path) links to \(match.1)")
      }
    }
  }

  @Test("every example in Swift in the documents stands in a test")
  func examples() {
    func bare(_ lines: some Sequence<Substring>) -> String {
      lines.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }.joined(separator: "\n")
    }
    let tests = TidyTests.files(in: "Tests", ending: ".swift").map { bare($0.lines) }
    var count = 0
    for document in TidyTests.files(in: "docs", ending: ".md")
      + TidyTests.files(in: "Sources/EventStore/EventStore.docc", ending: ".md")
    {
      for match in document.text.matches(of: /```swift\n(?<code>(?s:.)*?)```/) {
        count += 1
        let code = bare(match.code.split(separator: "\n"))
        #expect(tests.contains { $0.contains(code) }, "\(document.path) has an example that no test has: \(code.prefix(80))")
      }
    }
    #expect(count > 30, "the examples were found")
  }

  @Test("the first page of EventStore's documentation names every public type")
  func firstPage() throws {
    let page = try #require(TidyTests.files(in: "Sources/EventStore/EventStore.docc", ending: "EventStore.md").first)
    var count = 0
    for source in TidyTests.sources where source.module == "EventStore" {
      for match in source.text.matches(of: /(?m)^(?:@\w+ )*public (?:final )?(?:struct|enum|class|actor|protocol|typealias) (\w+)/)
      {
        count += 1
        #expect(page.text.contains("- ``\(match.1)``\n"), "\(source.path): \(match.1) is not there")
      }
    }
    #expect(count > 30, "the types were found")
  }

  @Test("the record layout in the code and in the data format document are the same")
  func layout() throws {
    let code = try String(
      contentsOf: TidyTests.root.appendingPathComponent("Sources/EventStore/Record/RecordLayout.swift"), encoding: .utf8)
    let document = try String(contentsOf: TidyTests.root.appendingPathComponent("docs/data-format.md"), encoding: .utf8)
    let rows = code.split(separator: "\n").filter { $0.hasPrefix("///     ") }.map {
      $0.dropFirst(8).trimmingCharacters(in: .whitespaces)
    }
    #expect(rows.count > 15)
    for row in rows { #expect(document.contains(row), "docs/data-format.md lacks: \(row)") }
  }
}
