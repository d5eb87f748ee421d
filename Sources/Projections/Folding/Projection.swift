import Domain
import EventStore
import Foundation
import LMDB
import Schema
import SwiftProtobuf

/// The name of a read model, and of its folder.
public struct ProjectionName: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  public let name: String
  public init(stringLiteral value: String) { name = value }
  public var description: String { name }
}

/// A pure fold of the log into rows: no clock, no random value, no input or output, no locale, no keys. Personal data goes
/// into a row as it stands in the event, sealed.
public protocol Projection: Sendable {
  static var name: ProjectionName { get }
  /// Raise it when `apply` makes other rows of the same events.
  static var version: Int { get }
  /// The event types that change a row, and how much of each is needed.
  static var handles: [EventTypeName: Need] { get }
  /// The kinds of streams those events stand in: a type in such a stream that this build does not know stops the fold.
  static var streams: Set<StreamKind> { get }

  /// The messages that the rows are, by the kind in their keys.
  static var rowTypes: [UInt8: any Message.Type] { get }

  init()

  /// Folds one event of a type in ``handles`` into the rows of its account.
  /// - Throws: `.cannotFold` if the history contradicts itself, before any row is changed: nobody takes changes back.
  func apply(_ event: FoldEvent, to rows: inout WorkingRows) throws(ProjectionError)
}

extension Dictionary<EventTypeName, Need> {
  /// The stored names that are read as these messages, old versions included.
  static func reading(_ needs: [Need: [any EventMessage.Type]]) -> [EventTypeName: Need] {
    needs.reduce(into: [:]) { handles, entry in
      let names = EventCodec().storedNames(readAs: Set<String>(entry.value.map { $0.protoMessageName }))
      for name in names { handles[EventTypeName(name)] = entry.key }
    }
  }
}

extension Projection {
  /// Tells rows of this build from rows that another build made otherwise: 16 hexadecimal digits.
  public static var fingerprint: String {
    let text = "\(name) \(version) \(RowSchema.digest) \(handles.keys.sorted().map(\.name).joined(separator: " "))"
    let digits = String(Checksum.of(Array(text.utf8).span.raw, seed: 0), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
