import Crypto
import HTML
import Synchronization

/// The sessions of this process: in memory, with a store behind them.
///
/// A new or ended session is in the store before the answer goes out; when one was last seen is written by `flush`.
public final class Sessions: Sendable {
  private struct State {
    var sessions: [[UInt8]: Session] = [:]
    var byAccount: [[UInt8]: Set<[UInt8]>] = [:]
    var unwritten: Set<[UInt8]> = []
  }

  public let rules: SessionRules
  private let store: any SessionStore
  private let now: @Sendable () -> Int64
  private let state = Mutex(State())
  private let listeners = Mutex<[@Sendable ([UInt8]) -> Void]>([])

  /// - Parameter now: microseconds since 1970.
  public init(rules: SessionRules = SessionRules(), store: any SessionStore, now: @escaping @Sendable () -> Int64) throws {
    self.rules = rules
    self.store = store
    self.now = now
    let kept = try store.all()
    let (alive, over) = (kept.filter { !hasEnded($0) }, kept.filter(hasEnded))
    state.withLock { state in for session in alive { Self.insert(session, into: &state) } }
    if !over.isEmpty { try store.remove(over.map(\.id)) }
  }

  /// Begins a session: its token, 32 random bytes, which exists nowhere else.
  func start(_ new: NewSession, source: String, device: String, replacing old: Session?) throws -> (
    token: [UInt8], session: Session
  ) {
    let token = Self.randomBytes(32)
    let moment = now()
    let session = Session(
      id: Self.id(of: token), account: new.account, role: new.role, name: new.name, language: new.language, created: moment,
      lastSeen: moment, authenticated: moment, factors: new.factors, source: source, device: Self.cut(device))
    try store.put([session])
    var over = state.withLock { state in
      Self.insert(session, into: &state)
      let others = (state.byAccount[new.account] ?? []).compactMap { state.sessions[$0] }.sorted { $0.lastSeen < $1.lastSeen }
      return others.filter { $0.id != session.id }.dropLast(max(0, rules.perAccount - 1)).map(\.id)
    }
    if let old { over.append(old.id) }
    try end(over)
    return (token, session)
  }

  /// The session of a token, seen now; `nil` when there is none or it has ended.
  ///
  /// - Parameter prolong: `false` for questions that do not count as work, such as how much time is left.
  func find(token: [UInt8], prolong: Bool) -> Session? {
    let id = Self.id(of: token)
    let moment = now()
    return state.withLock { state in
      guard var session = state.sessions[id], !hasEnded(session) else { return nil }
      if prolong {
        session.lastSeen = moment
        state.sessions[id] = session
        state.unwritten.insert(id)
      }
      return session
    }
  }

  /// Seconds until the session ends by itself.
  public func secondsLeft(of session: Session) -> Int {
    let end = min(session.lastSeen + rules.idle(of: session.role), session.created + rules.absolute.microseconds)
    return max(0, Int((end - now()) / 1_000_000))
  }

  func isRecent(_ session: Session) -> Bool { now() - session.authenticated <= rules.recent.microseconds }

  /// The sessions of an account, newest first.
  public func all(of account: [UInt8]) -> [Session] {
    let found = state.withLock { state in (state.byAccount[account] ?? []).compactMap { state.sessions[$0] } }
    return found.filter { !hasEnded($0) }.sorted { $0.created > $1.created }
  }

  /// Ends every session of an account, but one when it is named: after a new password, a suspension or "sign out everywhere".
  public func endAll(of account: [UInt8], except kept: [UInt8]? = nil) throws {
    try end(state.withLock { state in Array(state.byAccount[account] ?? []) }.filter { $0 != kept })
  }

  /// Ends sessions by their ids.
  public func end(_ ids: [[UInt8]]) throws {
    guard !ids.isEmpty else { return }
    state.withLock { state in for id in ids { Self.remove(id, from: &state) } }
    tell(ids)
    try store.remove(ids)
  }

  /// Has `body` called with the id of each session that ends.
  func whenEnded(_ body: @escaping @Sendable ([UInt8]) -> Void) { listeners.withLock { $0.append(body) } }

  private func tell(_ ids: [[UInt8]]) {
    let listeners = listeners.withLock { $0 }
    for listener in listeners { ids.forEach(listener) }
  }

  /// Sets the language of a session.
  func setLanguage(_ language: Language, of id: [UInt8]) {
    state.withLock { state in
      guard state.sessions[id] != nil else { return }
      state.sessions[id]?.language = language
      state.unwritten.insert(id)
    }
  }

  /// Writes when sessions were last seen, and forgets those that have ended. To be called every minute and at the end.
  public func flush() throws {
    let (changed, over) = state.withLock { state in
      let over = state.sessions.values.filter(hasEnded).map(\.id)
      for id in over { Self.remove(id, from: &state) }
      let changed = state.unwritten.compactMap { state.sessions[$0] }
      state.unwritten = []
      return (changed, over)
    }
    tell(over)
    if !changed.isEmpty { try store.put(changed) }
    if !over.isEmpty { try store.remove(over) }
  }

  private func hasEnded(_ session: Session) -> Bool {
    let moment = now()
    return moment - session.lastSeen >= rules.idle(of: session.role) || moment - session.created >= rules.absolute.microseconds
  }

  private static func insert(_ session: Session, into state: inout State) {
    state.sessions[session.id] = session
    state.byAccount[session.account, default: []].insert(session.id)
  }

  private static func remove(_ id: [UInt8], from state: inout State) {
    guard let session = state.sessions.removeValue(forKey: id) else { return }
    state.unwritten.remove(id)
    state.byAccount[session.account]?.remove(id)
    if state.byAccount[session.account]?.isEmpty == true { state.byAccount[session.account] = nil }
  }

  static func id(of token: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: token)) }

  static func randomBytes(_ count: Int) -> [UInt8] {
    var random = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
  }

  private static func cut(_ device: String) -> String {
    var text = ""
    for scalar in device.unicodeScalars where text.utf8.count + 4 <= 80 && scalar.isASCII && scalar.value >= 0x20 {
      text.unicodeScalars.append(scalar)
    }
    return text
  }
}
