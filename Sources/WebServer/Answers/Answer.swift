import HTML
import StrictJSON

/// What a handler answers with. Headers that every answer has are not its business.
public struct Answer: Sendable {
  enum Content: Sendable {
    case bytes([UInt8])
    case stream(StreamBody)
  }

  /// A body that is written piece by piece; each piece waits until the one before was taken.
  public typealias StreamBody = @Sendable (_ write: (([UInt8]) async throws -> Void)) async throws -> Void

  public var status: Int
  public var contentType: String?
  /// Further headers, in order.
  public var headers: [(name: String, value: String)]
  /// What becomes of the session.
  public var session: SessionChange
  var content: Content
  var cacheControl = "no-store"
  var isSandboxed = false

  public init(
    status: Int, contentType: String? = nil, bytes: [UInt8] = [], headers: [(name: String, value: String)] = [],
    session: SessionChange = .keep
  ) {
    self.status = status
    self.contentType = contentType
    self.headers = headers
    self.session = session
    content = .bytes(bytes)
  }

  /// A page.
  public static func page(_ page: consuming Page, status: Int = 200) -> Answer {
    Answer(status: status, contentType: "text/html; charset=utf-8", bytes: page.bytes)
  }

  /// 303 to a page of this site: the answer to a form that was done.
  public static func redirect(_ path: LocalPath) -> Answer {
    Answer(status: 303, headers: [("Location", path.text)])
  }

  public static func json(_ value: JSON, status: Int = 200, headers: [(name: String, value: String)] = []) -> Answer {
    Answer(status: status, contentType: "application/json; charset=utf-8", bytes: Array(value.text.utf8), headers: headers)
  }

  public static func text(_ text: String, status: Int = 200) -> Answer {
    Answer(status: status, contentType: "text/plain; charset=utf-8", bytes: Array(text.utf8))
  }

  public static func empty(_ status: Int = 204) -> Answer { Answer(status: status) }

  /// A body of unknown length.
  public static func stream(contentType: String, _ body: @escaping StreamBody) -> Answer {
    var answer = Answer(status: 200, contentType: contentType)
    answer.content = .stream(body)
    return answer
  }

  /// A file to be saved, never shown by the browser as a page of this site.
  ///
  /// - Parameter name: as it is to be saved; what RFC 6266 cannot carry is encoded.
  public static func file(_ bytes: [UInt8], contentType: String, name: String) -> Answer {
    var answer = Answer(status: 200, contentType: contentType, bytes: bytes)
    answer.headers.append(("Content-Disposition", Self.disposition(name)))
    answer.isSandboxed = true
    return answer
  }

  private static func disposition(_ name: String) -> String {
    let safe = name.unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_. ".unicodeScalars.contains(scalar))
        ? Character(scalar) : "_"
    }
    var encoded = ""
    for byte in name.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default: encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return "attachment; filename=\"\(String(safe))\"; filename*=UTF-8''\(encoded)"
  }

  /// The answer with one more header.
  public func with(_ name: String, _ value: String) -> Answer {
    var answer = self
    answer.headers.append((name, value))
    return answer
  }

  /// The answer, and what becomes of the session.
  public func with(session: SessionChange) -> Answer {
    var answer = self
    answer.session = session
    return answer
  }
}

/// What an answer does to the session.
public enum SessionChange: Sendable, Equatable {
  case keep
  /// Signed in, or signed in again: a new token, and the old one is refused from now on.
  case start(NewSession)
  /// Signed out: the browser is told to forget what it kept of this site.
  case end
  /// The language of a visitor who is not signed in.
  case language(Language)
}
