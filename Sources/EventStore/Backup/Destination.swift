import Foundation
import LMDB

/// Where a copy is made: nothing may be there, before and after.
enum Destination {
  /// - Throws: `.unusable` for no name at all, which is an unset variable more often than not, and for one that is taken.
  static func check(_ path: String) throws(EventStoreError) {
    guard !path.isEmpty else {
      throw .unusable(path: "The destination", reason: "It has no name. Give one that does not exist yet.")
    }
    guard try storage({ () throws(LMDBError) in try FileSystem.isPresent(path) }) else { return }
    throw .unusable(path: path, reason: "There is something here already. Give a name that does not exist yet.")
  }

  /// Makes what is going to be at `path`. Whatever goes wrong, nothing of it stays.
  /// - Throws: `.unusable` if the disk is full, or if somebody else took the name meanwhile.
  static func making<Result>(_ path: String, _ body: () throws(EventStoreError) -> Result) throws(EventStoreError) -> Result {
    do throws(EventStoreError) { return try body() } catch {
      switch error {
      case .readOnly(.diskFull):
        throw .unusable(
          path: path, reason: "The disk is full. What was begun here was removed; free some room, or choose another place.")
      case .storage(.system(EEXIST)):
        throw .unusable(path: path, reason: "Somebody else made this meanwhile. What was begun here was removed.")
      default: throw error
      }
    }
  }
}
