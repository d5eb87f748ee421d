import EventStore
import Foundation
import TestSupport
import Testing

/// A history that a seed decides: every step is done to a log and to the model, and both must answer the same.
struct RandomHistory {
  private let directory: DataDirectory
  private let clock = ManualClock()
  private var log: (any EventLog)?
  private var model = LogModel()
  private var random: SeededGenerator
  private var requests: [AppendRequest] = []
  private var hashes: [Position: UInt64] = [:]
  /// Followers of the log that come by now and then.
  private var followers: [Follower] = []
  private let kind: LogKind

  /// What a follower asks for, where it stands, and what it got.
  private struct Follower {
    let query: EventQuery
    var checkpoint: LogCheckpoint?
    var followed: [LogModel.Entry] = []
  }

  /// What the two did not agree on.
  struct Difference: Error, CustomStringConvertible {
    let description: String
  }

  init(_ kind: LogKind, seed: UInt64, folder: TemporaryFolder) throws {
    self.kind = kind
    directory = DataDirectory(folder.path("history-\(seed)"))
    random = SeededGenerator(seed: seed)
    if kind == .inMemory { log = InMemoryEventLog(clock: clock.read) } else { try open() }
  }

  /// How many events there are.
  var length: Int { model.entries.count }

  mutating func run(steps: Int) async throws {
    for _ in 0..<steps { try await step() }
    try compareEverything()
    if kind == .lmdb { try verify() }
  }

