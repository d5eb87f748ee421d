import Synchronization

/// Lets one task at a time through for each key, in the order of arrival.
///
/// Commands about one account pass one after the other, so that they do not decide on states that are already out of
/// date. This saves work; what keeps the log right are the expectations of each append.
final class Turnstile<Key: Hashable & Sendable>: Sendable {
  /// A key is there while somebody is inside; the others wait in line.
  private let waiting = Mutex<[Key: [CheckedContinuation<Void, Never>]]>([:])

  func pass<Value>(
    _ key: Key, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
  ) async rethrows -> Value {
    await enter(key)
    defer { leave(key) }
    return try await body()
  }

  /// Waits for its turn; whoever enters leaves.
  func enter(_ key: Key) async {
    await withCheckedContinuation { continuation in
      let isFree = waiting.withLock { waiting in
        guard waiting[key] != nil else {
          waiting[key] = []
          return true
        }
        waiting[key]?.append(continuation)
        return false
      }
      if isFree { continuation.resume() }
    }
  }

  func leave(_ key: Key) {
    let next: CheckedContinuation<Void, Never>? = waiting.withLock { waiting in
      guard waiting[key]?.isEmpty == false else {
        waiting[key] = nil
        return nil
      }
      return waiting[key]?.removeFirst()
    }
    next?.resume()
  }
}
