import Foundation

/// What a process did to the files of a folder, in order, as the shim recorded it (`struct entry` in `Tests/FaultShim`).
struct Trace {
  enum Operation: Equatable {
    case makeFile(path: String, inode: UInt64)
    case makeFolder(path: String)
    /// `isSynced`: it returned when the bytes were on the disk.
    case write(inode: UInt64, offset: Int, bytes: [UInt8], isSynced: Bool)
    case truncate(inode: UInt64, length: Int)
    case sync(inode: UInt64, path: String)
    case rename(from: String, to: String)
    case remove(path: String)
    /// A line on standard output.
    case say(String)
  }

  let operations: [Operation]

  struct Unreadable: Error {}

  init(file: String) throws {
    var operations: [Operation] = []
    let data = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    func number(_ offset: Int, _ bytes: Int) -> UInt64 {
      (0..<bytes).reduce(0) { $0 | UInt64(data[offset + $1]) << UInt64(8 * $1) }
    }
    var offset = 0
    while offset + 32 <= data.count {
      let (kind, isSynced) = (number(offset, 4), number(offset + 4, 4) != 0)
      let (inode, place) = (number(offset + 8, 8), Int(number(offset + 16, 8)))
      let end = offset + 32 + Int(number(offset + 24, 4))
      let secondEnd = end + Int(number(offset + 28, 4))
      guard secondEnd <= data.count else { throw Unreadable() }
      let first = data[offset + 32..<end]
      let text = String(decoding: first, as: UTF8.self)
      switch kind {
      case 1: operations.append(.makeFile(path: text, inode: inode))
      case 2: operations.append(.makeFolder(path: text))
      case 3: operations.append(.write(inode: inode, offset: place, bytes: Array(first), isSynced: isSynced))
      case 4: operations.append(.truncate(inode: inode, length: place))
      case 5: operations.append(.sync(inode: inode, path: text))
      case 6: operations.append(.rename(from: text, to: String(decoding: data[end..<secondEnd], as: UTF8.self)))
      case 7: operations.append(.remove(path: text))
      case 8: operations.append(.say(text.trimmingCharacters(in: .newlines)))
      default: throw Unreadable()
      }
      offset = secondEnd
    }
    self.operations = operations
  }

  /// How many requests had their yes between a commit and the next.
  var answersOfCommits: [Int] {
    var answers: [Int] = []
    for operation in operations {
      switch operation {
      case .write(_, _, _, isSynced: true): answers.append(0)
      case .say(let line) where line.hasPrefix("yes") && !answers.isEmpty: answers[answers.count - 1] += 1
      default: break
      }
    }
    return answers.filter { $0 > 0 }
  }
}
