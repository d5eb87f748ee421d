import StrictJSON

/// One line a request: what an operator needs, and nothing a person typed. A route is named by its pattern; path, query,
/// fields, names and addresses are never there.
struct AccessLine {
  var moment: Int64
  var request: String
  var method: String
  var route: String
  var status: Int
  var microseconds: Int64
  var bytes: Int
  /// The account in hexadecimal; `nil` for visitors.
  var account: String?
  /// The code of a refusal.
  var code: String?

  var text: String {
    var members: [JSON.Member] = [
      .init(name: "at", value: .integer(moment)), .init(name: "request", value: .string(request)),
      .init(name: "method", value: .string(method)), .init(name: "route", value: .string(route)),
      .init(name: "status", value: .integer(Int64(status))), .init(name: "us", value: .integer(microseconds)),
      .init(name: "bytes", value: .integer(Int64(bytes))),
    ]
    if let account { members.append(.init(name: "account", value: .string(account))) }
    if let code { members.append(.init(name: "code", value: .string(code))) }
    return JSON.object(members).text
  }
}
