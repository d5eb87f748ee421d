@testable import EventStore
import Foundation
import LMDB
import TestSupport
import Testing

@Suite("The record decoder")
struct RecordDecoderTests {
  private static func record(_ random: inout SeededGenerator) -> [UInt8] {
    let event = NewEvent(
      id: .v7(at: .now(), using: &random), stream: "stream-1", type: "probe.A", tags: ["rep:1", "other"],
      origin: Origin(command: UUID(), correlation: UUID(), actor: "test/1"), payload: [1, 2, 3],
      sealed: SealedPayload(subject: UUID(), bytes: [4, 5]))
    let images = RecordImages([event], RecordProbe.format)
    var bytes = [UInt8](repeating: 0, count: images.byteCount(of: 0))
    let place = RecordImages.Place(
      position: .first, typeNumber: 1, previousChecksum: 0, logTime: .now(), wallTime: .now())
    bytes.withMutableBytes { _ = images.write(0, into: &$0, at: place, links: [0, 0, 0], heads: [nil]) }
    return bytes
  }

  @Test("takes any bytes at all, and lets none pass for a record that is not one")
  func anyBytes() {
    var random = SeededGenerator(seed: Depth.seed)
    var passed = 0
    for _ in 0..<(Depth.isDeep ? 1_000_000 : 20_000) {
      let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      if RecordProbe.probe(bytes) { passed += 1 }
    }
    #expect(passed == 0, "seed \(Depth.seed)")
  }

  @Test("takes a record with any of its bytes changed, under a header checksum that fits: nothing is read beyond its end")
  func signedBytes() {
    var random = SeededGenerator(seed: Depth.seed)
    let record = RecordDecoderTests.record(&random)
    #expect(RecordProbe.probe(record))
    var passed = 0
    for _ in 0..<(Depth.isDeep ? 1_000_000 : 20_000) {
      var bytes = record
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 8..<bytes.count, using: &random)] =
          [0, 1, 255, UInt8(truncatingIfNeeded: random.next())].randomElement(using: &random) ?? 0
      }
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 1...bytes.count, using: &random)) }
      if RecordProbe.probeSigned(bytes) { passed += 1 }
    }
    #expect(passed > 0, "some changes are such that a writer could have made them: the control that looks behind the checksum")
  }

  @Test("finds every bit that is flipped in a record")
  func everyBit() {
    var random = SeededGenerator(seed: Depth.seed)
    let record = RecordDecoderTests.record(&random)
    for bit in 0..<record.count * 8 {
      var bytes = record
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(!RecordProbe.probe(bytes), "bit \(bit)")
    }
  }
}
