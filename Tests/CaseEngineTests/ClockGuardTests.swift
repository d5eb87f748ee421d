import CaseEngine
import EventStore
import Synchronization
import Testing

@Suite("A clock that jumps")
struct ClockGuardTests {
  /// Two clocks that a test moves.
  private final class Clocks: Sendable {
    private let state = Mutex((wall: Int64(1_700_000_000), monotonic: Int64(0)))

    func advance(wall: Int64, monotonic: Int64) {
      state.withLock { ($0.wall, $0.monotonic) = ($0.wall + wall, $0.monotonic + monotonic) }
    }

    var now: Timestamp { state.withLock { Timestamp(microseconds: $0.wall * 1_000_000) } }

    var read: @Sendable () -> ClockGuard.Reading {
      { [self] in
        state.withLock { .init(wall: Timestamp(microseconds: $0.wall * 1_000_000), monotonic: .seconds($0.monotonic)) }
      }
    }

    func after(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: now.microseconds + seconds * 1_000_000) }
  }

  private let clocks = Clocks()

  @Test("a jump of more than ten minutes against the monotonic clock holds everything, until somebody says that the clock is right")
  func jump() throws {
    for jump in [601, -601, 80 * 86_400] as [Int64] {
      let clockGuard = ClockGuard(newest: nil, read: clocks.read)
      clocks.advance(wall: 3_600 + 599, monotonic: 3_600)
      try clockGuard.check()
      clocks.advance(wall: jump, monotonic: 0)
      for _ in 0..<2 { #expect(throws: ClockHold.jumped(by: .seconds(jump))) { try clockGuard.check() } }
      clockGuard.accept()
      try clockGuard.check()
    }
  }

  @Test("a machine that slept is no jump")
  func sleep() throws {
    let clockGuard = ClockGuard(newest: clocks.now, read: clocks.read)
    clocks.advance(wall: 86_400, monotonic: 86_400)
    try clockGuard.check()
  }

  @Test("a clock far from the newest event holds from the beginning, unless it was accepted")
  func beginning() throws {
    let newest = [clocks.after(-31 * 86_400), clocks.after(601)]
    for newest in newest {
      #expect(throws: ClockHold.self) { try ClockGuard(newest: newest, read: clocks.read).check() }
      try ClockGuard(newest: newest, isAccepted: true, read: clocks.read).check()
    }
    for newest in [clocks.after(-29 * 86_400), clocks.after(599), nil] { try ClockGuard(newest: newest, read: clocks.read).check() }
  }
}
