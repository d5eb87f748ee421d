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
}

extension PageRequest {
  /// The page of `items`, in order. Only as many as the page needs are put in order.
  func page<Item, Value: Comparable, Tie: Comparable>(
    of items: [Item], _ direction: SortDirection, by key: (Item) -> SortKey<Value, Tie>
  ) -> Page<Item> {
    let pageCount = max(1, (items.count + size.rawValue - 1) / size.rawValue)
    let number = min(max(1, self.number), pageCount)
    let end = min(items.count, number * size.rawValue)
    var keyed: [(key: SortKey<Value, Tie>, item: Item)] = items.map { (key($0), $0) }
    let isOrdered: ((key: SortKey<Value, Tie>, item: Item), (key: SortKey<Value, Tie>, item: Item)) -> Bool = {
      switch ($0.key.value, $1.key.value) {
      case (nil, nil): $0.key.tie < $1.key.tie
      case (nil, _): false
      case (_, nil): true
      case (let a?, let b?) where a == b: $0.key.tie < $1.key.tie
      case (let a?, let b?): direction == .ascending ? a < b : b < a
      }
    }
    keyed.sort(first: end, by: isOrdered)
    let rows = keyed[(number - 1) * size.rawValue..<end].map(\.item)
    return Page(rows: rows, number: number, size: size, total: items.count)
  }
}

extension Array {
  /// Puts the first `count` elements of the sorted order in their places; the rest stay in some order.
  mutating func sort(first count: Int, by isOrdered: (Element, Element) -> Bool) {
    guard count <= 64, count * 8 < self.count else { return sort(by: isOrdered) }
    var best: [Element] = []
    best.reserveCapacity(count + 1)
    for element in self {
      if best.count == count {
        guard let worst = best.last, isOrdered(element, worst) else { continue }
        best.removeLast()
      }
      best.insert(element, at: best.insertionIndex(of: element, by: isOrdered))
    }
    self = best
  }

  private func insertionIndex(of element: Element, by isOrdered: (Element, Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isOrdered(element, self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
