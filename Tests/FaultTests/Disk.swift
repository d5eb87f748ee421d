import Foundation
import TestSupport

/// The harshest disk that keeps its word: it has what was synced, and of everything else whatever it likes.
///
/// The bytes of a file are there after a sync of the file; an entry of a folder after a sync of the folder; a write through a
/// descriptor opened with `O_DSYNC` when it returns.
struct Disk {
  typealias Node = Int

  /// A change that may be on the disk or not.
  enum Change {
    case write(Node, offset: Int, bytes: [UInt8])
    case truncate(Node, length: Int)
    case link(folder: Node, name: String, node: Node)
    case unlink(folder: Node, name: String)
    case rename(from: Node, name: String, to: Node, newName: String, node: Node)
  }

  private(set) var content = Content()
  private(set) var pending: [Change] = []

  /// What is on the disk for sure, or in an image made of it.
  struct Content {
    fileprivate(set) var files: [Node: [UInt8]] = [:]
    fileprivate(set) var folders: [Node: [String: Node]] = [0: [:]]

    mutating func apply(_ change: Change) {
      switch change {
      case .write(let node, let offset, let bytes):
        files[node, default: []].put(bytes, at: offset)
      case .truncate(let node, let length):
        let count = files[node, default: []].count
        if count > length { files[node]?.removeLast(count - length) }
        if count < length { files[node, default: []].append(contentsOf: [UInt8](repeating: 0, count: length - count)) }
      case .link(let folder, let name, let node): folders[folder, default: [:]][name] = node
      case .unlink(let folder, let name): folders[folder]?[name] = nil
      case .rename(let from, let name, let to, let newName, let node):
        if folders[from]?[name] == node { folders[from]?[name] = nil }
        folders[to, default: [:]][newName] = node
      }
    }

    /// Makes the files and folders under `path`.
    func write(to path: String, isFolder: (Node) -> Bool, from folder: Node = 0) throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (name, node) in folders[folder] ?? [:] {
        if isFolder(node) {
          try write(to: path + "/" + name, isFolder: isFolder, from: node)
        } else {
          try Data(files[node] ?? []).write(to: URL(fileURLWithPath: path + "/" + name))
        }
      }
    }
  }

  // MARK: What the process sees

  private let root: String
  /// Whether syncs of files do nothing: what the control is about.
  private let ignoresSyncs: Bool
  private var live: [Node: [String: Node]] = [0: [:]]
  private var nodes: [UInt64: Node] = [:]
  private var newest: Node = 0

  init(root: String, ignoresSyncs: Bool = false) {
    self.root = root
    self.ignoresSyncs = ignoresSyncs
  }

  func isFolder(_ node: Node) -> Bool { live[node] != nil }

  /// The folder and the name of a path, as the process sees them now.
  private func place(_ path: String) -> (folder: Node, name: String)? {
    guard path.hasPrefix(root + "/") else { return nil }
    let names = path.dropFirst(root.count + 1).split(separator: "/").map(String.init)
    var folder: Node = 0
    for name in names.dropLast() {
      guard let next = live[folder]?[name] else { return nil }
      folder = next
    }
    return names.last.map { (folder, $0) }
  }

  private func folder(at path: String) -> Node? {
    if path == root { return 0 }
    guard let place = place(path), let node = live[place.folder]?[place.name], isFolder(node) else { return nil }
    return node
  }

  // MARK: What it does

  /// The change that an operation makes, before anybody synced it; `nil` if it makes none.
  mutating func change(of operation: Trace.Operation) -> Change? {
    switch operation {
    case .makeFile(let path, let inode):
      guard let place = place(path) else { return nil }
      newest += 1
      nodes[inode] = newest
      live[place.folder]?[place.name] = newest
      return .link(folder: place.folder, name: place.name, node: newest)
    case .makeFolder(let path):
      guard let place = place(path) else { return nil }
      newest += 1
      live[newest] = [:]
      live[place.folder]?[place.name] = newest
      return .link(folder: place.folder, name: place.name, node: newest)
    case .write(let inode, let offset, let bytes, _): return nodes[inode].map { .write($0, offset: offset, bytes: bytes) }
    case .truncate(let inode, let length): return nodes[inode].map { .truncate($0, length: length) }
    case .rename(let from, let to):
      guard let old = place(from), let new = place(to), let node = live[old.folder]?[old.name] else { return nil }
      live[old.folder]?[old.name] = nil
      live[new.folder]?[new.name] = node
      return .rename(from: old.folder, name: old.name, to: new.folder, newName: new.name, node: node)
    case .remove(let path):
      guard let place = place(path) else { return nil }
      live[place.folder]?[place.name] = nil
      return .unlink(folder: place.folder, name: place.name)
    case .sync, .say: return nil
    }
  }

  /// The operation is over.
  mutating func finish(_ operation: Trace.Operation, making change: Change?) {
    if let change {
      if case .write(_, _, _, isSynced: true) = operation, !ignoresSyncs { content.apply(change) } else { pending.append(change) }
    }
    guard case .sync(let inode, let path) = operation else { return }
    if let folder = folder(at: path) {
      settle { $0.concerns(folder: folder) }
    } else if let node = nodes[inode], !ignoresSyncs {
      settle { $0.concerns(file: node) }
    }
  }

  private mutating func settle(_ isSynced: (Change) -> Bool) {
    for change in pending where isSynced(change) { content.apply(change) }
    pending.removeAll(where: isSynced)
  }
}

extension Disk.Change {
  fileprivate func concerns(file: Disk.Node) -> Bool {
    switch self {
    case .write(let node, _, _), .truncate(let node, _): node == file
    default: false
    }
  }

  fileprivate func concerns(folder: Disk.Node) -> Bool {
    switch self {
    case .link(let place, _, _), .unlink(let place, _): place == folder
    case .rename(let from, _, let to, _, _): from == folder || to == folder
    default: false
    }
  }
}

extension [UInt8] {
  fileprivate mutating func put(_ bytes: [UInt8], at offset: Int) {
    if count < offset + bytes.count { append(contentsOf: [UInt8](repeating: 0, count: offset + bytes.count - count)) }
    replaceSubrange(offset..<offset + bytes.count, with: bytes)
  }
}
