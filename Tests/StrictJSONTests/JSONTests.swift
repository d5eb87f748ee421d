import StrictJSON
import Testing

@Suite struct JSONTests {
  private func parse(_ text: String) throws(JSONParser.Failure) -> JSON { try JSONParser.parse(Array(text.utf8)) }

  @Test(
    "values are read as they are",
    arguments: [
      ("null", JSON.null), ("true", true), ("-0", 0), ("9223372036854775807", .integer(.max)), ("1.5e1", .decimal(15)),
      (#""é\u00e9\ud83d\ude00\n""#, "éé😀\n"), ("[ ]", .array([])),
      (#"{"a":[1,{}]}"#, .object([.init(name: "a", value: .array([1, .object([])]))])),
    ])
  func values(text: String, value: JSON) throws { #expect(try parse(text) == value) }

  @Test(
    "what is not JSON is refused with its place",
    arguments: [
      ("", 1), ("{", 2), ("[1,]", 4), (#"{"a":1,"a":2}"#, 11), ("01", 2), ("1.", 3), ("+1", 1), ("nul", 1), (#""\x""#, 3),
      (#""\ud800""#, 8), (#""\udc00""#, 8), ("\"\t\"", 2), ("1 2", 3), ("[1", 3), (#"{"a" 1}"#, 6), ("1e999", 6),
      ("9223372036854775808", 20), (#"{a:1}"#, 2),
      (#""ab"#, 4),
    ])
  func faults(text: String, column: Int) {
    let failure = #expect(throws: JSONParser.Failure.self) { try parse(text) }
    #expect(failure?.column == column)
  }

  @Test("bytes that are no UTF-8 are refused, not repaired")
  func encoding() {
    #expect(throws: JSONParser.Failure.self) { try JSONParser.parse([0x22, 0xFF, 0x22]) }
    #expect(throws: JSONParser.Failure.self) { try JSONParser.parse([0x22, 0xC0, 0x80, 0x22]) }
  }

  @Test("nesting ends somewhere")
  func depth() {
    #expect(throws: JSONParser.Failure.self) { try parse(String(repeating: "[", count: 100_000)) }
  }

  @Test("sorting makes two texts of one value equal, and printing reads back")
  func canonical() throws {
    let one = try parse(#"{"b":1,"a":{"z":"\u0001","y":[true,null]}}"#)
    let two = try parse(#"{ "a" : { "y" : [ true , null ] , "z" : "\u0001" } , "b" : 1 }"#)
    #expect(one != two)
    #expect(one.sorted.text == two.sorted.text)
    #expect(try parse(one.text) == one)
  }
}
