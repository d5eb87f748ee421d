/// Reads JSON strictly: one value and nothing after it, UTF-8 without repair, no name twice in an object, no lone
/// surrogate, at most 32 levels. Foundation's parser takes the last of two equal names without a word.
public struct JSONParser {
  /// What is wrong, and at which byte (1-based). Never what stands there: it may be personal.
  public struct Failure: Error, Equatable {
    public let column: Int
    public let reason: String
  }

  private static let depthLimit = 32
  private let bytes: [UInt8]
  private var index = 0

  public static func parse(_ bytes: [UInt8]) throws(Failure) -> JSON {
    var parser = JSONParser(bytes: bytes)
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.index == bytes.count else { throw parser.failure("there is something after the value") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  // MARK: Values

  private mutating func value(depth: Int) throws(Failure) -> JSON {
    guard depth < Self.depthLimit else { throw failure("more than \(Self.depthLimit) levels") }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
    case nil: throw failure("the text ends where a value should be")
    default: throw failure("a value should be here")
    }
  }

  private mutating func object(depth: Int) throws(Failure) -> JSON {
    index += 1
    var members: [JSON.Member] = []
    var names: Set<String> = []
    skipSpace()
    if take("}") { return .object([]) }
    repeat {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw failure("a name should be here") }
      let name = try string()
      guard names.insert(name).inserted else { throw failure("a name stands twice in an object") }
      skipSpace()
      guard take(":") else { throw failure("':' should be here") }
      members.append(JSON.Member(name: name, value: try value(depth: depth + 1)))
      skipSpace()
    } while take(",")
    guard take("}") else { throw failure("',' or '}' should be here") }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(Failure) -> JSON {
    index += 1
    var values: [JSON] = []
    skipSpace()
    if take("]") { return .array([]) }
    repeat {
      values.append(try value(depth: depth + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw failure("',' or ']' should be here") }
    return .array(values)
  }

  private mutating func word(_ word: String, _ value: JSON) throws(Failure) -> JSON {
    guard bytes[index...].starts(with: word.utf8) else { throw failure("a value should be here") }
    index += word.utf8.count
    return value
  }

  private mutating func number() throws(Failure) -> JSON {
    let start = index
    _ = take("-")
    if !take("0") { try digits() }
    var isInteger = true
    if take(".") {
      isInteger = false
      try digits()
    }
    if take("e") || take("E") {
      isInteger = false
      if !take("+") { _ = take("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isInteger {
      guard let integer = Int64(text) else { throw failure("the number is too large") }
      return .integer(integer)
    }
    guard let decimal = Double(text), decimal.isFinite else { throw failure("the number is too large") }
    return .decimal(decimal)
  }

  private mutating func digits() throws(Failure) {
    let start = index
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
    guard index > start else { throw failure("a digit should be here") }
  }

  // MARK: Strings

  private mutating func string() throws(Failure) -> String {
    index += 1
    var text = plainBytes()
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        // Most strings are ASCII, and the validation of others costs more than all the rest.
        if text.allSatisfy({ $0 < 0x80 }) { return String(decoding: text, as: UTF8.self) }
        guard let string = String(validating: text, as: UTF8.self) else { throw failure("a string is not UTF-8") }
        return string
      case UInt8(ascii: "\\"):
        index += 1
        text += String(try escape()).utf8
        text += plainBytes()
      default: throw failure("a control character in a string must be escaped")
      }
    }
    throw failure("the text ends inside a string")
  }

  /// Goes over the bytes that stand for themselves.
  private mutating func plainBytes() -> ArraySlice<UInt8> {
    let start = index
    while let byte = peek, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { index += 1 }
    return bytes[start..<index]
  }

  private mutating func escape() throws(Failure) -> Unicode.Scalar {
    guard let letter = peek else { throw failure("an unknown escape in a string") }
    index += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try codePoint()
    default:
      index -= 1
      throw failure("an unknown escape in a string")
    }
  }

  private mutating func codePoint() throws(Failure) -> Unicode.Scalar {
    let unit = try hexadecimal()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00, take("\\"), take("u") else { throw failure("half a surrogate pair in a string") }
    let low = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + UInt32(low) - 0xDC00)
    else { throw failure("half a surrogate pair in a string") }
    return scalar
  }

  private mutating func hexadecimal() throws(Failure) -> UInt16 {
    let digits = bytes[index...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw failure("four hexadecimal digits should be here") }
    index += 4
    return unit
  }

  // MARK: Bytes

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { index += 1 }
  }

  private func failure(_ reason: String) -> Failure { Failure(column: index + 1, reason: reason) }
}
