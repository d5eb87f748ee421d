import Foundation
import LMDB

/// The folder in which everything lives. `docs/data-format.md` says what is in each part.
public struct DataDirectory: Sendable {
  public let path: String

  public init(_ path: String) { self.path = path }

  /// One line: format number, lineage, time of creation.
  var format: String { path + "/format" }
  /// In a backup: what there is in it.
  var manifest: String { path + "/backup" }
  /// Held by the process that writes.
  var writerLock: String { path + "/writer.lock" }
  /// The truth: back this up.
  public var log: String { path + "/log" }
  /// A log of the newest format that is being made of the one in ``log``.
  var upgrade: String { path + "/upgrade" }
  /// Derived: delete at will.
  public var index: String { path + "/index" }
  /// Derived: delete at will.
  public var views: String { path + "/views" }
  /// How far consumer groups have come. Whoever deletes a group has its events handled again.
  public var groups: String { path + "/groups" }
  /// Data-subject keys.
  public var keys: String { path + "/keys" }
  /// Password verifiers.
  public var secrets: String { path + "/secrets" }
}
