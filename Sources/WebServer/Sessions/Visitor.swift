import Crypto
import HTML

/// Who asks: somebody with a session, or a visitor, whose cookie holds a random value and a language under a seal of ours.
/// A visitor costs no memory, and has a token for forms as well: signing somebody in from elsewhere is refused.
struct Visitor: Sendable {
  /// What the token for forms is made of: known to the browser and, while it asks, to us.
  let secret: [UInt8]
  let session: Session?
  let language: Language
  /// The cookie to set with the answer; `nil` when the browser has the right one.
  var newCookie: String?
}

/// Tells visitors by their cookie.
struct Visitors: Sendable {
  let sessions: Sessions
  let cookie: SessionCookie
  private let key: SymmetricKey

  init(sessions: Sessions, cookie: SessionCookie, secret: [UInt8]) {
    self.sessions = sessions
    self.cookie = cookie
    key = SymmetricKey(data: secret)
  }

  /// - Parameter preferred: the language that the browser asks for.
  func visitor(cookies: [String], preferred: Language, prolong: Bool) -> Visitor {
    if let value = cookie.value(in: cookies) {
      if let token = Base64URL.bytes(value), token.count == 32, let session = sessions.find(token: token, prolong: prolong) {
        return Visitor(secret: token, session: session, language: session.language)
      }
      if let (secret, language) = opened(value) { return Visitor(secret: secret, session: nil, language: language) }
    }
    let secret = Sessions.randomBytes(16)
    return Visitor(secret: secret, session: nil, language: preferred, newCookie: sealed(secret, preferred))
  }

  func sealed(_ secret: [UInt8], _ language: Language) -> String {
    "v." + Base64URL.text(secret) + "." + language.rawValue + "." + Base64URL.text(seal(secret, language))
  }

  private func opened(_ value: String) -> ([UInt8], Language)? {
    let parts = value.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "v", let secret = Base64URL.bytes(String(parts[1])), secret.count == 16,
      let language = Language(rawValue: String(parts[2])), let seal = Base64URL.bytes(String(parts[3])),
      Constant.equal(seal, self.seal(secret, language))
    else { return nil }
    return (secret, language)
  }

  private func seal(_ secret: [UInt8], _ language: Language) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array("visitor ".utf8) + secret + Array(language.rawValue.utf8), using: key))
  }
}

/// The one cookie of this site.
struct SessionCookie: Sendable {
  let isSecure: Bool

  /// `__Host-` binds it to this host over https (RFC 6265bis, 4.1.3.2); without https browsers would not take it.
  var name: String { isSecure ? "__Host-sid" : "sid" }

  /// It ends with the browser: no Max-Age.
  func line(_ value: String) -> String { "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "") }

  var removal: String { line("") + "; Max-Age=0" }

  /// The value; `nil` also when the cookie is there twice, which no browser of ours would send.
  func value(in lines: [String]) -> String? {
    var found: [Substring] = []
    for line in lines {
      for pair in line.split(separator: ";") {
        let pair = pair.drop { $0 == " " }
        if pair.hasPrefix(name + "=") { found.append(pair.dropFirst(name.count + 1)) }
      }
    }
    return found.count == 1 ? String(found[0]) : nil
  }
}

/// The token of forms: 16 bytes made from the secret of the cookie, masked anew for each page, so that an answer compressed
/// on its way never holds the same bytes twice.
enum FormToken {
  static func make(from secret: [UInt8]) -> String {
    let mask = Sessions.randomBytes(16)
    return Base64URL.text(mask + zip(mask, plain(secret)).map { $0 ^ $1 })
  }

  static func isRight(_ token: String, for secret: [UInt8]) -> Bool {
    guard let bytes = Base64URL.bytes(token), bytes.count == 32 else { return false }
    return Constant.equal(zip(bytes.prefix(16), bytes.suffix(16)).map { $0 ^ $1 }, plain(secret))
  }

  private static func plain(_ secret: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array("form token".utf8), using: SymmetricKey(data: secret)).prefix(16))
  }
}

enum Constant {
  /// Compares in a time that does not depend on where the first difference is.
  static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

/// RFC 4648, 5, without padding.
enum Base64URL {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func text(_ bytes: some Sequence<UInt8>) -> String {
    var result: [UInt8] = []
    var buffer: UInt32 = 0
    var bits: UInt32 = 0
    for byte in bytes {
      buffer = buffer << 8 | UInt32(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        result.append(letters[Int(buffer >> bits & 63)])
      }
    }
    if bits > 0 { result.append(letters[Int(buffer << (6 - bits) & 63)]) }
    return String(decoding: result, as: UTF8.self)
  }

  /// `nil` for other letters and for bits that should be zero.
  static func bytes(_ text: String) -> [UInt8]? {
    var result: [UInt8] = []
    var buffer: UInt32 = 0
    var bits: UInt32 = 0
    for byte in text.utf8 {
      let value: UInt32
      switch byte {
      case 0x41...0x5A: value = UInt32(byte) - 0x41
      case 0x61...0x7A: value = UInt32(byte) - 0x47
      case 0x30...0x39: value = UInt32(byte) + 4
      case 0x2D: value = 62
      case 0x5F: value = 63
      default: return nil
      }
      buffer = buffer << 6 | value
      bits += 6
      guard bits >= 8 else { continue }
      bits -= 8
      result.append(UInt8(buffer >> bits & 255))
      buffer &= (1 << bits) - 1
    }
    return bits < 6 && buffer == 0 ? result : nil
  }
}
