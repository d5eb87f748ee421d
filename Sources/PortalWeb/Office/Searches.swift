import Foundation
import Projections
import Synchronization

/// The filters of searches, kept beside their sessions: a name in an address would end in histories and logs.
final class Searches: Sendable {
  private static let perSession = 10
  private static let sessions = 20_000
  private let kept = Mutex<[[UInt8]: [(handle: String, search: ApplicationSearch)]]>([:])

  /// - Returns: The handle that the address shows.
  func keep(_ search: ApplicationSearch, session: [UInt8]) -> String {
    let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
    let handle = String((0..<8).map { _ in letters[Int.random(in: 0..<letters.count)] })
    kept.withLock { kept in
      if kept.count >= Self.sessions { kept.removeAll() }
      kept[session, default: []].append((handle, search))
      if kept[session, default: []].count > Self.perSession { kept[session]?.removeFirst() }
    }
    return handle
  }

  subscript(handle: String, session: [UInt8]) -> ApplicationSearch? {
    kept.withLock { $0[session]?.first { $0.handle == handle }?.search }
  }
}
