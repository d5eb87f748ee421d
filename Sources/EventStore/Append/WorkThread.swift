import Foundation
import Synchronization

/// A thread that runs what it is given, one after the other. A sync to the disk blocks it and nobody else.
///
/// It keeps nothing alive but what it has still to run: when ``finish()`` returns, that is gone.
final class WorkThread: Sendable {
  /// How long the thread looks for more work after it had some.
  static let patience = Duration.microseconds(50)

  private struct State {
    var work: [@Sendable () -> Void] = []
    var isFinished = false
  }

  private final class Shared: Sendable {
    let state = Mutex(State())
    let wake = DispatchSemaphore(value: 0)
    let ended = DispatchSemaphore(value: 0)

    func run() {
      while let work = next() { work() }
      ended.signal()
    }

    /// Waits a moment with open eyes before it sleeps: waking a thread takes as long as a tenth of a sync.
    private func next() -> (@Sendable () -> Void)? {
      let clock = ContinuousClock()
      let patience = clock.now + WorkThread.patience
      while true {
        let (work, isFinished) = state.withLock { ($0.work.isEmpty ? nil : $0.work.removeFirst(), $0.isFinished) }
        if let work { return work }
        if isFinished { return nil }
        if clock.now < patience { sched_yield() } else { wake.wait() }
      }
    }
  }

  private let shared = Shared()

  init(name: String) {
    let thread = Thread { [shared] in shared.run() }
    thread.name = name
    thread.start()
  }

  func run(_ work: @escaping @Sendable () -> Void) {
    shared.state.withLock { $0.work.append(work) }
    shared.wake.signal()
  }

  /// Returns when everything was run. Nothing more may be given to run.
  func finish() {
    shared.state.withLock { $0.isFinished = true }
    shared.wake.signal()
    shared.ended.wait()
  }
}
