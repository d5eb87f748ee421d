import Schema

/// The kinds of streams with all that is said about their events.
public enum EventStreams {
  /// What reads the events of a kind.
  public static func of(_ kind: StreamKind) -> any EventStream.Type {
    switch kind {
    case .representative: RepresentativeDecider.self
    case .credential: CredentialDecider.self
    case .inbox: InboxDecider.self
    case .package: PackageDecider.self
    case .application: ApplicationStream.self
    case .documentRequest: DocumentRequestDecider.self
    case .applicationMessage: ApplicationMessageDecider.self
    case .client: ClientStream.self
    case .person: PersonStream.self
    case .sequence: SequenceDecider.self
    case .reservation: ReservationDecider.self
    case .privacy: PrivacyStream.self
    }
  }
}

extension DomainEvent {
  /// One sentence for the auditor's timeline, without personal data (domain.md 3.7).
  public var summary: Text { EventStreams.of(streamKind).summary(of: self) ?? Labels.notAvailable }

  /// What the caller of the command that this event came from learns.
  public var told: [CommandResult] { EventStreams.of(streamKind).told(by: self) }

  /// The refusal that the event stands for; `nil` for most.
  public var recordedRefusal: Refusal? { EventStreams.of(streamKind).refusal(recordedBy: self) }
}

extension EventStream {
  fileprivate static func summary(of event: DomainEvent) -> Text? { Event(event).map { summary(of: $0) } }
  fileprivate static func told(by event: DomainEvent) -> [CommandResult] { Event(event).map { told(by: $0) } ?? [] }
  fileprivate static func refusal(recordedBy event: DomainEvent) -> Refusal? {
    Event(event).flatMap { refusal(recordedBy: $0) }
  }
}
