import Domain
import Schema

extension Attempt {
  mutating func setSequence(_ set: SetSequence) throws {
    try decide(SequenceDecider.self, .set(set), on: StreamNames.sequence(set.name)) { .sequence($0, name: set.name) }
  }

  /// Takes the next numbers of a sequence. They are given out with the append of this attempt, or not at all.
  mutating func takeNumbers(_ count: Int, of name: SequenceName) throws -> [UInt64] {
    let take = SequenceCommand.take(TakeNumbers(name: name, count: count))
    let events = try decide(SequenceDecider.self, take, on: StreamNames.sequence(name)) { .sequence($0, name: name) }
    guard case .numbersTaken(let taken) = events.first else { throw Refusal(.internalNumberTaken) }
    return taken.numbers
  }
}
