import CloudEvents
import EventStore
import Foundation
import StrictJSON
import TestSupport
import Testing

@Suite("Events as CloudEvents")
struct CloudEventTests {
  private static let log = UUID(high: 0x0189_AB7E_0C00_7A3E, low: 0x9B41_5F0F_3C1D_2E4F)

  /// An event that says little, as the eighth of ten.
  private static let event = CloudEvent(
    StoredEvent(
      NewEvent(
        id: UUID(high: 0x0189_B100_0000_7001, low: 0x8000_0000_0000_0001), stream: "locker-7", type: "lockers.v1.ParcelStored",
        tags: ["parcel:12", "courier:3"],
        origin: Origin(
          command: UUID(high: 0x0189_B100_0000_4002, low: 0x8000_0000_0000_0002), commandDigest: 255, actor: "courier/3"),
        payload: Array("hi".utf8),
        sealed: SealedPayload(subject: UUID(high: 0x0189_B100_0000_7003, low: 0x8000_0000_0000_0003), bytes: [0, 255])),
      position: position(8), revision: 1, logTime: Timestamp(microseconds: 1_690_891_200_000_001),
      wallTime: Timestamp(microseconds: 1_690_891_200_000_000), prefixHash: 0xABCDEF),
    of: log, head: position(10))

  private static let line =
    #"{"actor":"courier/3","causation":"0189b100-0000-4002-8000-000000000002","command":"0189b100-0000-4002-8000-000000000002","commanddigest":"ff","correlation":"0189b100-0000-4002-8000-000000000002","data_base64":"aGk=","datacontenttype":"application/protobuf","head":"10","id":"0189b100-0000-7001-8000-000000000001","position":"8","prefixhash":"abcdef","revision":"1","sealeddata":"AP8=","sealedsubject":"0189b100-0000-7003-8000-000000000003","source":"urn:uuid:0189ab7e-0c00-7a3e-9b41-5f0f3c1d2e4f","specversion":"1.0","subject":"locker-7","tags":"parcel:12 courier:3","time":"2023-08-01T12:00:00.000001Z","type":"lockers.v1.ParcelStored","walltime":"2023-08-01T12:00:00.000000Z"}"#

  @Test("an event has the line that the document describes, and the line is the event")
  func golden() throws {
    #expect(Self.event.json.text == Self.line)
    #expect(try CloudEvent(line: Array(Self.line.utf8)) == Self.event)
  }

