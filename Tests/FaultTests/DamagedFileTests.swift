import Foundation
import TestSupport
import Testing

@Suite("A damaged file", .serialized)
struct DamagedFileTests {
  private let folder = scratchFolder()
  private let questioner = Questioner()

  /// What became of the damage that was done.
  struct Tally: CustomStringConvertible {
    var (harmless, refused, died) = (0, 0, 0)
    var wrong: [String] = []
    var description: String {
      "\(harmless) harmless, \(refused) refused, \(died) ended the process that looked, \(wrong.count) wrong"
    }

    mutating func count(_ answer: Answer, _ what: String) {
      switch answer {
      case .died: died += 1
      case .line("same"): harmless += 1
      case .line(let line) where line.hasPrefix("refused"): refused += 1
      default: wrong.append("\(what): \(answer)")
      }
    }
  }

  /// A log of about 100 KiB. - Parameter kill: when to kill the writer; `nil`: it closes the log, and the index has seen everything.
  private func makeLog(_ workload: String, killing kill: String? = nil) throws {
    let root = folder.path("made")
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    var process = FaultyProcess(arguments: ["write", workload, root + "/data", "2"])
    if let kill { process.orders["FAULT_KILL"] = kill }
    let ending = try process.run(watching: root)
    #expect(ending.wasKilled == (kill != nil))
  }

  /// The bytes of the file of `part`, a copy of the log being loaded and ready to be damaged.
  private func load(_ part: String = "log") throws -> Int {
    let copy = folder.path("damaged")
    try? FileManager.default.removeItem(atPath: copy)
    try FileManager.default.copyItem(atPath: folder.path("made/data"), toPath: copy)
    guard case .line(let line) = try questioner.ask("load \(copy) \(part)"), let bytes = Int(line.split(separator: " ")[1]) else {
      return 0
    }
    return bytes
  }

  private func damage(
    _ questions: some Sequence<String>, of part: String = "log", until deadline: ContinuousClock.Instant = .now + .seconds(600)
  ) throws -> Tally {
    var tally = Tally()
    for question in questions where ContinuousClock.now < deadline {
      if !questioner.isRunning { _ = try load(part) }
      tally.count(try questioner.ask(question), question)
    }
    return tally
  }

  /// The used bytes of both meta pages, and a sample of all others, or in deep mode everything; one bit of each byte, or all eight.
  private func flips(of bytes: Int, _ word: String) -> [String] {
    if Depth.isDeep {
      let offsets = Array(0..<bytes).scattered(97)
      return (0..<8).flatMap { bit in offsets.map { "\(word) \($0) \((bit + $0) % 8)" } }
    }
    let metas = (0..<160).map { $0 } + (4_096..<4_256).map { $0 }
    var random = SeededGenerator(seed: Depth.seed)
    return (metas + stride(from: 0, to: bytes, by: 101)).map { "\(word) \($0) \(Int.random(in: 0..<8, using: &random))" }
  }

  @Test("with one flipped bit is refused, or gives every answer as before: never another, never a shorter one")
  func flippedBits() throws {
    try makeLog("\(Depth.seed):1:14")
    let bytes = try load()
    #expect(bytes > 60_000)
    let tally = try damage(flips(of: bytes, "flip"), until: Depth.deadline)
    Depth.report("flipped bits in \(bytes) bytes: \(tally)")
    #expect(tally.wrong.prefix(5) == [], "seed \(Depth.seed)")
    #expect(tally.refused > 100 && tally.harmless > 10)
  }

  @Test("gives wrong answers when nobody looks at checksums: the control that must let bits through")
  func control() throws {
    try makeLog("\(Depth.seed):1:14")
    let bytes = try load()
    let tally = try damage(stride(from: 8_192, to: bytes, by: 997).map { "meddle \($0) 3" })
    Depth.report("flipped bits, checksums not looked at: \(tally)")
    #expect(tally.wrong.count > 10)
  }

  @Test("of the index is as safe: a row that cannot be found would be a stream that begins again")
  func flippedBitsOfIndex() throws {
    try makeLog("\(Depth.seed):1:14")
    let bytes = try load("index")
    let tally = try damage(flips(of: bytes, "flip"), of: "index", until: Depth.deadline)
    Depth.report("flipped bits in the \(bytes) bytes of an index: \(tally)")
    #expect(tally.wrong.prefix(5) == [], "seed \(Depth.seed)")
    #expect(tally.refused > 20 && tally.harmless > 10)
  }

  @Test("that was left by a killed writer, so that the index has not seen all of it, is as safe from flipped bits")
  func flippedBitsBehindIndex() throws {
    try makeLog("\(Depth.seed):1:14", killing: "before:85")
    let bytes = try load()
    let tally = try damage(flips(of: bytes, "flip"), until: Depth.deadline)
    Depth.report("flipped bits beyond the index in \(bytes) bytes: \(tally)")
    #expect(tally.wrong.prefix(5) == [], "seed \(Depth.seed)")
  }

  @Test("with random bytes over a part of it is refused, or gives every answer as before")
  func scribbled() throws {
    try makeLog("\(Depth.seed):1:14")
    _ = try load()
    let tally = try damage((0..<(Depth.isDeep ? 20_000 : 200)).map { "mix \(Depth.seed &* 100_000 &+ UInt64($0))" })
    Depth.report("random bytes over a part: \(tally)")
    #expect(tally.wrong.prefix(5) == [], "seed \(Depth.seed)")
  }

  @Test("that was cut short is refused, at 50 lengths")
  func truncated() throws {
    try makeLog("\(Depth.seed):1:14")
    let bytes = try load()
    let tally = try damage((0..<50).map { "cut \(bytes * $0 / 50)" })
    Depth.report("cut short: \(tally)")
    #expect(tally.wrong == [] && tally.died == 0 && tally.refused == 50)
  }

  @Test("that is an older copy of itself is refused, for every state it had before")
  func older() throws {
    let folder = folder.path("made/data")
    var copies: [Data] = []
    for requests in 1...12 {
      try makeLog("\(Depth.seed):1:\(requests)")
      copies.append(try Data(contentsOf: URL(fileURLWithPath: folder + "/log/data.mdb")))
      try FileManager.default.removeItem(atPath: self.folder.path("made"))
    }
    try makeLog("\(Depth.seed):1:12")
    var refused = 0
    for copy in copies.dropLast() {
      try copy.write(to: URL(fileURLWithPath: folder + "/log/data.mdb"))
      if try questioner.ask("check \(Depth.seed):1:12 \(folder)").begins(with: "refused") { refused += 1 }
    }
    Depth.report("older copies: \(refused) of \(copies.count - 1) refused")
    #expect(refused == copies.count - 1)
  }
}
