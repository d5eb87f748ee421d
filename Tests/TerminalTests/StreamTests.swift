import Foundation
import Testing

@testable import Terminal

@Suite("Streams")
struct StreamTests {
  @Test("a folder is no input, and the reason is said")
  func folder() throws {
    let source = try InputSource("/tmp")
    #expect(throws: InputFault(path: "/tmp", errno: EISDIR)) { try source.read(upTo: 10) }
    #expect("\(InputFault(path: "-", errno: EBADF))" == "Standard input cannot be read: Bad file descriptor (errno 9).")
    #expect(throws: InputFault(path: "/nowhere", errno: ENOENT)) { try InputSource("/nowhere") }
  }

  @Test("a file is read to its end")
  func file() throws {
    let source = try InputSource(#filePath)
    var text = Data()
    while true {
      let part = try source.read(upTo: 100)
      if part.isEmpty { break }
      text += part
    }
    #expect(try text == Data(contentsOf: URL(fileURLWithPath: #filePath)))
  }
}

@Suite("Faults of maps")
struct MapFaultTests {
  private func report(_ address: UInt64, _ maps: String) -> MapFault? {
    let words = [7, address, 42].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) } }
    return MapFault(report: words + Array(maps.utf8))
  }

  @Test("name the file that was mapped at the address, and the place in it")
  func file() {
    let maps = """
      7f0000000000-7f0000100000 r--s 00000000 08:01 77                         /data/with space/log/data.mdb
      7f0000100000-7f0000200000 rw-p 00000000 00:00 0
      7f0000300000-7f0000400000 r--s 00002000 08:01 78                         /data/index/data.mdb
      """
    let fault = report(0x7f00_0000_1234, maps)
    #expect(fault?.file == "/data/with space/log/data.mdb" && fault?.offset == 0x1234 && fault?.signal == 7 && fault?.place == 42)
    #expect(report(0x7f00_0030_0010, maps)?.offset == 0x2010)
    #expect(report(0x7f00_0010_0010, maps)?.file == nil, "memory that is no file")
    #expect(report(0, maps)?.file == nil)
    #expect(MapFault(report: [1, 2, 3]) == nil)
  }
}
