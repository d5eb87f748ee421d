import Foundation

/// How long to wait for more requests before a commit.
///
/// Clients that append one event after the other all come back right after a commit. Whoever takes the first of them at
/// once commits for one and lets the others wait for the next turn. So after commits for many, the writer waits for about
/// as many again, but never longer than a fraction of what the commit took. A lone client never waits.
struct Pace {
  /// The part of a commit's duration that waiting for company may take.
  static let patience = 0.25

  /// How much of the company expected falls off with each commit that had less.
  static let forgetting = 0.95

  private var expected = 1
  private var lastDuration = Duration.zero

  /// Returns when `waiting()` requests are worth a commit.
  func gather(_ waiting: () -> Int) {
    guard (1..<expected).contains(waiting()) else { return }
    let clock = ContinuousClock()
    let deadline = clock.now + lastDuration * Pace.patience
    while waiting() < expected, clock.now < deadline { sched_yield() }
  }

  /// Runs `commit` for `count` requests, and remembers how long it took.
  mutating func committing(_ count: Int, _ commit: () -> Void) {
    lastDuration = ContinuousClock().measure(commit)
    expected = max(count, Int(Double(expected) * Pace.forgetting))
  }
}
