import Domain
import Foundation
import Schema

extension CommandResult {
  /// What the events of one command tell its caller. The same events give the same results, now and when the command
  /// is repeated.
  static func of(_ events: [DomainEvent]) -> [CommandResult] {
    let told = events.filter { if case .privacy = $0 { false } else { true } }
    return told.enumerated().flatMap { index, event in of(event, isFirst: index == 0) }
  }

  private static func of(_ event: DomainEvent, isFirst: Bool) -> [CommandResult] {
    switch event {
    case .representative(.enrolmentRequestSubmitted(let event)): UUID(event.accountID).map { [.account($0)] } ?? []
    case .representative(.enrolmentRequestApproved(let event)): [.representativeID(event.representativeID)]
    case .package(.applicationCreated(let event)): [.package(event.packageNumber)]
    case .package(.applicantAdded(let event)): [.applicant(event.ordinal)]
    case .package(.packageSubmitted(let event)):
      [.package(event.packageNumber), .applications(event.members.map(\.applicationNumber))]
    case .documentRequest(.documentRequested(let event)): UUID(event.requestID).map { [.request($0)] } ?? []
    // Messages that follow from other events are no result of the command.
    case .inbox(.accountMessageSent(let event)) where isFirst: UUID(event.messageID).map { [.message($0)] } ?? []
    case .applicationMessage(.applicationMessageSent(let event)) where isFirst:
      UUID(event.messageID).map { [.message($0)] } ?? []
    default: []
    }
  }

  /// The refusal that a security event stands for: the command that left it was refused, and stays so when it is repeated.
  static func refusal(recordedBy event: DomainEvent?) -> Refusal? {
    if case .credential(.passwordCheckFailed) = event { Refusal(.passwordOldIncorrect) } else { nil }
  }
}
