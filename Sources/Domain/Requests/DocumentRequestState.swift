import Foundation
import Schema

/// The document requests of one application, by their identifiers.
public struct DocumentRequestState: Hashable, Sendable {
  public var requests: [UUID: Request] = [:]

  /// Requests that wait for answers: what "Action required" follows from.
  public var open: [UUID] { requests.filter { !$0.value.isCompleted }.map(\.key) }

  public struct Request: Hashable, Sendable {
    public var dueDay: CivilDay
    public var itemCount: Int
    /// The numbers of the items that have an answer.
    public var answered: Set<UInt32> = []
    /// Answered in full or cancelled.
    public var isCompleted = false
  }
}
