import Foundation
import Schema

extension Numbers {
  /// Sets the next number and the step of a number sequence.
  public struct SetSequence: Command {
    public static let name = "setSequence"
    public static let purpose = "Sets the next number and the step of a number sequence."
    public static let givenBy: [CommandActor.Role] = [.operator]

    /// The sequence.
    public var sequence: SequenceName
    /// The number that is given out next.
    public var next: UInt64
    /// What is added for each number after it; 1 unless given.
    public var step: UInt32?

    public var about: CommandSubject { .system }

    enum CodingKeys: String, CodingKey {
      case sequence = "name"
      case next, step
    }

    public func carryOut(in attempt: inout some Attempt) async throws {
      try attempt.decide(SequenceDecider.self, sequence, .set(.init(name: sequence, next: next, step: step ?? 1)))
    }
  }
}
