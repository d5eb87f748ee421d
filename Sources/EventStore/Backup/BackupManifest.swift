import Foundation
import LMDB

/// The file `backup` in a backup: what there is in it, and that nothing of it has changed since.
///
///     DOSSIER BACKUP 1
///     keys BYTES CHECKSUM      for each of log, keys and secrets that the backup has: its `data.mdb`
///
/// The checksum is XXH3-64 over stretches of 1 MiB, each seeded with the checksum of those before it, in hexadecimal digits. It is
/// read with plain reads before anything is mapped: a damaged file can end the process that maps it.
/// The same text stands in `docs/data-format.md`.
struct BackupManifest {
  private static let title = "DOSSIER BACKUP 1"

  private struct Entry: Equatable {
    let folder: String
    let bytes: Int
    let checksum: UInt64

    var line: String { "\(folder) \(bytes) \(String(checksum, radix: 16))" }
  }

  private let entries: [Entry]

  /// Looks at what is in `directory`.
  init(of directory: DataDirectory) throws(EventStoreError) {
    var entries: [Entry] = []
    for folder in BackupManifest.folders(of: directory) {
      guard try storage({ () throws(LMDBError) in try FileSystem.isPresent(folder.path + "/data.mdb") }) else { continue }
      entries.append(try BackupManifest.entry(folder.name, folder.path))
    }
    self.entries = entries
  }

  func write(to directory: DataDirectory) throws(EventStoreError) {
    let text = ([BackupManifest.title] + entries.map(\.line)).joined(separator: "\n") + "\n"
    try storage { () throws(LMDBError) in try FileSystem.write(Array(text.utf8), to: directory.manifest) }
  }

  /// Holds a backup against what was written when it was made; one from before there was a manifest, or a data directory that is
  /// no backup, is taken as it is.
  /// - Throws: `.unusable` if anything is missing or has changed.
  static func check(_ directory: DataDirectory) throws(EventStoreError) {
    guard try storage({ () throws(LMDBError) in try FileSystem.isPresent(directory.manifest) }) else { return }
    let lines = try storage { () throws(LMDBError) in try FileSystem.readFile(directory.manifest, limit: 4_096) }
      .split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    guard lines.first == title else {
      throw .unusable(path: directory.manifest, reason: "The file is damaged. Take another backup.")
    }
    for line in lines.dropFirst() {
      guard let folder = folders(of: directory).first(where: { line.hasPrefix($0.name + " ") }) else {
        throw .unusable(path: directory.manifest, reason: "The file is damaged, or of a newer build. Take another backup.")
      }
      guard try storage({ () throws(LMDBError) in try FileSystem.isPresent(folder.path + "/data.mdb") }) else {
        throw .unusable(path: folder.path, reason: "The backup had a file data.mdb here, and it is gone. Take another backup.")
      }
      guard try entry(folder.name, folder.path).line == line else {
        throw .unusable(
          path: folder.path + "/data.mdb",
          reason:
            "This is not the file that the backup wrote: it is damaged, was exchanged, or was written to. Take another backup.")
      }
    }
  }

  private static func folders(of directory: DataDirectory) -> [(name: String, path: String)] {
    [("log", directory.log), ("keys", directory.keys), ("secrets", directory.secrets)]
  }

  private static func entry(_ name: String, _ folder: String) throws(EventStoreError) -> Entry {
    let path = folder + "/data.mdb"
    return try storage { () throws(LMDBError) in
      guard FileSystem.isFile(path) else { throw .damagedFile(path: path, reason: "it is not a plain file") }
      return Entry(folder: name, bytes: FileSystem.size(of: path) ?? 0, checksum: try Checksum.ofFile(path))
    }
  }
}