  private mutating func step() async throws {
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<40: try await append(request())
    case 40..<48: try await append(broken())
    case 48..<54: try await append(repeated())
    case 54..<58: try await appendTogether()
    case 58..<62: clock.advance(bySeconds: .random(in: -50...200, using: &random))
    case 62..<85: try compare(query())
    case 85..<90: try compareHeads()
    case 90..<95: try await follow()
    default: try reopen()
    }
  }

  private func current() throws -> any EventLog {
    guard let log else { throw Difference(description: "the log is not open") }
    return log
  }

  // MARK: Opening

  private mutating func open(_ access: LMDBEventLog.Options = .init()) throws {
    var options = access
    options.clock = clock.read
    log = try LMDBEventLog(directory: directory, options: options)
  }

  /// Closes and opens again; now and then without its index, now and then for reading first.
  private mutating func reopen() throws {
    guard kind == .lmdb else { return }
    if let log = log as? LMDBEventLog, Bool.random(using: &random) { log.close() }
    log = nil
    if Int.random(in: 0..<4, using: &random) == 0 { try? FileManager.default.removeItem(atPath: directory.index) }
    if Int.random(in: 0..<3, using: &random) == 0 {
      try open(.init(access: .readOnly))
      try compare(query())
      try compareHeads()
      log = nil
    }
    try open()
  }

  private func verify() throws {
    guard let log = log as? LMDBEventLog else { return }
    var findings: [LogVerification.Finding] = []
    let summary = try LogVerification(log).run { findings.append($0) }
    guard findings.isEmpty, summary.events == UInt64(length) else { throw Difference(description: "verification: \(findings)") }
  }

  // MARK: Appending

  private mutating func stream() -> StreamID { StreamID("s\(Int.random(in: 0..<6, using: &random))") }
  private mutating func tag() -> EventStore.Tag { EventStore.Tag("t\(Int.random(in: 0..<9, using: &random))") }
  private mutating func type() -> EventTypeName { EventTypeName("model.Type\(Int.random(in: 0..<7, using: &random))") }

  private mutating func event() -> NewEvent {
    // Ids are often older than what was stored meanwhile.
    let age = Int64.random(in: 0...20_000_000, using: &random)
    let id = UUID.v7(at: Timestamp(microseconds: clock.now.microseconds - age), using: &random)
    var tags: [EventStore.Tag] = []
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let tag = tag()
      if !tags.contains(tag) { tags.append(tag) }
    }
    func other() -> UUID { .v7(at: clock.now, using: &random) }
    let origin = Origin(
      command: other(), commandDigest: random.next(), correlation: Bool.random(using: &random) ? other() : nil,
      causation: Bool.random(using: &random) ? other() : nil, actor: Actor("model/\(Int.random(in: 0..<3, using: &random))"))
    let size = Int.random(in: 0..<30, using: &random) == 0 ? 9_000 : 300
    return NewEvent(
      id: id, stream: stream(), type: type(), tags: tags, origin: origin, payload: bytes(upTo: size),
      sealed: Bool.random(using: &random) ? SealedPayload(subject: other(), bytes: bytes(upTo: 90)) : nil)
  }

  private mutating func bytes(upTo count: Int) -> [UInt8] {
    (0..<Int.random(in: 0...count, using: &random)).map { UInt8(truncatingIfNeeded: $0 &* 7) }
  }

  private mutating func request() -> AppendRequest {
    let count = Int.random(in: 0..<25, using: &random) == 0 ? Int.random(in: 100...400, using: &random) : Int.random(in: 1...4, using: &random)
    var request = AppendRequest((0..<count).map { _ in event() })
    if Int.random(in: 0..<15, using: &random) == 0 {
      request.events[0].id = .v7(at: Timestamp(microseconds: clock.now.microseconds + 300_000_000), using: &random)
    }
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      let stream = Bool.random(using: &random) ? stream() : request.events[0].stream
      let length = model.length(of: stream)
      let right: EventStore.Expectation = length == 0 ? .noStream : .revision(Revision(length - 1))
      let any: [EventStore.Expectation] = [right, right, right, .any, .noStream, .streamExists, .revision(Revision(length))]
      request.expectations[stream] = any.randomElement(using: &random)
    }
    if Int.random(in: 0..<10, using: &random) == 0 {
      request.notAfter = Timestamp(microseconds: clock.now.microseconds + Int64.random(in: -9_000_000...9_000_000, using: &random))
    }
    return request
  }

  /// A request that can never be stored.
  private mutating func broken() -> AppendRequest {
    var request = request()
    switch Int.random(in: 0..<4, using: &random) {
    case 0: request.events = []
    case 1: request.events.append(request.events[0])
    case 2: request.events[0].tags = (0..<9).map { EventStore.Tag("t\($0)") }
    default: request.events[0].tags = ["t1", "t2", "t1"]
    }
    return request
  }

  /// A request that was made before; now and then with less, or something else, before or after its first event.
  private mutating func repeated() -> AppendRequest {
    guard var request = requests.randomElement(using: &random) else { return self.request() }
    switch Int.random(in: 0..<7, using: &random) {
    case 0: request.events.append(event())
    case 1: request.events = [request.events[0]]
    case 2: request.events.insert(event(), at: 0)
    case 3: request.events = self.request().events + (requests.randomElement(using: &random)?.events ?? [])
    default: break
    }
    return request
  }

  private mutating func append(_ request: AppendRequest) async throws {
    func answer(_ body: () async throws -> AppendReceipt) async -> Result<AppendReceipt, EventStoreError> {
      do { return .success(try await body()) } catch { return .failure(error as? EventStoreError ?? .closed) }
    }
    let log = try current()
    let real = await answer { try await log.append(request) }
    var after = model
    let expected: Result<AppendReceipt, EventStoreError>
    do throws(EventStoreError) { expected = .success(try after.append(request, at: clock.now)) } catch { expected = .failure(error) }
    model = after
    guard real == expected else { throw Difference(description: "an append answered \(real), not \(expected)") }
    if case .success = real { requests.append(request) }
  }

  /// Several appends at the same time: whatever their order was, it is the order of their positions.
  private mutating func appendTogether() async throws {
    let log = try current()
    let requests = (0..<Int.random(in: 2...6, using: &random)).map { _ in
      var event = event()
      event.id = .v7(at: Timestamp(microseconds: clock.now.microseconds - 1_000), using: &random)
      return AppendRequest([event])
    }
    let receipts = try await withThrowingTaskGroup(of: (AppendReceipt, AppendRequest).self) { group in
      for request in requests { group.addTask { (try await log.append(request), request) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for (receipt, request) in receipts.sorted(by: { $0.0.first < $1.0.first }) {
      guard try model.append(request, at: clock.now) == receipt else { throw Difference(description: "appends at the same time") }
    }
  }

  // MARK: Reading

  private mutating func query() -> EventQuery {
    let sources: [EventQuery.Source] = [.all, .stream(stream()), .tag(tag())]
    var query = EventQuery(sources.randomElement(using: &random) ?? .all, direction: Bool.random(using: &random) ? .forwards : .backwards)
    let place = position(UInt64.random(in: 1...UInt64(length + 3), using: &random))
    let time = Timestamp(microseconds: clock.now.microseconds + Int64.random(in: -900_000_000...60_000_000, using: &random))
    let edges = [Int64.min, .max].map { EventQuery.Start.time(Timestamp(microseconds: $0)) }
    let starts: [EventQuery.Start] = [.end, .position(place), .position(place), .time(time), .time(time)] + edges
    query.start = starts.randomElement(using: &random) ?? .end
    if Int.random(in: 0..<3, using: &random) == 0 { query.upTo = position(UInt64.random(in: 1...UInt64(length + 3), using: &random)) }
    if Int.random(in: 0..<3, using: &random) == 0 { query.types = [type(), type()] }
    if Int.random(in: 0..<4, using: &random) == 0 { query.share = share() }
    if Int.random(in: 0..<3, using: &random) == 0 { query.limit = Int.random(in: 0...12, using: &random) }
    return query
  }

  private func compare(_ query: EventQuery) throws {
    let (real, expected) = (try current().events(query).map(LogModel.Entry.init), model.read(query))
    guard real == expected else {
      throw Difference(description: "\(query) gave \(real.map(\.position)), not \(expected.map(\.position))")
    }
  }

  private mutating func compareHeads() throws {
    let log = try current()
    let (stream, tag) = (stream(), tag())
    guard try log.head(of: stream) == model.head({ $0.stream == stream }), try log.head(of: tag) == model.head({ $0.tags.contains(tag) }),
      try log.head().position == model.entries.last?.position, try log.head().time == model.lastTime
    else { throw Difference(description: "heads of \(stream), \(tag) or the log") }
    let place = position(UInt64.random(in: 1...UInt64(length + 2), using: &random))
    let hash = try log.prefixHash(at: place)
    guard (hash != nil) == (place.rawValue <= length), hashes[place] == nil || hashes[place] == hash else {
      throw Difference(description: "the prefix hash at \(place)")
    }
    hashes[place] = hash
  }

  private mutating func share() -> EventShare {
    let count = Int.random(in: 1...5, using: &random)
    return EventShare(Int.random(in: 0..<count, using: &random), of: count, by: Bool.random(using: &random) ? .stream : .tag(prefix: "t"))
  }

  /// A follower takes up where it left off, now and then with only some of what there is.
  private mutating func follow() async throws {
    guard length > 0 else { return }
    if followers.count < 4 {
      var query = query()
      (query.start, query.direction, query.upTo, query.limit) = (.end, .forwards, nil, nil)
      followers.append(Follower(query: query))
    }
    var follower = followers.remove(at: Int.random(in: 0..<followers.count, using: &random))
    let query = follower.query
    let subscription = try current().subscribe(
      to: query.source, after: follower.checkpoint, types: query.types, share: query.share, batchSize: Int.random(in: 1...50, using: &random))
    var iterator = subscription.makeAsyncIterator()
    for _ in 0..<Int.random(in: 1...40, using: &random) where (follower.checkpoint?.position?.rawValue ?? 0) < length {
      guard let batch = try await iterator.next() else { break }
      follower.followed += batch.events.map(LogModel.Entry.init)
      follower.checkpoint = batch.checkpoint
    }
    followers.append(follower)
    var expected = query
    expected.upTo = follower.checkpoint?.position
    guard follower.followed == model.read(expected) else { throw Difference(description: "a follower of \(query) missed or doubled events") }
  }

  private mutating func compareEverything() throws {
    for number in 0..<6 {
      try compare(EventQuery(.stream(StreamID("s\(number)"))))
      try compare(EventQuery(.stream(StreamID("s\(number)")), direction: .backwards))
    }
    for number in 0..<9 { try compare(EventQuery(.tag(EventStore.Tag("t\(number)")))) }
    try compare(EventQuery(.all))
    try compare(EventQuery(.all, direction: .backwards))
    try compareHeads()
  }
}
