import Foundation
import Schema

/// One member's application from its submission on. What happens to it afterwards are later events of the same stream.
public enum ApplicationState: Hashable, Sendable {
  case none
  case submitted(SubmittedApplication)

  public var application: SubmittedApplication? {
    if case .submitted(let application) = self { application } else { nil }
  }
}

public struct SubmittedApplication: Hashable, Sendable {
  public var id: UUID
  public var packageID: UUID
  public var packageNumber: UInt64
  /// One letter and 9 digits.
  public var number: String
  /// The representative who submitted it.
  public var accountID: UUID
  public var personID: UUID
  public var type: ApplicationType
  public var submittedAt: Instant
}

/// The stream has no command of its own: `ApplicationSubmitted` follows from the submission of the package.
public enum ApplicationStream: EventStream {
  public static let initialState = ApplicationState.none

  public static func evolve(
    _ state: ApplicationState, with event: ApplicationEvent.OneOf_Event, at time: Instant
  ) -> ApplicationState {
    switch event {
    case .applicationSubmitted(let submitted): .submitted(SubmittedApplication(submitted, at: time))
    }
  }

  public static var isWholeInLastEvent: Bool { false }

  public static func name(of application: UUID) -> String { StreamNames.application(application) }

  public static func place(
    _ event: ApplicationEvent.OneOf_Event, in state: ApplicationState, _ application: UUID
  ) -> Place {
    Place(tags: state.application?.tags ?? [])
  }

  public static func react(
    to event: ApplicationEvent.OneOf_Event, _ eventID: UUID, in state: ApplicationState, _ application: UUID,
    _ attempt: inout some Attempt
  ) {}

  public static func told(by event: ApplicationEvent.OneOf_Event) -> [CommandResult] { [] }
  public static func trace(of refusal: Refusal, in state: ApplicationState, _ context: DecisionContext) -> [ApplicationEvent
    .OneOf_Event]
  { [] }
  public static func refusal(recordedBy event: ApplicationEvent.OneOf_Event) -> Refusal? { nil }
}

extension SubmittedApplication {
  /// Of every event about the application.
  var tags: [String] {
    [TagNames.representative(accountID), TagNames.package(packageNumber), TagNames.application(number)]
  }

  init(_ submitted: ApplicationSubmitted, at time: Instant) {
    self.init(
      id: UUID(orZero: submitted.applicationID), packageID: UUID(orZero: submitted.packageID),
      packageNumber: submitted.packageNumber, number: submitted.applicationNumber,
      accountID: UUID(orZero: submitted.accountID), personID: UUID(orZero: submitted.personID), type: submitted.type,
      submittedAt: time)
  }
}
