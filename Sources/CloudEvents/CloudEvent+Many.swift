import Foundation
import Synchronization

/// Texts take longer than the log: many lines are made, and read, by all processors.
extension CloudEvent {
  /// The lines of `events`, each with its end.
  public static func lines(of events: [CloudEvent]) -> Data {
    events.concurrentMap { Data(($0.json.text + "\n").utf8) }.reduce(into: Data()) { $0.append($1) }
  }

  /// What becomes of each line.
  public static func read(_ lines: [[UInt8]]) -> [Result<CloudEvent, CloudEventFault>] {
    lines.concurrentMap { line in Result { () throws(CloudEventFault) in try CloudEvent(line: line) } }
  }
}

extension Array where Element: Sendable {
  /// Like `map`, in any order on all processors.
  fileprivate func concurrentMap<Value: Sendable>(_ transform: @Sendable (Element) -> Value) -> [Value] {
    let parts = Swift.min(ProcessInfo.processInfo.activeProcessorCount, count)
    let done = Mutex<[Int: [Value]]>([:])
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      let values = self[count * part / parts..<count * (part + 1) / parts].map(transform)
      done.withLock { $0[part] = values }
    }
    return done.withLock { done in (0..<parts).flatMap { done[$0] ?? [] } }
  }
}
