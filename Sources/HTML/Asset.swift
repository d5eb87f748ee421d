import Crypto

/// A file of this module that pages refer to, named by its content: it may be kept for ever, and a new one has a new name.
public struct Asset: Sendable {
  public let contentType: String
  public let bytes: [UInt8]
  /// Where pages look for it, such as `/assets/portal.0a1b….css`.
  public let path: LocalPath

  init(name: String, ending: String, contentType: String, bytes: [UInt8]) {
    self.contentType = contentType
    self.bytes = bytes
    let digits: [Character] = Array("0123456789abcdef")
    let hash = SHA256.hash(data: bytes).prefix(8).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    path = LocalPath(stringLiteral: "/assets/\(name).\(String(hash)).\(ending)")
  }

  public static let stylesheet = Asset(
    name: "portal", ending: "css", contentType: "text/css; charset=utf-8", bytes: PackageResources.portal_css)
  public static let script = Asset(
    name: "portal", ending: "js", contentType: "text/javascript; charset=utf-8", bytes: PackageResources.portal_js)

  /// All of them: what the server has to have at their paths.
  public static let all = [stylesheet, script]
}
