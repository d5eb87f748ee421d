import Foundation
import Synchronization

/// Four threads count together: each waiting for its turn, or none. `scripts/test-deep` runs it under ThreadSanitizer.
@main
struct Counter {
  /// What nobody guards; the compiler is told to trust it.
  nonisolated(unsafe) private static var count = 0

  static func main() {
    let isRacing = CommandLine.arguments.last == "racing"
    let lock = Mutex(())
    let done = DispatchSemaphore(value: 0)
    // Threads of their own: on a busy machine a queue has one thread for all of it, and then nothing races.
    for _ in 0..<4 {
      Thread.detachNewThread {
        for _ in 0..<100_000 {
          if isRacing { count += 1 } else { lock.withLock { _ in count += 1 } }
        }
        done.signal()
      }
    }
    for _ in 0..<4 { done.wait() }
    print(count)
  }
}
