import Foundation
import Testing

extension TidyTests {
  /// Folders whose files are not all in the format yet. A folder leaves the list once `swift format -i -r FOLDER` was run.
  private static let unformatted = [
    "Sources/EventStore/", "Sources/HTML/", "Sources/Keys/", "Sources/Projections/",
    "Sources/WebServer/", "Sources/portal/", "Tests/EventStoreTests/",
    "Tests/HTMLTests/", "Tests/KeysTests/", "Tests/PortalTests/", "Tests/ProjectionsTests/", "Tests/SchemaTests/",
    "Tests/WebServerChild/", "Tests/WebServerTests/",
  ]

  @Test("the code has the format of .swift-format")
  func format() throws {
    let files = ["Sources", "Tests", "Benchmarks/Sources"].flatMap { TidyTests.files(in: $0, ending: ".swift") }.map(\.path)
      .filter { path in !path.contains("/Generated/") && !TidyTests.unformatted.contains { path.hasPrefix($0) } }
    #expect(files.count > 50, "the files were found")
    guard TidyTests.hasSwift else { return }
    let lint = Process()
    let findings = Pipe()
    lint.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    lint.arguments = ["swift", "format", "lint", "--strict", "--configuration", ".swift-format"] + files
    lint.currentDirectoryURL = TidyTests.root
    lint.standardError = findings
    try lint.run()
    let text = String(decoding: try findings.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    lint.waitUntilExit()
    #expect(lint.terminationStatus == 0, "Run swift format -i on these files:\n\(text)")
  }

  private static var hasSwift: Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: $0 + "/swift") }
  }
}
