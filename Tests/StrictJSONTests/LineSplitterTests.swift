import Foundation
import StrictJSON
import Testing

@Suite("Lines")
struct LineSplitterTests {
  private func lines(_ chunks: [String], limit: Int = 5) -> [String?] {
    var splitter = LineSplitter(limitBytes: limit)
    let lines = chunks.flatMap { splitter.take(Data($0.utf8)) } + splitter.finish()
    return lines.map { $0.map { String(decoding: $0, as: UTF8.self) } }
  }

  @Test("lines are the same, however the bytes arrive")
  func chunks() {
    let text = "one\ntwo\r\n\nthree"
    let whole = lines([text])
    #expect(whole == ["one", "two", "", "three"])
    for size in 1...7 {
      let bytes = Array(text.utf8)
      let chunks = stride(from: 0, to: bytes.count, by: size).map {
        String(decoding: bytes[$0..<min($0 + size, bytes.count)], as: UTF8.self)
      }
      #expect(lines(chunks) == whole)
    }
  }

  @Test("a line that is too long is told from one that just fits, and the next one is read again")
  func limit() {
    #expect(lines(["12345\n123456\n1", "23", "456\n12\n"]) == ["12345", nil, nil, "12"])
    #expect(lines(["123456"]) == [nil])
  }

  @Test("a text that ends with an end of line has no line after it")
  func end() {
    #expect(lines([]) == [])
    #expect(lines(["a\n"]) == ["a"])
  }
}
