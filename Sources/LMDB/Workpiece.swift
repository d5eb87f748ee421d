import Foundation

/// Something that is made under a name of its own beside its place, and gets its own name when it is whole.
///
/// Nobody can guess the name, nothing that is there is ever taken over, and the folder is locked while its maker lives. So what a
/// killed maker left is told from what is being made and from what somebody else put there.
public final class Workpiece: Sendable {
  /// What stands between the name of the thing and sixteen hexadecimal digits.
  static let mark = ".draft-"
  private static let digits = 16
  /// What there is in our folders. A folder that holds anything else is not removed.
  private static let contents: Set = [
    "data.mdb", "lock.mdb", "log", "keys", "secrets", "index", "ids", "format", "backup", "writer.lock",
  ]

  public let path: String
  private let descriptor: Int32

  /// Makes the folder of a draft, after it removed those that killed makers of the same thing left.
  /// - Parameter destination: What the draft is going to be.
  public init(folderFor destination: String) throws(LMDBError) {
    Workpiece.removeLeftovers(of: destination)
    path = Workpiece.name(for: destination)
    try FileSystem.makeNewFolder(path)
    descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw LMDBError(code: errno, at: path, .read) }
    _ = flock(descriptor, LOCK_EX | LOCK_NB)
  }

  deinit { close(descriptor) }

  /// Gives the draft its name, unless something has it.
  /// - Throws: `.system(EEXIST)`.
  public func finish(as destination: String) throws(LMDBError) { try FileSystem.rename(path, toNew: destination) }

  /// A name for a draft of `destination` that nobody else has.
  public static func name(for destination: String) -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return plain(destination) + mark + String(repeating: "0", count: Workpiece.digits - digits.count) + digits
  }

  /// Whether `name` is one that ``name(for:)`` makes for something called `thing`.
  public static func isName(_ name: String, of thing: String) -> Bool {
    guard name.hasPrefix(thing + mark) else { return false }
    let suffix = name.utf8.dropFirst((thing + mark).utf8.count)
    return suffix.count == digits && suffix.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// Removes drafts of `destination` that nobody is at work on: folders with what is in our folders and nothing else, and files of
  /// ours. Whatever cannot be removed stays.
  public static func removeLeftovers(of destination: String) {
    let (parent, thing) = place(of: destination)
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where isName(name, of: thing) {
      let path = parent + "/" + name
      let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, isOurs(path) else { continue }
      try? FileSystem.removeTree(path)
    }
  }

  private static func isOurs(_ path: String) -> Bool {
    guard let inside = try? FileManager.default.subpathsOfDirectory(atPath: path), FileSystem.isFolder(path) else {
      guard FileSystem.isFile(path), let start = try? FileSystem.read(path, offset: 0, count: fileMark.count) else { return false }
      return start.isEmpty || start == fileMark
    }
    return inside.allSatisfy { contents.contains(URL(fileURLWithPath: $0).lastPathComponent) || $0.contains(mark) }
  }

  /// What our files begin with.
  private static let fileMark = Array("DOSSIER ".utf8)

  private static func plain(_ path: String) -> String { URL(fileURLWithPath: path).path }

  private static func place(of path: String) -> (parent: String, name: String) {
    let url = URL(fileURLWithPath: path)
    return (url.deletingLastPathComponent().path, url.lastPathComponent)
  }
}
