/// What `multipart/form-data` may be at most.
public struct MultipartLimits: Sendable {
  public var parts = 64
  /// Bytes of the head of one part.
  public var head = 4_096
  /// Bytes of one text field.
  public var field = 64 * 1_024
  /// Bytes of one file.
  public var file = 4 * 1_024 * 1_024

  public init() {}
}

/// A file in a form: what the browser says about it, which is data and nothing else.
public struct MultipartFile: Equatable, Sendable {
  public let field: String
  public let name: String
  public let contentType: String
}

/// Reads `multipart/form-data` (RFC 7578) piece by piece. What is kept is one part's head or field, and the few bytes that
/// may be the beginning of a boundary.
struct MultipartParser {
  enum Event: Equatable {
    case field(String, String)
    /// A piece of a file; an empty file has one empty piece.
    case piece(MultipartFile, ArraySlice<UInt8>)
  }

  private enum State: Equatable {
    case preamble
    case head
    case field(String)
    case file(MultipartFile)
    case end
  }

  private let limits: MultipartLimits
  /// Line end, two dashes, boundary.
  private let delimiter: [UInt8]
  private var state = State.preamble
  private var kept: [UInt8]
  private var parts = 0
  private var partBytes = 0
  private var hasPiece = false

  init(boundary: String, limits: MultipartLimits) {
    self.limits = limits
    delimiter = Array("\r\n--\(boundary)".utf8)
    // The first boundary has no line end before it: this one.
    kept = Array("\r\n".utf8)
  }

  /// - Throws: `Problem` when it is not such a form, or too much of one.
  mutating func read(_ bytes: [UInt8]) throws(Problem) -> [Event] {
    kept += bytes
    var events: [Event] = []
    while try step(&events) {}
    return events
  }

  /// - Throws: `Problem` when the last boundary is missing.
  func finish() throws(Problem) {
    guard state == .end else { throw .badForm }
  }

  /// One step; `false` when more bytes are needed.
  private mutating func step(_ events: inout [Event]) throws(Problem) -> Bool {
    switch state {
    case .end:
      kept = []
      return false
    case .head: return try readHead()
    case .preamble:
      guard try isDelimited(&events) else {
        guard kept.count <= limits.head else { throw .badForm }
        return false
      }
      return true
    case .field, .file: return try isDelimited(&events)
    }
  }

  /// Gives what stands before the next boundary, and passes the boundary when it is whole.
  private mutating func isDelimited(_ events: inout [Event]) throws(Problem) -> Bool {
    guard let start = Self.find(delimiter, in: kept) else {
      // All but what may be the beginning of a boundary.
      let safe = kept.count - (delimiter.count - 1)
      if case .file = state, safe > 0 { try give(safe, isLast: false, &events) }
      if case .field = state, kept.count > limits.field + delimiter.count { throw .tooLarge }
      return false
    }
    let after = start + delimiter.count
    guard kept.count >= after + 2 else { return false }
    let isEnd = kept[after] == 0x2D && kept[after + 1] == 0x2D
    guard isEnd || kept[after] == 0x0D && kept[after + 1] == 0x0A else { throw .badForm }
    if state != .preamble { try give(start, isLast: true, &events) } else { kept.removeFirst(start) }
    kept.removeFirst(delimiter.count + 2)
    state = isEnd ? .end : .head
    return true
  }

  private mutating func give(_ count: Int, isLast: Bool, _ events: inout [Event]) throws(Problem) {
    let bytes = kept.prefix(count)
    partBytes += count
    switch state {
    case .field(let name):
      guard count <= limits.field else { throw .tooLarge }
      guard let text = String(validating: bytes, as: UTF8.self) else { throw .badForm }
      events.append(.field(name, text))
    case .file(let file):
      guard partBytes <= limits.file else { throw .tooLarge }
      if count > 0 || isLast && !hasPiece { events.append(.piece(file, bytes)) }
      hasPiece = true
    default: break
    }
    kept.removeFirst(count)
  }

  private mutating func readHead() throws(Problem) -> Bool {
    guard let end = Self.find(Array("\r\n\r\n".utf8), in: kept) else {
      guard kept.count <= limits.head else { throw .tooLarge }
      return false
    }
    parts += 1
    guard end <= limits.head, parts <= limits.parts else { throw .tooLarge }
    guard let head = String(validating: kept.prefix(end), as: UTF8.self) else { throw .badForm }
    kept.removeFirst(end + 4)
    partBytes = 0
    hasPiece = false
    state = try Self.part(of: head)
    return true
  }

  private static func part(of head: String) throws(Problem) -> State {
    var name: String?
    var file: String?
    var type = "application/octet-stream"
    for line in head.components(separatedBy: "\r\n") {
      let pair = line.split(separator: ":", maxSplits: 1)
      guard pair.count == 2 else { throw .badForm }
      switch pair[0].lowercased() {
      case "content-disposition":
        let parameters = HeaderValue(pair[1].trimmed)
        guard parameters.value == "form-data", name == nil else { throw .badForm }
        name = parameters["name"]
        file = parameters["filename"]
      case "content-type": type = pair[1].trimmed
      default: break
      }
    }
    guard let name, !name.isEmpty else { throw .badForm }
    return file.map { .file(MultipartFile(field: name, name: $0, contentType: type)) } ?? .field(name)
  }

  private static func find(_ needle: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= needle.count else { return nil }
    return (0...(bytes.count - needle.count)).first { start in
      bytes[start] == needle[0] && bytes[start..<(start + needle.count)].elementsEqual(needle)
    }
  }
}

/// A header with parameters: `form-data; name="a"; filename="b.pdf"`.
struct HeaderValue {
  let value: String
  private var parameters: [String: String] = [:]

  init(_ text: String) {
    var rest = Substring(text)
    value = rest.prefix { $0 != ";" }.trimmed.lowercased()
    rest = rest.drop { $0 != ";" }
    while rest.first == ";" {
      rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
      let name = rest.prefix { $0 != "=" && $0 != ";" }.trimmed.lowercased()
      rest = rest.drop { $0 != "=" && $0 != ";" }
      guard rest.first == "=" else { continue }
      rest = rest.dropFirst()
      var value = ""
      if rest.first == "\"" {
        rest = rest.dropFirst()
        // Browsers write a quotation mark as %22 and escape nothing with a backslash (HTML, 4.10.21.8).
        value = String(rest.prefix { $0 != "\"" })
        rest = rest.dropFirst(value.count).dropFirst().drop { $0 != ";" }
      } else {
        value = rest.prefix { $0 != ";" }.trimmed
        rest = rest.drop { $0 != ";" }
      }
      if parameters[name] == nil { parameters[name] = value }
    }
  }

  subscript(name: String) -> String? { parameters[name] }
}
