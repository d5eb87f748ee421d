import Foundation
import Testing

/// The documentation of EventStore, held against the sources.
@Suite("The documentation of EventStore")
struct CatalogueTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func texts(in folder: String, ending suffix: String) throws -> [(path: String, text: String)] {
    let folder = root.appendingPathComponent(folder).resolvingSymlinksInPath()
    let paths = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
    return try paths.filter { $0.hasSuffix(suffix) }.sorted().map {
      ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
    }
  }

  /// Lines without their indentation.
  private static func lines(_ text: some StringProtocol) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
  }

  @Test("every piece of code in the articles and the tutorial stands in sources that are compiled and run")
  func code() throws {
    let sources = try Self.texts(in: "Tests/TutorialTests", ending: ".swift").map { Self.lines($0.text) }
    var count = 0
    for (path, text) in try Self.texts(in: "Sources/EventStore/EventStore.docc", ending: ".md") {
      for match in text.matches(of: /```swift\n((?s).*?)\n```/) {
        count += 1
        let block = Self.lines(match.1)
        #expect(sources.contains { $0.contains(block) }, "\(path): \(match.1)")
      }
    }
    #expect(count > 30)
  }

  @Test("the landing page names every public type")
  func types() throws {
    let page = try String(contentsOf: Self.root.appendingPathComponent("Sources/EventStore/EventStore.docc/EventStore.md"), encoding: .utf8)
    var count = 0
    for (path, text) in try Self.texts(in: "Sources/EventStore", ending: ".swift") {
      for match in text.matches(of: /(?m)^(?:@\w+ )*public (?:final )?(?:struct|enum|class|actor|protocol|typealias) (\w+)/) {
        count += 1
        #expect(page.contains("- ``\(match.1)``\n"), "\(path): \(match.1) is not on the landing page")
      }
    }
    #expect(count > 30)
  }
}
