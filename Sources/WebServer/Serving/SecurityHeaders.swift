import HTTPTypes

/// The headers that every answer has, whatever it answers.
struct SecurityHeaders: Sendable {
  private let fields: [(HTTPField.Name, String)]
  static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    + "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"

  init(isSecure: Bool) {
    var fields: [(String, String)] = [
      ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
      ("Cross-Origin-Resource-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
      ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ]
    if isSecure { fields.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains")) }
    self.fields = fields.compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
  }

  func set(on headers: inout HTTPFields, isSandboxed: Bool) {
    for (name, value) in fields { headers[name] = value }
    headers[.contentSecurityPolicy] = isSandboxed ? "sandbox; " + Self.policy : Self.policy
  }
}
