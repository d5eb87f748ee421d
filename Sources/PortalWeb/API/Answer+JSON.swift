import CaseEngine
import Domain
import EventStore
import StrictJSON

extension Answer {
  /// The answer as programs read it: what `portal act` prints for a line, and what the API answers with.
  public var members: [JSON.Member] {
    var members: [JSON.Member] = []
    func add(_ name: String, _ value: JSON) { members.append(.init(name: name, value: value)) }
    switch self {
    case .accepted(let acceptance):
      add("status", "accepted")
      if let position = acceptance.position { add("position", .integer(Int64(position.rawValue))) }
      add("events", .integer(Int64(acceptance.eventCount)))
      if let time = acceptance.time { add("time", .string(time.rfc3339)) }
      for result in acceptance.results { add(result.name, result.value) }
      if acceptance.isRepeat { add("repeated", true) }
    case .refused(let refusal):
      add("status", "refused")
      add("code", .string(refusal.code.rawValue))
      if refusal.reasons.count > 1 { add("codes", .array(refusal.reasons.map { .string($0.code.rawValue) })) }
      add(
        "message",
        .object([
          .init(name: "en", value: .string(refusal.text(in: .english))),
          .init(name: "fr", value: .string(refusal.text(in: .french))),
        ]))
    }
    return members
  }

  var json: JSON { .object(members) }
}

extension CommandResult {
  fileprivate var name: String {
    switch self {
    case .account: "account"
    case .representativeID: "representative"
    case .package: "package"
    case .applicant: "applicant"
    case .applications: "applications"
    case .request: "request"
    case .message: "messageId"
    }
  }

  fileprivate var value: JSON {
    switch self {
    case .account(let id), .request(let id), .message(let id): .string(id.streamText)
    case .representativeID(let number): .string(number)
    case .package(let number): .integer(Int64(number))
    case .applicant(let ordinal): .integer(Int64(ordinal))
    case .applications(let numbers): .array(numbers.map { .string($0) })
    }
  }
}
