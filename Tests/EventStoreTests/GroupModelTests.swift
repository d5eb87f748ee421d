import EventStore
import Foundation
import Synchronization
import TestSupport
import Testing

/// What a group must do, held against what it does: it hears of every event that is handled, when that begins and when it ends.
final class GroupModel: Sendable {
  private struct State {
    /// Up to where the log was read to learn what there is.
    var known: Position?
    /// What there is of each key, in order, and how many of them from the front were handled or skipped.
    var expected: [String: [Position]] = [:]
    var done: [String: Int] = [:]
    var active: Set<String> = []
    var handled: [Position: Int] = [:]
    var differences: [String] = []
  }

  private let state = Mutex(State())
  private let log: any EventLog
  private let types: Set<EventTypeName>?
  private let key: EventKey

  init(_ log: any EventLog, types: Set<EventTypeName>?, key: EventKey) { (self.log, self.types, self.key) = (log, types, key) }

  private func name(_ event: StoredEvent) -> String {
    guard case .tag(let prefix) = key else { return event.stream.name }
    return event.tags.first { $0.name.hasPrefix(prefix) }?.name ?? event.stream.name
  }

  private func learn(_ state: inout State) throws {
    guard let head = try log.head().position, head > state.known ?? .first || state.known == nil else { return }
    for event in try log.events(EventQuery(.all, from: .position(state.known?.next ?? .first), upTo: head)) {
      if types?.contains(event.type) ?? true { state.expected[name(event), default: []].append(event.position) }
    }
    state.known = head
  }

  func begin(_ event: StoredEvent) throws {
    let key = name(event)
    try state.withLock { state in
      try learn(&state)
      if !state.active.insert(key).inserted { state.differences.append("two members at \(key) at position \(event.position)") }
      let done = state.done[key, default: 0]
      guard let index = state.expected[key, default: []].firstIndex(of: event.position) else {
        return state.differences.append("position \(event.position) was not asked for")
      }
      if index > done { state.differences.append("position \(event.position) of \(key) before one that comes earlier") }
    }
  }

  func end(_ event: StoredEvent, isHandled: Bool) {
    let key = name(event)
    state.withLock { state in
      state.active.remove(key)
      guard isHandled else { return }
      state.handled[event.position, default: 0] += 1
      GroupModel.finish(event.position, of: key, &state)
    }
  }

  func skip(_ event: StoredEvent) { state.withLock { GroupModel.finish(event.position, of: name(event), &$0) } }

  private static func finish(_ position: Position, of key: String, _ state: inout State) {
    guard let index = state.expected[key, default: []].firstIndex(of: position) else { return }
    state.done[key] = max(state.done[key, default: 0], index + 1)
  }

  /// What was wrong so far; at the end, that some events were never handled, too.
  func differences(atTheEnd: Bool) throws -> [String] {
    try state.withLock { state in
      try learn(&state)
      let missed = atTheEnd ? state.expected.filter { state.done[$0.key, default: 0] < $0.value.count }.map { "events of \($0.key) were not handled" } : []
      return state.differences + missed
    }
  }

  /// Events that were handled more than once.
  var repeated: Int { state.withLock { $0.handled.values.count { $0 > 1 } } }
  var handled: Int { state.withLock { $0.handled.count } }
}

/// A history of a group that a seed decides: appends, members that come, go and fail, and a machine that forgets.
struct GroupHistory {
  private let setting: GroupUnderTest
  private let key: EventKey
  private let types: Set<EventTypeName>?
  private let shares: Int
  let model: GroupModel
  private var random: SeededGenerator
  private var group: ConsumerGroup?
  /// Events that cannot be handled, until somebody mends it.
  private var broken: Set<Position> = []
  /// Whether the machine dies now and then.
  let crashes: Bool

  struct Difference: Error, CustomStringConvertible {
    let description: String
  }

  init(_ kind: LogKind, seed: UInt64) throws {
    random = SeededGenerator(seed: seed)
    setting = try GroupUnderTest(kind)
    key = Bool.random(using: &random) ? .stream : .tag(prefix: "k:")
    types = Bool.random(using: &random) ? nil : ["test.A", "test.B"]
    shares = Int.random(in: 1...6, using: &random)
    crashes = Bool.random(using: &random)
    model = GroupModel(setting.test.log, types: types, key: key)
  }

  mutating func run(steps: Int) async throws {
    for _ in 0..<steps {
      switch Int.random(in: 0..<100, using: &random) {
      case 0..<35: try await append()
      case 35..<60: try await catchUp(members: Int.random(in: 1...3, using: &random))
      case 60..<75: try await runMembers()
      case 75..<85: try resume()
      case 85..<90 where crashes: try await crash()
      default: group = nil
      }
      if let difference = try model.differences(atTheEnd: false).first { throw Difference(description: difference) }
    }
    try await finish()
  }

