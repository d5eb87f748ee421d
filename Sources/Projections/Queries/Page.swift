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

extension PageRequest {
  /// The page of `items` in the order of their values. Items without a value stand behind all that have one, in both
  /// directions. Only as many as the page needs are put in order.
  /// - Parameter isBefore: Decides between items with the same value: no two may be alike.
  func page<Item, Value: Comparable>(
    of items: [Item], _ direction: SortDirection, by value: (Item) -> Value?, ties isBefore: (Item, Item) -> Bool
  ) -> Page<Item> {
    typealias Keyed = (value: Value?, item: Item)
    func isOrdered(_ a: Keyed, _ b: Keyed) -> Bool {
      switch (a.value, b.value) {
      case (let x?, let y?) where x != y: direction == .ascending ? x < y : y < x
      case (nil, _?): false
      case (_?, nil): true
      default: isBefore(a.item, b.item)
      }
    }
    let pageCount = max(1, (items.count + size.rawValue - 1) / size.rawValue)
    let number = min(max(1, self.number), pageCount)
    let (first, limit) = ((number - 1) * size.rawValue, number * size.rawValue)
    var best: [Keyed] = []
    if limit > 64 {
      // Far behind the first pages, sorting everything is quicker than keeping the best.
      best = items.map { (value($0), $0) }.sorted(by: isOrdered)
    } else {
      for item in items {
        let keyed = (value(item), item)
        guard best.count < limit || isOrdered(keyed, best[limit - 1]) else { continue }
        if best.count == limit { best.removeLast() }
        best.insert(keyed, at: best.partitioningIndex { isOrdered(keyed, $0) })
      }
    }
    let rows = best[min(first, best.count)..<min(best.count, limit)].map(\.item)
    return Page(rows: rows, number: number, size: size, total: items.count)
  }
}
