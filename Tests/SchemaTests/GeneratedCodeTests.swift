import Foundation
import TestSupport
import Testing

@Suite("Generated code")
struct GeneratedCodeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The plugin that is at hand without building it.
  private static var plugin: String? {
    let built = root.appending(path: ".build/protoc-gen-swift/release/protoc-gen-swift").path(percentEncoded: false)
    return ([ProcessInfo.processInfo.environment["PROTOC_GEN_SWIFT"], built] as [String?])
      .compactMap(\.self).first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static var hasProtoc: Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/protoc") }
  }

  @Test(
    "The generated Swift is what the protos give",
    .enabled(
      if: hasProtoc && plugin != nil,
      "Needs protoc and protoc-gen-swift: install protobuf-compiler and run scripts/generate once, or set PROTOC_GEN_SWIFT."))
  func isFresh() throws {
    let output = FileManager.default.temporaryDirectory.appending(path: "dossier-generated-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: output) }
    let generate = Process()
    generate.executableURL = Self.root.appending(path: "scripts/generate")
    generate.arguments = [output.path(percentEncoded: false)]
    generate.environment = ProcessInfo.processInfo.environment.merging([
      // A build within the tests would wait for the build that runs them.
      "PROTOC_GEN_SWIFT": Self.plugin ?? "", "EVENT_CATALOGUE": BuiltProduct("event-catalogue").url.path,
    ]) { $1 }
    try generate.run()
    generate.waitUntilExit()
    #expect(generate.terminationStatus == 0)
    let committed = Self.root.appending(path: "Sources/Schema/Generated")
    #expect(try files(in: output) == files(in: committed), "Run scripts/generate and commit the result.")
  }

  private func files(in folder: URL) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
    return try Dictionary(uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: folder.appending(path: $0))) })
  }
}