  /// Mends everything, and handles what is left.
  mutating func finish() async throws {
    broken = []
    for share in try opened().status() {
      if let stop = share.stop { try opened().resume(share.number, stoppedAt: stop.position, .again) }
    }
    try await catchUp(members: 1)
    if let difference = try model.differences(atTheEnd: true).first { throw Difference(description: difference) }
    guard try opened().status().allSatisfy({ $0.behind == 0 && $0.stop == nil }) else { throw Difference(description: "a share is behind") }
  }

  private mutating func opened() throws -> ConsumerGroup {
    if let group { return group }
    let opened = try setting.open(types: types, key: key, shares: shares, batchSize: Int.random(in: 1...9, using: &random))
    group = opened
    return opened
  }

  mutating func append() async throws {
    for _ in 0..<Int.random(in: 1...30, using: &random) {
      let tags = (0..<Int.random(in: 0...2, using: &random)).map { EventStore.Tag($0 == 0 ? "k:\(Int.random(in: 0..<5, using: &random))" : "other") }
      let type = EventTypeName(["test.A", "test.B", "test.C"][Int.random(in: 0..<3, using: &random)])
      let receipt = try await setting.test.append(StreamID("s\(Int.random(in: 0..<6, using: &random))"), "", type: type, tags: tags)
      if Int.random(in: 0..<20, using: &random) == 0 { broken.insert(receipt.first) }
    }
  }

  private func handler() -> ConsumerGroup.Handler {
    { [model, broken] event in
      try model.begin(event)
      await Task.yield()
      let isHandled = !broken.contains(event.position)
      model.end(event, isHandled: isHandled)
      if !isHandled { throw CannotHandle() }
    }
  }

  private mutating func catchUp(members: Int) async throws {
    let (group, handler) = (try opened(), handler())
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for _ in 0..<members { tasks.addTask { try await group.catchUp(handler) } }
      try await tasks.waitForAll()
    }
  }

  /// Members that come and go while events are appended.
  private mutating func runMembers() async throws {
    let (group, handler) = (try opened(), handler())
    let members = (0..<Int.random(in: 1...4, using: &random)).map { _ in Task { try await group.run(handler) } }
    for member in members {
      try await append()
      member.cancel()
    }
    for member in members { try await member.value }
  }

  private mutating func resume() throws {
    guard let share = try opened().status().filter({ $0.stop != nil }).randomElement(using: &random), let stop = share.stop else { return }
    let isSkipped = Bool.random(using: &random)
    if isSkipped, let event = try setting.test.log.events(EventQuery(.all, from: .position(stop.position), limit: 1)).first { model.skip(event) }
    broken.remove(stop.position)
    try opened().resume(share.number, stoppedAt: stop.position, isSkipped ? .skipping : .again)
  }

  /// The machine dies after events were handled, and before it was stored.
  private mutating func crash() async throws {
    _ = try opened()
    group = nil
    let file = setting.directory.groups + "/mail/state/data.mdb"
    let before = try Data(contentsOf: URL(fileURLWithPath: file))
    try await catchUp(members: 2)
    group = nil
    try before.write(to: URL(fileURLWithPath: file))
  }

  /// The control: somebody moves the group on over what was not handled.
  mutating func lose() async throws {
    try await append()
    try opened().reset(to: setting.test.log.checkpoint())
  }
}

@Suite("Random histories of groups")
struct GroupModelTests {
  @Test("every event is handled, those of a key in order and by one member at a time, whoever comes, goes, fails or crashes", arguments: LogKind.allCases)
  func histories(_ kind: LogKind) async throws {
    let deadline = Depth.deadline
    var (histories, events) = (0, 0)
    while Depth.isDeep ? .now < deadline : histories < 6 {
      let seed = Depth.seed &+ UInt64(histories)
      do {
        var history = try GroupHistory(kind, seed: seed)
        try await history.run(steps: 40)
        #expect(history.crashes || history.model.repeated == 0, "without a crash nothing is handled twice")
        events += history.model.handled
      } catch {
        Issue.record("DOSSIER_SEED=\(seed): \(error)")
        return
      }
      histories += 1
    }
    Depth.report("random histories of groups, \(kind): \(histories) with \(events) events")
  }

  @Test("a group that is moved on over events is found out: the control that must find a difference")
  func control() async throws {
    var history = try GroupHistory(.inMemory, seed: 1)
    try await history.lose()
    await #expect(throws: GroupHistory.Difference.self) { try await history.finish() }
  }
}
