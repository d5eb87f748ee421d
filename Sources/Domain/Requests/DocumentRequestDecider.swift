import Foundation
import Schema

/// The rules of document requests about a submitted application (domain.md 2.8).
public enum DocumentRequestDecider: Decider {
  public typealias Event = DocumentRequestEvent.OneOf_Event

  public static let initialState = DocumentRequestState()

  public static func decide(
    _ command: DocumentRequestCommand, given state: DocumentRequestState, context: DecisionContext
  ) throws(Refusal) -> [Event] {
    switch command {
    case .request(let request): try self.request(request, context)
    case .answer(let answer): try self.answer(answer, state, context)
    case .extend(let request, let dueDay): try extend(request, to: dueDay, state, context)
    case .cancel(let request): try cancel(request, state, context)
    }
  }

  private static func request(_ request: RequestDocuments, _ context: DecisionContext) throws(Refusal) -> [Event] {
    try context.require(.officer)
    guard let application = request.application.application else { throw Refusal(.applicationStateConflict) }
    let dueDay = request.dueDay ?? context.today.adding(days: RequestPolicy.defaultDays)
    var fields = FieldReader()
    fields.check(!request.items.isEmpty, .required(.items))
    fields.check(request.items.count <= RequestPolicy.maximumItems, .tooLong(.items))
    fields.check(dueDay >= context.today.adding(days: RequestPolicy.minimumDays), .init(.requestDueTooSoon))
    let texts = request.items.map { fields.required(.note, $0.text, limit: 500) }
    try fields.finish()
    return [
      .documentRequested(
        .with {
          $0.requestID = context.newIdentifier().data
          $0.applicationID = application.id.data
          $0.items = request.items.enumerated().map { index, item in
            .with {
              $0.number = UInt32(index + 1)
              $0.slot = item.slot.rawValue
            }
          }
          $0.dueDay = dueDay.number
          $0.personal.texts = texts
        })
    ]
  }

  private static func answer(
    _ answer: AnswerDocumentRequest, _ state: DocumentRequestState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    try context.require(.representative)
    try context.requireStanding(.working)
    guard let application = answer.application.application,
      context.actor == .representative(account: application.accountID)
    else { throw Refusal(.applicationNotFound) }
    guard let request = state.requests[answer.request] else { throw Refusal(.documentNoOpenRequest) }
    if request.isCompleted { throw Refusal(.requestClosed) }
    var fields = FieldReader()
    let item = UInt32(exactly: answer.item) ?? 0
    fields.check(item >= 1 && item <= request.itemCount, .wrongFormat(.item))
    let explanation =
      answer.document == nil
      ? fields.required(.explanation, answer.explanation, limit: 2000, lines: .several)
      : fields.optional(.explanation, answer.explanation, limit: 2000, lines: .several)
    try fields.finish()
    let answered = Event.documentRequestAnswered(
      .with {
        $0.requestID = answer.request.data
        $0.itemNumber = item
        $0.documentID = answer.document?.data ?? Data()
        $0.late = context.now > request.dueDay.lastInstant
        if !explanation.isEmpty { $0.personal.explanation = explanation }
      })
    guard request.answered.union([item]).count == request.itemCount else { return [answered] }
    return [answered, .documentRequestCompleted(.with { $0.requestID = answer.request.data })]
  }

  private static func extend(
    _ request: UUID?, to dueDay: CivilDay, _ state: DocumentRequestState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    let (id, open) = try openRequest(request, state)
    guard dueDay > open.dueDay, dueDay >= context.today else { throw Refusal(.requestDueTooSoon) }
    return [
      .documentRequestExtended(
        .with {
          $0.requestID = id.data
          $0.dueDay = dueDay.number
        })
    ]
  }

  private static func cancel(
    _ request: UUID?, _ state: DocumentRequestState, _ context: DecisionContext
  ) throws(Refusal) -> [Event] {
    let (id, _) = try openRequest(request, state)
    return [.documentRequestCancelled(.with { $0.requestID = id.data })]
  }

  /// - Parameter request: `nil` for the oldest one that is open; identifiers grow with time.
  private static func openRequest(
    _ request: UUID?, _ state: DocumentRequestState
  ) throws(Refusal) -> (UUID, DocumentRequestState.Request) {
    guard let id = request ?? state.open.min(), let known = state.requests[id] else {
      throw Refusal(.documentNoOpenRequest)
    }
    if known.isCompleted { throw Refusal(.requestClosed) }
    return (id, known)
  }

  public static func evolve(
    _ state: DocumentRequestState, with event: Event, at time: Instant
  ) -> DocumentRequestState {
    var state = state
    switch event {
    case .documentRequested(let requested):
      state.requests[UUID(orZero: requested.requestID)] = .init(
        dueDay: CivilDay(number: requested.dueDay), itemCount: requested.items.count)
    case .documentRequestAnswered(let answered):
      state.requests[UUID(orZero: answered.requestID)]?.answered.insert(answered.itemNumber)
    case .documentRequestExtended(let extended):
      state.requests[UUID(orZero: extended.requestID)]?.dueDay = CivilDay(number: extended.dueDay)
    case .documentRequestCancelled(let cancelled):
      state.requests[UUID(orZero: cancelled.requestID)]?.isCompleted = true
    case .documentRequestCompleted(let completed):
      state.requests[UUID(orZero: completed.requestID)]?.isCompleted = true
    }
    return state
  }
}
