import LMDB

/// One call of ``ConsumerGroup/run(_:)``: a seat that others see, and the shares that are its by that.
struct GroupMember {
  /// Why a member looks up.
  enum Wake: Sendable {
    /// The log has grown, or it is time to look who else is there.
    case look
    case turned(HeldShare)
    case failed(EventStoreError)
  }

  private let group: ConsumerGroup
  private var seat: (number: Int, lock: FileLock)?
  /// The shares that are this member's, whether it has them yet or not.
  private var mine: Set<Int> = []
  private var idle: [Int: HeldShare] = [:]
  private var busy: Set<Int> = []
  private var lastBalance: ContinuousClock.Instant?

  init(of group: ConsumerGroup) { self.group = group }

  mutating func take(_ wake: Wake) async throws(EventStoreError) {
    switch wake {
    case .look:
      guard lastBalance.map({ .now - $0 >= group.balanceInterval }) ?? true else { return }
      lastBalance = .now
      try await balance()
    case .failed(let error): throw error
    case .turned(let share):
      busy.remove(share.number)
      idle[share.number] = share
      if !mine.contains(share.number) { try await letGo() }
    }
  }

  /// The shares that have something to do now. They are busy until they are taken back.
  mutating func start(_ head: LogHead) -> [HeldShare] {
    let ready = idle.values.filter { mine.contains($0.number) && $0.isBehind(head) }
    for share in ready {
      idle[share.number] = nil
      busy.insert(share.number)
    }
    return ready
  }

  mutating func leave() async throws(EventStoreError) {
    mine = []
    try await letGo()
    seat = nil
  }

  /// Looks who is there, lets go of what is others' by now, takes what is its own and free, and stores how far all have come.
  private mutating func balance() async throws(EventStoreError) {
    if seat == nil { seat = try takeSeat() }
    mine = try sharesByNow()
    try await letGo()
    for number in mine where idle[number] == nil && !busy.contains(number) { idle[number] = try group.claim(number) }
    for (number, share) in idle where share.stored.stop != nil {
      // Somebody may have resumed it.
      idle[number] = HeldShare(number: number, lock: share.lock, stored: try group.file.row(of: number))
    }
    try await group.store(&idle)
  }

  /// Lets go of the shares that are not its own.
  private mutating func letGo() async throws(EventStoreError) {
    var others = idle.filter { !mine.contains($0.key) }
    for number in others.keys { idle[number] = nil }
    try await group.store(&others)
    for share in others.values { share.lock.release() }
  }

  private func takeSeat() throws(EventStoreError) -> (number: Int, lock: FileLock)? {
    for number in 0..<group.shareCount {
      if let lock = try ConsumerGroup.lock(group.lockPath(seat: number)) { return (number, lock) }
    }
    return nil
  }

  /// Those with a seat share in turns; who has none waits for one.
  private func sharesByNow() throws(EventStoreError) -> Set<Int> {
    guard let seat else { return [] }
    var taken: [Int] = []
    for number in 0..<group.shareCount {
      let holder = try ConsumerGroup.holder(of: group.lockPath(seat: number))
      if holder != nil { taken.append(number) }
    }
    guard taken.contains(seat.number) else {
      throw .unusable(
        path: group.lockPath(seat: seat.number),
        reason: "This lock was removed while a member of the group held it: two could handle the same events. Stop all members, then start them again.")
    }
    return Set((0..<group.shareCount).filter { taken[$0 % taken.count] == seat.number })
  }
}
