import Foundation

/// How long to wait for more requests before a commit.
///
/// Clients that append one event after the other all come back right after a commit. Whoever takes the first of them at
/// once commits for one and lets the others wait for the next turn. So after commits for many, the writer waits for about
/// as many again, as long as they keep coming, and never longer than a commit takes. A lone client never waits.
struct Pace {
  /// Nobody came for so long: nobody is on the way.
  static let patience = Duration.microseconds(150)
  /// How much of the company expected falls off with each commit that had less.
  static let forgetting = 0.95

  private var expected = 1
  private var lastDuration = Duration.zero

  /// Returns when `waiting()` requests are worth a commit.
  func gather(_ waiting: () -> Int) {
    var seen = waiting()
    guard (1..<expected).contains(seen) else { return }
    let clock = ContinuousClock()
    let start = clock.now
    var lastArrival = start
    while seen < expected {
      sched_yield()
      let (now, count) = (clock.now, waiting())
      if count > seen {
        seen = count
        lastArrival = now
      } else if now - lastArrival > Pace.patience || now - start > lastDuration {
        return
      }
    }
  }

  /// Runs `commit` for `count` requests, and remembers how long it took.
  mutating func committing(_ count: Int, _ commit: () -> Void) {
    lastDuration = ContinuousClock().measure(commit)
    expected = max(count, Int(Double(expected) * Pace.forgetting))
  }
}
