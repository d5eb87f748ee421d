import Schema

/// What a sequence gives out next.
public enum SequenceState: Hashable, Sendable {
  /// Never set and never used: starts at ``SequenceName/firstNumber`` in steps of 1.
  case untouched
  case at(next: UInt64, step: UInt32)
}

/// Number sequences. Every event holds the whole state, so the last event of the stream is enough to go on.
public enum SequenceDecider: Decider {
  public typealias Event = SequenceEvent.OneOf_Event

  public static let initialState = SequenceState.untouched

  public static func decide(
    _ command: SequenceCommand, given state: SequenceState, context: DecisionContext
  ) throws(Refusal) -> [Event] {
    switch command {
    case .set(let set):
      try context.require(.operator)
      return try self.set(set, state)
    case .take(let take):
      return try self.take(take, state)
    }
  }

  private static func set(_ set: SetSequence, _ state: SequenceState) throws(Refusal) -> [Event] {
    var fields = FieldReader()
    fields.check((1...set.name.lastNumber).contains(set.next), .wrongFormat(.sequenceNext))
    fields.check(set.step >= 1, .wrongFormat(.sequenceStep))
    try fields.finish()
    guard state != .at(next: set.next, step: set.step) else { return [] }
    return [
      .sequenceSet(
        .with {
          $0.name = set.name.rawValue
          $0.next = set.next
          $0.step = set.step
        })
    ]
  }

  private static func take(_ take: TakeNumbers, _ state: SequenceState) throws(Refusal) -> [Event] {
    let (next, step) = state.position(in: take.name)
    let first = max(take.first ?? next, next)
    guard take.count >= 1, let count = UInt32(exactly: take.count) else { return [] }
    let (length, tooLong) = UInt64(count).multipliedReportingOverflow(by: UInt64(step))
    let (after, tooFar) = first.addingReportingOverflow(length)
    guard !tooLong, !tooFar, step >= 1, first >= 1, after - UInt64(step) <= take.name.lastNumber else {
      throw Refusal(.internalNumberTaken)
    }
    return [
      .numbersTaken(
        .with {
          $0.first = first
          $0.count = count
          $0.step = step
          $0.next = after
        })
    ]
  }

  public static func evolve(_ state: SequenceState, with event: Event, at time: Instant) -> SequenceState {
    switch event {
    case .sequenceSet(let set): .at(next: set.next, step: set.step)
    case .numbersTaken(let taken): .at(next: taken.next, step: taken.step)
    }
  }
}

extension SequenceState {
  /// The first of `count` numbers in a row that are all free, from the next one on: no counter is ever stuck at a number that
  /// was given out by other means. Looks at no more than 10,000 numbers.
  /// - Returns: `nil` if it finds none.
  func firstFree(_ count: Int, in name: SequenceName, isUsed: (UInt64) throws -> Bool) rethrows -> UInt64? {
    let (next, step) = position(in: name)
    var (first, free) = (next, 0)
    for offset in 0..<UInt64(10_000) {
      let number = next &+ offset &* UInt64(step)
      guard number <= name.lastNumber else { return nil }
      if try isUsed(number) {
        (first, free) = (number &+ UInt64(step), 0)
      } else {
        free += 1
        if free == count { return first }
      }
    }
    return nil
  }

  func position(in name: SequenceName) -> (next: UInt64, step: UInt32) {
    switch self {
    case .untouched: (name.firstNumber, 1)
    case .at(let next, let step): (next, step)
    }
  }
}

extension NumbersTaken {
  /// The numbers that were given out, in their order. At most 1,000 of what a damaged event claims.
  public var numbers: [UInt64] {
    (0..<UInt64(min(count, 1000))).map { first &+ $0 &* UInt64(step) }
  }
}
