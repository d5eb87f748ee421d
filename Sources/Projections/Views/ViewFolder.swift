import EventStore
import Foundation
import LMDB

/// The folder of a read model: its versions, and which of them is live.
///
///     views/NAME/current              the name of the live version's folder
///     views/NAME/FINGERPRINT.N/       the Nth version that was made
///     views/NAME/building/            a version that is being made; left over if nobody holds the lock
///     views/NAME/lock                 held while a version is made
struct ViewFolder: Sendable {
  let name: ProjectionName
  let path: String

  private let views: String

  init(_ name: ProjectionName, in dataDirectory: DataDirectory) {
    self.name = name
    views = dataDirectory.views
    path = "\(views)/\(name)"
  }

  var building: String { path + "/building" }

  /// The live version's folder name; `nil` if there is none.
  func current() -> String? {
    guard let text = try? String(contentsOfFile: path + "/current", encoding: .utf8) else { return nil }
    let name = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return name.isEmpty || name.contains("/") ? nil : name
  }

  func version(_ name: String) -> String { path + "/" + name }

  /// Makes the folder, takes the lock, and removes what a killed rebuild left.
  func beginBuilding() throws(ProjectionError) -> FileLock {
    try lmdb { () throws(LMDBError) in
      try FileSystem.makeFolder(views)
      try FileSystem.makeFolder(path)
    }
    let lock: FileLock
    do throws(FileLock.Failure) {
      lock = try FileLock(path: path + "/lock", holder: "process \(ProcessInfo.processInfo.processIdentifier)")
    } catch {
      switch error {
      case .held(let holder): throw .rebuilding(name, by: holder)
      case .system(let code): throw .storage(LMDBError(code: code, at: path + "/lock", .write))
      }
    }
    try lmdb { () throws(LMDBError) in
      try FileSystem.removeTree(building)
      Workpiece.removeLeftovers(of: building)
    }
    return lock
  }

  /// Makes what was built the live version, in one step: whoever looks sees the old one whole or the new one whole.
  /// - Precondition: The environment in `building` is closed, and the lock is held.
  func goLive(fingerprint: String, keeping: Retention) throws(ProjectionError) {
    let old = versions()
    let number = (old.compactMap(ViewFolder.number).max() ?? 0) + 1
    let name = "\(fingerprint).\(number)"
    try lmdb { () throws(LMDBError) in
      try FileSystem.rename(building, to: version(name))
      try FileSystem.write(Array((name + "\n").utf8), to: path + "/current")
      guard keeping == .newest else { return }
      for version in old { try FileSystem.removeTree(self.version(version)) }
    }
  }

  private func versions() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { ViewFolder.number(of: $0) != nil }
  }

  private static func number(of version: String) -> Int? {
    let parts = version.split(separator: ".")
    return parts.count == 2 && parts[0].count == 16 ? Int(parts[1]) : nil
  }
}

/// What happens to the versions that a rebuild replaces.
public enum Retention: Sendable { case newest, all }
