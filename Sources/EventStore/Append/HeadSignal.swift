import Foundation
import Synchronization

/// Wakes those who wait for the log to grow.
final class HeadSignal: Sendable {
  private struct State {
    var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
    var next: UInt64 = 0
    /// Counts the notifications, so that one between a look and a wait is not missed.
    var generation: UInt64 = 0
  }

  private let state = Mutex(State())

  func notify() {
    let waiting = state.withLock { state in
      defer { state.waiting.removeAll() }
      state.generation += 1
      return state.waiting.values
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Returns when `condition` holds, looked at now and after each notification, or when the task is cancelled.
  func wait(until condition: @Sendable () -> Bool) async {
    while !Task.isCancelled {
      let generation = state.withLock { $0.generation }
      if condition() { return }
      await next(after: generation)
    }
  }

  private func next(after generation: UInt64) async {
    let key = state.withLock { state in
      state.next += 1
      return state.next
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isLate = state.withLock { state in
          guard state.generation == generation, !Task.isCancelled else { return true }
          state.waiting[key] = continuation
          return false
        }
        if isLate { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: key) }?.resume()
    }
  }
}
