import SwiftProtobuf

/// The kinds of streams and their events, as the `.proto` files declare them: every message `XEvent` with a oneof `event` is
/// a kind of stream, and the comment before it names the streams (`// What can be in a stream pkg-PACKAGE.`).
struct Catalogue {
  struct Stream {
    /// `Package` of `PackageEvent`.
    let name: String
    /// What the names of its streams begin with: `pkg`.
    let prefix: String
    let events: [Event]

    var word: String { name.prefix(1).lowercased() + name.dropFirst() }
    var union: String { "\(name)Event.OneOf_Event" }
  }

  struct Event {
    /// `ApplicantAdded`
    let message: String
    /// The case of the oneof: `applicantAdded`.
    let word: String
    /// Whether the message has a field `personal`, which is stored sealed.
    let isPersonal: Bool
  }

  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  let streams: [Stream]

  init(of set: Google_Protobuf_FileDescriptorSet) throws {
    let messages = Dictionary(
      set.file.flatMap { file in file.messageType.map { (".\(file.package).\($0.name)", $0) } },
      uniquingKeysWith: { first, _ in first })
    streams = try set.file.flatMap { file in
      try file.messageType.enumerated().compactMap { index, message in
        guard message.name.hasSuffix("Event"), message.oneofDecl.map(\.name) == ["event"] else { return nil }
        return try Stream(message, comment: file.comment(onMessage: index), messages)
      }
    }
    let names = streams.flatMap { $0.events.map(\.message) }
    guard Set(names).count == names.count else { throw Fault(description: "An event belongs to two kinds of streams.") }
  }
}

extension Catalogue.Stream {
  init(
    _ message: Google_Protobuf_DescriptorProto, comment: String, _ messages: [String: Google_Protobuf_DescriptorProto]
  ) throws {
    guard let match = comment.firstMatch(of: /stream ([a-z]+)-/) else {
      throw Catalogue.Fault(description: "The comment before \(message.name) must name its streams: '… a stream pkg-PACKAGE.'")
    }
    name = String(message.name.dropLast("Event".count))
    prefix = String(match.1)
    events = try message.field.map { field in
      guard let event = messages[field.typeName] else {
        throw Catalogue.Fault(description: "\(message.name).\(field.name) is not a message of these files.")
      }
      let words = field.name.split(separator: "_").map(String.init)
      let word = words.dropFirst().reduce(words[0]) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
      return Catalogue.Event(message: event.name, word: word, isPersonal: event.field.contains { $0.name == "personal" })
    }
  }
}

extension Google_Protobuf_FileDescriptorProto {
  /// The comment before the top-level message at `index`.
  func comment(onMessage index: Int) -> String {
    sourceCodeInfo.location.first { $0.path == [4, Int32(index)] }?.leadingComments ?? ""
  }
}
