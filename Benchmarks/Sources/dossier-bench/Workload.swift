import EventStore
import Foundation

/// Events as the portal makes them: cases that open, go on for a while and end, under representatives of whom a few have
/// most of the work. The same seed gives the same events; payloads are random bytes, as ciphertext is.
///
/// Sizes follow the volume model: half of the events under 420 bytes with their envelope, saved sections of 2.2 KB in the
/// middle and 16 KB at the far end, a mean near 0.95 KB.
struct Workload {
  private struct Case {
    let stream: StreamID
    let representative: Tag
    var eventsLeft: Int
  }

  private static let types: [(EventTypeName, weight: Int)] = [
    ("dossier.v1.ApplicationSaved", 20), ("dossier.v1.DocumentUploaded", 30), ("dossier.v1.ApplicationMessageSent", 12),
    ("dossier.v1.ApplicationMessageRead", 12), ("dossier.v1.ApplicationStepChanged", 14), ("dossier.v1.ApplicationCreated", 3),
    ("dossier.v1.PackageSubmitted", 1), ("dossier.v1.EmailQueued", 8),
  ]

  private var random: SplitMix
  private var cases: [Case] = []
  private let representatives: [Tag]
  private let openCases: Int
  /// Bytes of every payload; `nil`: sizes as the portal's.
  private let payloadSize: Int?
  private let bytes: [UInt8]

  init(seed: UInt64, openCases: Int = 2_000, payloadSize: Int? = nil) {
    var random = SplitMix(state: seed)
    self.openCases = openCases
    self.payloadSize = payloadSize
    representatives = (0..<1_000).map { _ in Tag("rep:" + Workload.identifier(&random)) }
    bytes = (0..<1 << 17).map { _ in UInt8.random(in: 0...255, using: &random) }
    self.random = random
  }

  /// Events to be appended together, of one case.
  mutating func append(_ count: Int, sharedCase: Bool = true) -> [NewEvent] {
    let now = Timestamp.now()
    let command = UUID.v7(at: now, using: &random)
    let actor = Actor("representative/" + Workload.identifier(&random))
    var index = pickCase()
    return (0..<count).map { number in
      if !sharedCase { index = pickCase() }
      let tags = [cases[index].representative] + (number == 0 ? [Tag("command:" + command.uuidString.lowercased())] : [])
      let (type, size) = shape()
      return NewEvent(
        id: .v7(at: now, using: &random), stream: use(index), type: type, tags: tags,
        origin: Origin(command: command, commandDigest: random.next(), actor: actor), payload: payload(payloadSize ?? size))
    }
  }

  private mutating func pickCase() -> Int {
    guard cases.count < openCases else { return Int.random(in: 0..<cases.count, using: &random) }
    cases.append(openCase())
    return cases.count - 1
  }

  private mutating func openCase() -> Case {
    // Zipf with exponent 1: the rank is the inverse of a uniform number.
    let rank = Int(pow(Double(representatives.count), Double.random(in: 0..<1, using: &random))) - 1
    return Case(
      stream: StreamID("pkg-" + Workload.identifier(&random)), representative: representatives[rank],
      eventsLeft: Int.random(in: 5...120, using: &random))
  }

  /// The stream of a case that has one event more; after its last another case takes its place.
  private mutating func use(_ index: Int) -> StreamID {
    let stream = cases[index].stream
    cases[index].eventsLeft -= 1
    if cases[index].eventsLeft == 0 { cases[index] = openCase() }
    return stream
  }

  private mutating func shape() -> (EventTypeName, Int) {
    var ticket = Int.random(in: 0..<100, using: &random)
    for (type, weight) in Workload.types {
      ticket -= weight
      guard ticket < 0 else { continue }
      switch weight {
      case 20: return (type, min(65_536, Int(1_900 * exp(normal() * 0.85))))
      case 12 where type == "dossier.v1.ApplicationMessageSent": return (type, min(8_000, Int(1_000 * exp(normal() * 0.5))))
      default: return (type, Int.random(in: 40...180, using: &random))
      }
    }
    return (Workload.types[0].0, 100)
  }

  private mutating func normal() -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
  }

  private mutating func payload(_ size: Int) -> [UInt8] {
    let start = Int.random(in: 0..<bytes.count - 65_536, using: &random)
    return Array(bytes[start..<start + size])
  }

  private static func identifier(_ random: inout SplitMix) -> String {
    UUID.v7(at: Timestamp(microseconds: 1_690_891_200_000_000), using: &random).uuidString.lowercased()
  }
}

/// Pseudo-random numbers from a seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
