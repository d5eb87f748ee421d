import Foundation

/// How long a transaction stays open for more requests before it is committed.
///
/// Clients that append one event after the other all come back right after a commit. Whoever commits for the first of them
/// lets the others wait for the next turn. So a writer that had company expects as much again, as long as it keeps coming,
/// and never waits longer than a commit takes. A lone client never waits.
struct BatchWindow {
  /// Nobody came for so long: nobody is on the way.
  private static let patience = Duration.microseconds(150)
  /// How much of the company expected falls off with each commit that had less.
  private static let forgetting = 0.95

  private let clock = ContinuousClock()
  private var expected = 1
  private var began: ContinuousClock.Instant
  private var commitBegan: ContinuousClock.Instant
  private var commitDuration = Duration.zero

  init() {
    began = clock.now
    commitBegan = began
  }

  /// A transaction was begun.
  mutating func begin() { began = clock.now }

  /// Whether to write more in a transaction that has `count` requests, if need be after waiting for them.
  func takesMore(than count: Int, isWaiting: () -> Bool) -> Bool {
    let now = clock.now
    let end = min(now + BatchWindow.patience, began + commitDuration)
    guard now < end else { return false }
    if isWaiting() { return true }
    guard count < expected else { return false }
    while clock.now < end {
      sched_yield()
      if isWaiting() { return true }
    }
    return false
  }

  /// The transaction is complete and goes to the disk.
  mutating func beginCommit() { commitBegan = clock.now }

  /// The commit is done: it had `count` requests, and `waiting` more came during it.
  mutating func endCommit(of count: Int, waiting: Int) {
    commitDuration = clock.now - commitBegan
    expected = max(count + waiting, Int(Double(expected) * BatchWindow.forgetting))
  }

  /// How long the transaction took, from its beginning to the disk.
  var duration: Duration { commitBegan + commitDuration - began }
}
