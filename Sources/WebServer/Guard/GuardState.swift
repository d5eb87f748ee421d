import HTTPTypes

/// What one connection has let through so far: decides, and touches no channel.
struct GuardState: ~Copyable {
  enum Action: Equatable {
    case forward
    /// Answer 100 first, then forward.
    case goOnAndForward
    /// Forward the head with the refusal and an end; throw the rest away.
    case refuse(GuardRefusal)
    /// The request is half-way in a handler: let its reading fail.
    case fail(GuardRefusal)
    case drop
  }

  private var limit = 0
  private var received = 0
  private var isDiscarding = false
  /// Requests whose answers are not written yet.
  private(set) var open = 0
  private(set) var isReading = false
  /// Whether the connection ends with the answer that is being written.
  private var closesAfterAnswer = false

  /// A head came in.
  mutating func head(_ verdict: HeadVerdict, contentLength: Int?, expects: String?) -> Action {
    guard !isDiscarding else { return .drop }
    open += 1
    isReading = true
    received = 0
    switch verdict {
    case .refuse(let refusal): return refuse(refusal)
    case .pass(let bodyLimit): limit = bodyLimit
    }
    if let contentLength, contentLength > limit { return refuse(.tooLarge) }
    guard let expects else { return .forward }
    guard expects.lowercased() == "100-continue" else { return refuse(.expectation) }
    return open == 1 ? .goOnAndForward : .forward
  }

  /// A piece of the body came in.
  mutating func body(_ count: Int) -> Action {
    guard !isDiscarding else { return .drop }
    received += count
    guard received > limit else { return .forward }
    isDiscarding = true
    return .fail(.tooLarge)
  }

  /// The end of the body came in.
  mutating func end() -> Action {
    guard !isDiscarding else { return .drop }
    isReading = false
    return .forward
  }

  /// The deadline of the request that is being read is over.
  mutating func deadline() -> Action {
    guard isReading, !isDiscarding else { return .drop }
    isDiscarding = true
    return .fail(.tooSlow)
  }

  /// The head of an answer goes out.
  mutating func answerHead(isInformational: Bool, closes: Bool) {
    if !isInformational { closesAfterAnswer = closes || (isDiscarding && open <= 1) }
  }

  /// The end of an answer goes out: whether the connection ends with it.
  mutating func answerEnd() -> Bool {
    open = max(0, open - 1)
    return closesAfterAnswer
  }

  private mutating func refuse(_ refusal: GuardRefusal) -> Action {
    isDiscarding = true
    isReading = false
    return .refuse(refusal)
  }
}
