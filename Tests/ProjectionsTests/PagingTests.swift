import Domain
import Foundation
import Schema
import Testing
import TestSupport

@testable import Projections

@Suite("Paging and sorting")
struct PagingTests {
  @Test("pages follow each other without gap or overlap, whatever the size, and one beyond the end is the last")
  func pages() {
    var random = SeededGenerator(seed: 7)
    for count in [0, 1, 5, 6, 49, 50, 51, 700] {
      let items = (0..<count).map { (value: Int.random(in: 0..<20, using: &random), tie: $0) }.shuffled(using: &random)
      for size in PageSize.allCases {
        for direction in SortDirection.allCases {
          var seen: [Int] = []
          let all = (count + size.rawValue - 1) / size.rawValue
          for number in 1...max(1, all) {
            let page = PageRequest(number: number, size: size).page(of: items, direction) {
              $0.value == 0 ? nil : $0.value
            } ties: {
              $0.tie < $1.tie
            }
            #expect(page.total == count && page.number == number && page.pageCount == max(1, all))
            #expect(page.last - page.first + 1 == page.rows.count || count == 0)
            seen += page.rows.map(\.tie)
          }
          let sorted = items.sorted {
            if $0.value == $1.value { return $0.tie < $1.tie }
            if $0.value == 0 || $1.value == 0 { return $1.value == 0 }
            return direction == .ascending ? $0.value < $1.value : $0.value > $1.value
          }
          #expect(seen == sorted.map(\.tie))
          let beyond = PageRequest(number: all + 7, size: size).page(of: items, direction) {
            $0.value
          } ties: {
            $0.tie < $1.tie
          }
          #expect(beyond.number == max(1, all))
        }
      }
    }
  }

  @Test("every column sorts both ways, and the same question has the same answer", arguments: ApplicationsQuery.Column.allCases)
  func columns(column: ApplicationsQuery.Column) async throws {
    let spec = ProjectionSpec()
    for number in 1...6 as ClosedRange<UInt64> {
      let name = number == 3 ? nil : PersonalName("A\(number % 3)", "B\(number % 2)")
      let package = try await spec.story.create(
        number, number % 2 == 0 ? .studyPermit : .refugeeClaim, of: name, deadline: .day(2023, 10, Int(number)))
      spec.clock.advance(bySeconds: 50_000)
      if number > 3 { try await spec.story.submit(package, [(package, "L10000000\(number)")]) }
    }
    let up = try spec.search(sort: .init(column, .ascending)).rows
    let down = try spec.search(sort: .init(column, .descending)).rows
    #expect(up.count == 6 && Set(up.map(\.id)) == Set(down.map(\.id)))
    #expect(try spec.search(sort: .init(column, .ascending)).rows == up)
    let drafts = try spec.table(sort: .init(column, .ascending)).rows
    #expect(drafts.count == 3)
  }
}
