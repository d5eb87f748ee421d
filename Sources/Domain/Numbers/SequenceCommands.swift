/// What can be asked of a number sequence.
public enum SequenceCommand: Sendable {
  case set(SetSequence)
  case take(TakeNumbers)
}

/// An operator sets what comes next.
public struct SetSequence: Sendable {
  public var name: SequenceName
  public var next: UInt64
  public var step: UInt32

  public init(name: SequenceName, next: UInt64, step: UInt32 = 1) {
    self.name = name
    self.next = next
    self.step = step
  }
}

/// Gives out numbers, in the append that uses them.
public struct TakeNumbers: Sendable {
  public var name: SequenceName
  public var count: Int
  /// Fact: the first of the numbers, where some from the next one on are taken; `nil` for the next one.
  public var first: UInt64?

  public init(name: SequenceName, count: Int = 1, first: UInt64? = nil) {
    self.name = name
    self.count = count
    self.first = first
  }
}
