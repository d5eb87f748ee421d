/// Which page of how many rows.
public struct PageRequest: Sendable, Hashable {
  /// 1 for the first; a page beyond the end is the last.
  public var number: Int
  public var size: PageSize

  public init(number: Int = 1, size: PageSize = .five) {
    self.number = number
    self.size = size
  }
}

/// Items per page (domain.md 3.0, G46).
public enum PageSize: Int, Sendable, Hashable, CaseIterable {
  case five = 5
  case ten = 10
  case twentyFive = 25
  case fifty = 50
}

/// A page of a table.
public struct Page<Row: Sendable>: Sendable {
  public let rows: [Row]
  /// 1 or more, also for a table without rows.
  public let number: Int
  public let size: PageSize
  /// How many rows the table has, over all pages.
  public let total: Int

  /// The 1-based place of the first row of the page; 0 if there is none.
  public var first: Int { total == 0 ? 0 : (number - 1) * size.rawValue + 1 }
  public var last: Int { total == 0 ? 0 : first + rows.count - 1 }
  public var pageCount: Int { max(1, (total + size.rawValue - 1) / size.rawValue) }
}

extension Page: Equatable where Row: Equatable {}

public enum SortDirection: String, Sendable, Hashable, CaseIterable {
  case ascending, descending

  /// Stands after the head of the sorted column.
  public var marker: String { self == .ascending ? "↑" : "↓" }
}

/// What an item is sorted by. An item without a value stands behind all that have one, in both directions.
struct SortKey<Value: Comparable, Tie: Comparable> {
  let value: Value?
  let tie: Tie

  func isBefore(_ other: SortKey, _ direction: SortDirection) -> Bool {
    switch (value, other.value) {
    case (let a?, let b?) where a != b: direction == .ascending ? a < b : b < a
    case (nil, _?): false
    case (_?, nil): true
    default: tie < other.tie
    }
  }
}

extension PageRequest {
  /// The page of those places in `0..<count` that have a key, in the order of the keys. Only as many as the page needs are put
  /// in order, and nothing but keys is moved.
  func page<Value: Comparable, Tie: Comparable>(
    of count: Int, _ direction: SortDirection, by key: (Int) -> SortKey<Value, Tie>?
  ) -> Page<Int> {
    typealias Keyed = (key: SortKey<Value, Tie>, index: Int)
    let isOrdered = { (a: Keyed, b: Keyed) in a.key.isBefore(b.key, direction) }
    let wanted = max(1, number).multipliedReportingOverflow(by: size.rawValue)
    // Far behind the first pages, sorting everything is quicker than keeping the best.
    let limit = wanted.overflow || wanted.partialValue > 64 ? Int.max : wanted.partialValue
    var total = 0
    var best: [Keyed] = []
    for index in 0..<count {
      guard let key = key(index) else { continue }
      total += 1
      if limit == .max {
        best.append((key, index))
      } else if best.count < limit || isOrdered((key, index), best[limit - 1]) {
        if best.count == limit { best.removeLast() }
        best.insert((key, index), at: best.insertionIndex(of: (key, index), by: isOrdered))
      }
    }
    let pageCount = max(1, (total + size.rawValue - 1) / size.rawValue)
    let number = min(max(1, self.number), pageCount)
    if limit == .max { best.sort(by: isOrdered) }
    let first = (number - 1) * size.rawValue
    let rows = best[first..<min(best.count, first + size.rawValue)].map(\.index)
    return Page(rows: rows, number: number, size: size, total: total)
  }
}

extension Array {
  fileprivate func insertionIndex(of element: Element, by isOrdered: (Element, Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isOrdered(element, self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Page {
  func map<Other: Sendable>(
    _ transform: (Row) throws(ProjectionError) -> Other
  ) throws(ProjectionError) -> Page<Other> {
    var mapped: [Other] = []
    for row in rows { mapped.append(try transform(row)) }
    return Page<Other>(rows: mapped, number: number, size: size, total: total)
  }
}
