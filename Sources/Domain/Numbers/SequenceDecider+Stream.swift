import Foundation
import Schema

extension SequenceDecider {
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
