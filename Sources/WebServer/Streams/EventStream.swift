import Synchronization

/// A server-sent event (HTML, 9.2).
public struct ServerEvent: Equatable, Sendable {
  public var id: String?
  public var name: String?
  public var data: String

  public init(id: String? = nil, name: String? = nil, data: String) {
    self.id = id
    self.name = name
    self.data = data
  }

  /// As it goes over the wire. Line ends in `data` begin a new line of data; in the id and the name there are none.
  var bytes: [UInt8] {
    var text = ""
    if let id { text += "id: \(Self.line(id))\n" }
    if let name { text += "event: \(Self.line(name))\n" }
    let lines = data.replacing("\r\n", with: "\n").replacing("\r", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    for line in lines { text += "data: \(line)\n" }
    return Array((text + "\n").utf8)
  }

  private static func line(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 }))
  }
}

/// How many streams there may be, and how they live.
public struct StreamRules: Sendable {
  public var inAll = 200
  public var perSession = 2
  /// A comment goes out after so long without an event, so that nobody on the way takes the connection for dead.
  public var heartbeat: Duration = .seconds(15)
  /// Events that wait for a slow client; with one more its stream ends, and it resumes by its last id.
  public var waiting = 256

  public init() {}
}

/// The streams that are open, and the way to end them all.
public final class EventStreams: Sendable {
  private struct State {
    var open: [UInt64: (session: [UInt8], end: @Sendable () -> Void)] = [:]
    var next: UInt64 = 0
    var isClosing = false
  }

  let rules: StreamRules
  private let state = Mutex(State())

  public init(rules: StreamRules = StreamRules()) { self.rules = rules }

  /// How many are open.
  public var count: Int { state.withLock { $0.open.count } }

  /// Ends all of them with `event: bye`; later ones are not begun.
  public func close() {
    let ends = state.withLock { state in
      state.isClosing = true
      return state.open.values.map(\.end)
    }
    for end in ends { end() }
  }

  /// Ends the streams of a session that ended.
  func close(session: [UInt8]) {
    let ends = state.withLock { state in state.open.values.filter { $0.session == session }.map(\.end) }
    for end in ends { end() }
  }

  /// - Throws: `Problem` 429 when there are too many, 503 when the server is about to stop.
  fileprivate func enter(session: [UInt8], end: @escaping @Sendable () -> Void) throws(Problem) -> UInt64 {
    let result: Result<UInt64, Problem> = state.withLock { state in
      guard !state.isClosing else { return .failure(.starting) }
      guard state.open.count < rules.inAll, state.open.values.count(where: { $0.session == session }) < rules.perSession else {
        return .failure(.tooMany(after: 30))
      }
      state.next += 1
      state.open[state.next] = (session, end)
      return .success(state.next)
    }
    return try result.get()
  }

  fileprivate func leave(_ number: UInt64) { state.withLock { $0.open[number] = nil } }

  /// An answer that is a stream of events. `produce` sends events until it returns, throws or is cancelled; when it returns
  /// by itself the stream ends, and the client comes back after the time that `retry` told it.
  func answer(session: [UInt8], produce: @escaping @Sendable (EventSink) async throws -> Void) throws(Problem) -> Answer {
    let (frames, continuation) = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .bufferingOldest(rules.waiting))
    let bye = ServerEvent(name: "bye", data: "").bytes
    let number = try enter(session: session) {
      continuation.yield(bye)
      continuation.finish()
    }
    let sink = EventSink(continuation: continuation)
    let heartbeat = rules.heartbeat
    let ticket = StreamTicket { self.leave(number) }
    var answer = Answer.stream(contentType: "text/event-stream; charset=utf-8") { write in
      defer { ticket.leave() }
      // Clients that were all let go at once do not all come back at once.
      try await write(Array("retry: \(3_000 + Int.random(in: 0..<2_000))\n\n".utf8))
      let work = Task {
        defer { continuation.finish() }
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { try await produce(sink) }
          group.addTask {
            while true {
              try await Task.sleep(for: heartbeat)
              guard sink.comment() else { return }
            }
          }
          try await group.next()
          group.cancelAll()
        }
      }
      defer { work.cancel() }
      for await frame in frames { try await write(frame) }
    }
    answer.headers.append(("X-Accel-Buffering", "no"))
    return answer
  }
}

/// Gives the place in the table back once: when the stream ends, or when its answer was never written.
final class StreamTicket: Sendable {
  private let action: Mutex<(@Sendable () -> Void)?>

  init(_ action: @escaping @Sendable () -> Void) { self.action = Mutex(action) }

  func leave() {
    let action = action.withLock { action in
      defer { action = nil }
      return action
    }
    action?()
  }

  deinit { leave() }
}

/// Where events are sent.
public struct EventSink: Sendable {
  fileprivate let continuation: AsyncStream<[UInt8]>.Continuation

  /// - Throws: `CancellationError` when the client is gone or too slow: it resumes by its last id.
  public func send(_ event: ServerEvent) throws {
    guard case .enqueued = continuation.yield(event.bytes) else {
      continuation.finish()
      throw CancellationError()
    }
  }

  fileprivate func comment() -> Bool {
    if case .terminated = continuation.yield(Array(":\n\n".utf8)) { false } else { true }
  }
}
