/// A small reader of HTML, strict where the standard is lenient: what we write must be read by it without a repair.
enum Token: Equatable {
  case tag(String, attributes: [String: String], isEnd: Bool)
  case text(String)
}

enum Tokens {
  struct Fault: Error { let what: String }

  static let void: Set<String> = ["!doctype", "meta", "link", "input", "br", "hr", "img"]

  static func of(_ page: String) throws -> [Token] {
    var tokens: [Token] = []
    var rest = Substring(page).unicodeScalars[...]
    while let first = rest.first {
      guard first == "<" else {
        let end = rest.firstIndex(of: "<") ?? rest.endIndex
        tokens.append(.text(try decoded(rest[..<end])))
        rest = rest[end...]
        continue
      }
      rest = rest.dropFirst()
      let isEnd = rest.first == "/"
      if isEnd { rest = rest.dropFirst() }
      let name = String(rest.prefix { !" >\n".unicodeScalars.contains($0) })
      rest = rest.dropFirst(name.unicodeScalars.count)
      var attributes: [String: String] = [:]
      while rest.first == " " {
        rest = rest.dropFirst()
        let key = String(rest.prefix { !"= >".unicodeScalars.contains($0) })
        rest = rest.dropFirst(key.unicodeScalars.count)
        var value = ""
        if rest.first == "=" {
          guard rest.dropFirst().first == "\"" else { throw Fault(what: "the value of \(key) has no quotes") }
          rest = rest.dropFirst(2)
          guard let end = rest.firstIndex(of: "\"") else { throw Fault(what: "the value of \(key) does not end") }
          value = try decoded(rest[..<end])
          rest = rest[rest.index(after: end)...]
        }
        guard attributes.updateValue(value, forKey: key) == nil else { throw Fault(what: "\(key) is there twice") }
      }
      guard rest.first == ">" else { throw Fault(what: "<\(name) does not end") }
      rest = rest.dropFirst()
      tokens.append(.tag(name, attributes: attributes, isEnd: isEnd))
    }
    return tokens
  }

  private static func decoded(_ text: Substring.UnicodeScalarView) throws -> String {
    var result = String.UnicodeScalarView()
    var rest = text[...]
    while let first = rest.popFirst() {
      if first == ">" || first == "\"" { throw Fault(what: "a bare sign") }
      guard first == "&" else {
        result.append(first)
        continue
      }
      let name = String(rest.prefix { $0 != ";" })
      rest = rest.dropFirst(name.unicodeScalars.count + 1)
      let known: [String: Unicode.Scalar] = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'", "#13": "\r"]
      guard let scalar = known[name] else { throw Fault(what: "&\(name);") }
      result.append(scalar)
    }
    return String(result)
  }
}
