import Dispatch
import Foundation
import Synchronization
import Terminal

/// The bytes of a file or of standard input, read off the cooperative pool, until their end or a signal to stop.
final class CommandInput: Sendable {
  private static let chunkBytes = 1 << 16

  private struct State {
    var isStopped = false
    var waiting: CheckedContinuation<Data, any Error>?
  }

  private let source: InputSource
  private let queue = DispatchQueue(label: "input")
  private let state = Mutex(State())

  /// - Parameter path: `-` for standard input.
  init(_ path: String) throws(InputFault) {
    source = try InputSource(path)
  }

  /// Whether the run was told to stop: the line under way is finished, and no other begun.
  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// What comes next; empty at the end of the input, or when the run was told to stop.
  func next() async throws -> Data {
    try await withCheckedThrowingContinuation { continuation in
      let isStopped = state.withLock { state in
        if !state.isStopped { state.waiting = continuation }
        return state.isStopped
      }
      guard !isStopped else { return continuation.resume(returning: Data()) }
      queue.async { self.answer(Result { try self.read() }) }
    }
  }

  /// Ends the input here, even while nothing arrives.
  func stop() {
    state.withLock { $0.isStopped = true }
    answer(.success(Data()))
  }

  /// Stops on SIGINT and SIGTERM, as long as what is returned lives.
  func stopOnSignals() -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM].map { number in
      #if canImport(Darwin)
        signal(number, SIG_IGN)
      #endif
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { self.stop() }
      source.resume()
      return source
    }
  }

  private func answer(_ result: Result<Data, any Error>) {
    let waiting = state.withLock { state in
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume(with: result)
  }

  /// What is there: a pipe is not waited upon until it has filled a chunk.
  private func read() throws -> Data { try source.read(upTo: Self.chunkBytes) }
}
