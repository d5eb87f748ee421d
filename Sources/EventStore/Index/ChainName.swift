import LMDB

/// Something with events of its own: a stream, or a tag. Its hash is computed once, because the writer looks it up several
/// times.
struct ChainName: Hashable, Sendable {
  enum Kind: UInt8, Sendable {
    case stream = 0x73  // s
    case tag = 0x74  // t
  }

  let kind: Kind
  let name: String
  private let digest: UInt64

  init(_ stream: StreamID) { self.init(.stream, stream.name) }
  init(_ tag: Tag) { self.init(.tag, tag.name) }

  init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name
    digest = Checksum.of(name, seed: UInt64(kind.rawValue))
  }

  /// How the name stands in the index: a letter for the kind, then the name.
  var key: [UInt8] { [kind.rawValue] + name.utf8 }

  init?(key: [UInt8]) {
    guard let first = key.first, let kind = Kind(rawValue: first) else { return nil }
    self.init(kind, String(decoding: key.dropFirst(), as: UTF8.self))
  }

  func hash(into hasher: inout Hasher) { hasher.combine(digest) }

  /// The digest is a hash already: to hash it again took a third of the time of an append. The names are the program's own,
  /// nobody outside chooses them to collide.
  func _rawHashValue(seed: Int) -> Int { Int(truncatingIfNeeded: digest) ^ seed }

  static func == (a: ChainName, b: ChainName) -> Bool { a.digest == b.digest && a.kind == b.kind && a.name == b.name }
}

/// ASCII names in the order of their bytes: the order of the index.
extension ChainName: Comparable {
  static func < (a: ChainName, b: ChainName) -> Bool {
    a.kind == b.kind ? a.name < b.name : a.kind.rawValue < b.kind.rawValue
  }
}
