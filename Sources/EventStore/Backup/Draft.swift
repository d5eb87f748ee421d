import Foundation
import LMDB

/// Something that is made under another name beside its place, and gets its own when it is whole.
enum Draft {
  /// Where that is made which is going to be `path`.
  static func path(of path: String) -> String { URL(fileURLWithPath: path).path + ".new" }

  static func refuse(anythingAt path: String) throws(EventStoreError) {
    guard FileSystem.exists(path) else { return }
    throw .unusable(path: path, reason: "There is something here already. Give a name that does not exist yet.")
  }

  /// Makes something at `path`, where what an interrupted process left is removed first. At the end there is nothing: `body` gave
  /// it its name, or it is of no use, and on a full disk would be in the way of the log.
  /// - Throws: `.unusable` if the disk is full.
  static func make<Result>(at path: String, _ body: () throws(EventStoreError) -> Result) throws(EventStoreError) -> Result {
    try storage { () throws(LMDBError) in try FileSystem.removeTree(path) }
    defer { try? FileSystem.removeTree(path) }
    do throws(EventStoreError) { return try body() } catch {
      guard error == .readOnly(.diskFull) else { throw error }
      throw .unusable(path: path, reason: "The disk is full. What was begun here was removed; free some room, or choose another place.")
    }
  }
}
