import Foundation
import Testing

@Suite("The verdict of a verification")
struct VerdictTests {
  /// An address in no file, which a damaged page can lead to as well, says nothing for certain and is reported as that.
  @Test("names the file and the byte of a page that cannot be read")
  func damaged() throws {
    let shell = Shell()
    try shell.fill()
    let path = shell.data + "/log/data.mdb"
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    var found = 0
    for page in 2..<whole.count / 4_096 where whole[page * 4_096 + 10] == 2 {
      // The places of a leaf's rows, moved beyond the page: behind the end of the file, where that is near.
      var bytes = whole
      let lower = Int(bytes[page * 4_096 + 12]) | Int(bytes[page * 4_096 + 13]) << 8
      for offset in stride(from: 16, to: lower, by: 2) {
        bytes.replaceSubrange(page * 4_096 + offset..<page * 4_096 + offset + 2, with: [0xF0, 0xFF])
      }
      try bytes.write(to: URL(fileURLWithPath: path))
      let result = try shell("$replay verify --data $data")
      #expect([0, 1, 128 + SIGSEGV].contains(result.exit), "page \(page): \(result.exit) \(result.errors)")
      if result.errors.contains("log/data.mdb") && result.errors.contains("could not be read") { found += 1 }
    }
    #expect(found > 0, "no page led beyond the end of the file")
  }

  @Test("leaves nothing in TMPDIR, and needs room there alone for what it cannot remember")
  func scratch() throws {
    let shell = Shell()
    try shell.fill()
    let scratch = shell.data + "/scratch"
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    let result = try shell("$replay verify --views --data $data", ["TMPDIR": scratch])
    #expect(result.exit == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch) == [])
    let missing = try shell("$replay verify --views --data $data", ["TMPDIR": scratch + "/missing"])
    #expect(missing.exit == 74 && !missing.errors.contains("damaged"), "\(missing.exit) \(missing.errors)")
  }

  @Test("says of what, and that a position beyond the end is a mistake of whoever asks")
  func words() throws {
    let shell = Shell()
    try shell.fill()
    let result = try shell("$replay verify --data $data")
    for words in ["Log ", "positions 1 to ", "against its checksums", "accidents, not forgeries", "--after "] {
      #expect(result.output.contains(words), "\(words): \(result.output)")
    }
    let beyond = try shell("$replay verify --after 9999:0123456789abcdef --data $data")
    #expect(beyond.exit == 64 && beyond.errors.contains("the log ends at "), "\(beyond.exit) \(beyond.errors)")
  }

  @Test("ends in words where few files may be open", arguments: 7...16)
  func fewFiles(limit: Int) throws {
    let shell = Shell()
    try shell.fill()
    let result = try shell("ulimit -n \(limit); timeout 60 $replay verify --data $data")
    #expect([0, 74].contains(result.exit) && !result.errors.contains("damaged"), "\(limit): \(result.exit) \(result.errors)")
  }
}
