import ArgumentParser
import Foundation
import Logging
import PortalWeb
import WebServer

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve the portal's pages and its API until told to stop.",
    discussion: """
      SIGTERM and SIGINT end it in order: /ready says 503, requests under way are finished within 15 seconds, the log is \
      closed. One line a request goes to standard error.
      """)

  @Option(help: ArgumentHelp("The data directory; made if there is none.", valueName: "dir"))
  var data = "./data"

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen on; 0 for any that is free.")
  var port = 8_080

  @Option(
    name: .customLong("public-origin"),
    help: ArgumentHelp(
      "How browsers know the site, such as https://portal.example.ca; http://HOST:PORT unless given.", valueName: "origin"))
  var publicOrigin: String?

  @Flag(help: "The system's clock is right, although it stands far from the newest event: carry commands out.")
  var acceptClock = false

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("A port is 0 to 65535.") }
    guard publicOrigin != nil || port != 0 else { throw ValidationError("--port 0 needs --public-origin.") }
    guard Origin(origin) != nil else { throw ValidationError("'\(origin)' is not an origin of http or https.") }
  }

  private var origin: String { publicOrigin ?? "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }

  func run() async throws {
    guard let origin = Origin(origin) else { return }
    let workplace = try Workplace(data, clock: .system, clockIsAccepted: acceptClock)
    defer { workplace.close() }
    try workplace.checkClock()
    let site = try PortalSite.make(
      .init(secrets: workplace.directory.secrets, origin: origin, office: workplace.office, log: Self.write))
    let follower = workplace.follower { Self.write("portal serve: \($0)") }
    let shown = self.origin
    try await WebService(site: site, options: .init(host: host, port: port), logger: Logger(label: "portal")).run(
      services: [follower]
    ) { port in
      site.readiness.isReady()
      let line = "Serving at \(shown) (port \(port)). Stop with Ctrl-C.\n"
      try? FileHandle.standardOutput.write(contentsOf: Data(line.utf8))
    }
  }

  private static let write: @Sendable (String) -> Void = { line in
    try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
  }
}
