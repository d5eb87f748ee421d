import LMDB

/// Whether the files that a writer has open are still those that everybody else finds. Whoever goes on writing to a folder that was
/// moved or removed says yes to appends that nobody will see.
struct Grip: Sendable {
  private let lock: Whereabouts
  private let log: Whereabouts

  init(on directory: DataDirectory) throws(EventStoreError) {
    (lock, log) = try storage { () throws(LMDBError) in
      (try Whereabouts(directory.writerLock), try Whereabouts(directory.log + "/data.mdb"))
    }
  }

  /// Why nothing more may be written; `nil` as long as everything is in its place.
  var loss: String? {
    if !log.isUnchanged {
      return "\(log.path) was moved, removed or replaced while this process wrote it; the log itself is not damaged by that"
    }
    if !lock.isUnchanged {
      return "\(lock.path) was removed or replaced while this process held it, so another process may be writing; "
        + "the log itself is not damaged by that. Never remove this file"
    }
    return nil
  }
}
