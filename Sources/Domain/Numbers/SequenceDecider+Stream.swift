import Foundation
import Schema

extension SequenceDecider {
  /// Takes the next numbers that are free.
  /// - Parameter isUsed: Whether a number was given out by other means.
  /// - Throws: `internal.number_taken` if the sequence has come to its end.
  public static func take(
    _ count: Int, from name: SequenceName, given state: SequenceState, _ context: DecisionContext,
    isUsed: (UInt64) throws -> Bool
  ) throws -> [Event] {
    guard count >= 1 else { return [] }
    guard let first = try state.firstFree(count, in: name, isUsed: isUsed) else { throw Refusal(.internalNumberTaken) }
    return try decide(.take(TakeNumbers(name: name, count: count, first: first)), given: state, context: context)
  }

  public static var isWholeInLastEvent: Bool { true }

  public static func name(of sequence: SequenceName) -> String { StreamNames.sequence(sequence) }

  public static func place(_ event: Event, in state: SequenceState, _ sequence: SequenceName) -> Place { Place(tags: []) }

  public static func react(
    to event: Event, _ eventID: UUID, in state: SequenceState, _ sequence: SequenceName, _ attempt: inout some Attempt
  ) {}

  public static func told(by event: Event) -> [CommandResult] { [] }
  public static func trace(of refusal: Refusal, in state: SequenceState, _ context: DecisionContext) -> [Event] { [] }
  public static func refusal(recordedBy event: Event) -> Refusal? { nil }
}