  @Test("any event a log can hold is read back from its line as it was, and others read the same in it")
  func roundTrip() async throws {
    var random = SeededGenerator(seed: Depth.seed)
    let clock = ManualClock()
    let log = InMemoryEventLog(lineage: Lineage(id: Self.log, epoch: 3), clock: clock.read)
    try await log.fill(500, clock: clock, using: &random)
    let head = try #require(log.head().position)
    for event in try log.events(EventQuery(.all)) {
      let exported = CloudEvent(event, of: Self.log, head: head)
      let line = Array(exported.json.text.utf8)
      #expect(try CloudEvent(line: line) == exported, "seed \(Depth.seed)")
      #expect(exported.json == exported.json.sorted, "members are in alphabetical order")
      #expect(line.count <= CloudEvent.lineLimitBytes && !line.contains(UInt8(ascii: "\n")))
      let attributes = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: String])
      #expect(attributes["subject"] == event.stream.name && attributes["actor"] == event.origin.actor.name)
      #expect(attributes["data_base64"].flatMap { Data(base64Encoded: $0) } == Data(event.payload))
    }
  }

  @Test("many lines are made and read in the order of their events")
  func many() async throws {
    var random = SeededGenerator(seed: Depth.seed)
    let events = (1...UInt64(Int.random(in: 1...60, using: &random))).map { number in
      CloudEvent(
        StoredEvent(
          .random(at: .now(), using: &random), position: position(number), revision: 0, logTime: .now(), wallTime: .now(),
          prefixHash: number),
        of: Self.log, head: position(60))
    }
    #expect(CloudEvent.lines(of: []).isEmpty && CloudEvent.read([]).isEmpty)
    let lines = CloudEvent.lines(of: events)
    #expect(String(decoding: lines, as: UTF8.self) == events.map { $0.json.text + "\n" }.joined())
    var read = lines.split(separator: UInt8(ascii: "\n")).map(Array.init)
    #expect(try CloudEvent.read(read).map { try $0.get() } == events)
    read[0] = []
    #expect(throws: CloudEventFault.self) { try CloudEvent.read(read)[0].get() }
  }

  @Test("the greatest event fits into a line")
  func greatest() throws {
    let name = String(repeating: "\"", count: 255)
    let half = [UInt8](repeating: 1, count: AppendLimits.bytesPerEvent / 2)
    var event = NewEvent.sample(
      StreamID(name), type: EventTypeName(name), tags: (0..<8).map { Tag(name.dropLast() + "\($0)") },
      sealed: SealedPayload(subject: UUID(), bytes: half))
    event.payload = half
    let stored = StoredEvent(
      event, position: position(.max), revision: 0, logTime: .now(), wallTime: .now(), prefixHash: .max)
    #expect(CloudEvent(stored, of: Self.log, head: position(.max)).json.text.utf8.count <= CloudEvent.lineLimitBytes)
  }

  @Test("members may stand in any order, with spaces and escapes")
  func anyForm() throws {
    guard case .object(let members) = try JSONParser.parse(Array(Self.line.utf8)) else { return }
    let text = "{ " + members.reversed().map { #""\#($0.name)" : \#($0.value.text)"# }.joined(separator: " ,\t") + " }"
    #expect(try CloudEvent(line: Array(text.replacing("locker", with: #"\u006cocker"#).utf8)) == Self.event)
  }

  @Test(
    "a line that is no exported event is refused with what is wrong, and nothing of what stands in it",
    arguments: [
      ("", "not JSON: the text ends where a value should be (column 1)"), ("[]", "a line must be an object"),
      ("{}", "'specversion' is missing"),
      (change(#""specversion":"1.0""#, #""specversion":"2.0""#), "'specversion' must be 1.0"),
      (change(#""revision":"1""#, #""revision":1"#), "'revision' must be a string"),
      (change(#""revision":"1""#, #""revision":"+1""#), "'revision' must be a whole number"),
      (change(#""revision":"1""#, #""revision":"-0""#), "'revision' must be a whole number"),
      (change(#""revision":"1""#, #""revision":"18446744073709551616""#), "'revision' must be a whole number"),
      (change(#""position":"8""#, #""position":"0""#), "'position' must be 1 or more"),
      (change(#""head":"10","#, ""), "'head' is missing"),
      (change("AP8=", "AP8"), "'sealeddata' must be base64"), (change("aGk=", "aG k="), "'data_base64' must be base64"),
      (change(#""sealeddata":"AP8=","#, ""), "'sealeddata' is missing"),
      (change(#""sealedsubject":"0189b100-0000-7003-8000-000000000003","#, ""), "'sealedsubject' is missing"),
      (change(#""command":"0189"#, #""command":"x189"#), "'command' must be a UUID"),
      (change("urn:uuid:0189ab7e-0c00-7", "urn:uuid:0189ab7e-0c00-4"), "'source' must be urn:uuid:"),
      (change("12:00:00.000001Z", "25:00:00Z"), "'time' must be a time"),
      (change("locker-7", "locker 7"), "The stream name (8 bytes) must be"),
      (change("locker-7", "löcker"), "The stream name (7 bytes) must be"),
      (change("lockers.v1.ParcelStored", ""), "The event type name (0 bytes)"),
      (change("parcel:12 ", "parcel:12  "), "The tag name (0 bytes)"),
      (change("courier/3", String(repeating: "c", count: 256)), "The actor name (256 bytes)"),
      (change(#""prefixhash":"abcdef""#, #""prefixhash":"0x1""#), "'prefixhash' must be a hexadecimal number"),
      (change("application/protobuf", "application/json"), "'datacontenttype' must be application/protobuf"),
      (change(#""head":"#, #""extra":"1","head":"#), "unknown attribute 'extra'"),
      (change(#""head":"#, #""Ann Doe":"1","head":"#), "unknown attribute with an unusual name"),
      (change(#""head":"#, #""head":"10","head":"#), "a name stands twice"),
      (change(#""data_base64":"aGk=""#, #""data":{}"#), "without --open"),
    ])
  func refused(line: String, words: String) {
    let fault = #expect(throws: CloudEventFault.self) { try CloudEvent(line: Array(line.utf8)) }
    #expect(fault?.description.contains(words) == true, "\(String(describing: fault))")
  }

  private static func change(_ part: String, _ other: String) -> String {
    precondition(line.contains(part))
    return line.replacing(part, with: other)
  }

  @Test("an event that was opened has its data for people, and is taken by no log")
  func opened() throws {
    let opened = Self.event.opened(.object([.init(name: "familyName", value: "Doe")]), personal: "open").text
    #expect(
      opened.contains(#""data":{"familyName":"Doe"},"datacontenttype":"application/json""#)
        && opened.contains(#""personal":"open""#))
    #expect(!opened.contains("data_base64") && !opened.contains("sealeddata") && opened.contains("sealedsubject"))
    #expect(throws: CloudEventFault.self) { try CloudEvent(line: Array(opened.utf8)) }
  }
}

private func position(_ number: UInt64) -> Position {
  guard let position = Position(number) else { preconditionFailure("0 is no position") }
  return position
}
