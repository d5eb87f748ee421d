import Foundation

/// What somebody may be allowed to do with a file or folder.
public enum AccessRight: String, Sendable {
  case read
  case write
  /// To reach what is in a folder.
  case enter

  fileprivate var mode: Int32 {
    switch self {
    case .read: R_OK
    case .write: W_OK
    case .enter: X_OK
    }
  }
}

extension LMDBError {
  /// The error behind a code that the operating system gave for `path`. Where a right was missing it says which, and for what.
  public init(code: Int32, at path: String, _ wanted: AccessRight) {
    guard [EACCES, EPERM].contains(code) else {
      self.init(code: code)
      return
    }
    let (place, right) = LMDBError.obstacle(on: path, wanted) ?? (path, wanted)
    self = .denied(path: place, right: right)
  }

  /// The first thing on the way to `path` that this process has no right for; `nil` if it could find none.
  private static func obstacle(on path: String, _ wanted: AccessRight) -> (String, AccessRight)? {
    func may(_ right: AccessRight, _ path: String) -> Bool { unsafe faccessat(AT_FDCWD, path, right.mode, AT_EACCESS) == 0 }
    var folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    let parent = folder.path
    var folders = [parent]
    while folder.path != "/" {
      folder = folder.deletingLastPathComponent()
      folders.append(folder.path)
    }
    for folder in folders.reversed() where !may(.enter, folder) { return (folder, .enter) }
    if unsafe access(path, F_OK) != 0 { return may(.write, parent) ? nil : (parent, .write) }
    return may(wanted, path) ? nil : (path, wanted)
  }
}
