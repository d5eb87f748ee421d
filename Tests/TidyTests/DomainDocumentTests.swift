import Foundation
import Testing

extension TidyTests {
  @Test("every citation of the domain document names a heading or an item that it has")
  func citations() throws {
    let document = try #require(TidyTests.files(in: "docs", ending: "domain.md").first)
    let headings = document.text.matches(of: /(?m)^#+ ([GS]?\d+(?:\.\d+)?)\s/).map { String($0.1) }
    let items = document.text.matches(of: /(?m)^- \*\*([GS]\d+)\*\*\s/).map { String($0.1) }
    #expect(Set(headings + items).count == headings.count + items.count, "a number stands twice")
    let known = Set(headings + items)
    let folders = ["Sources", "Tests", "Benchmarks/Sources"]
    let citing =
      folders.flatMap { TidyTests.files(in: $0, ending: ".swift") } + TidyTests.files(in: "Sources", ending: ".proto")
      + TidyTests.files(in: "docs", ending: ".md") + TidyTests.files(in: "samples", ending: ".md")
    var count = 0
    for source in citing {
      for citation in source.text.matches(of: TidyTests.citation) {
        for number in citation.1.matches(of: /[GS]?\d+(?:\.\d+)?/).map({ String($0.0) }) {
          count += 1
          #expect(known.contains(number), "\(source.path) cites \(citation.0)")
        }
      }
    }
    #expect(count > 80, "the citations were found")
  }

  /// `domain.md 2.7`, `domain.md 2.18, 2.19`, `domain.md 3.0-3.5`, `domain.md section 5`, `domain.md G19, G51`.
  private static var citation: Regex<(Substring, Substring)> {
    /domain\.md(?: section)? ([GS]?\d+(?:\.\d+)?(?:(?:, |-)[GS]?\d+(?:\.\d+)?)*)/
  }
}
