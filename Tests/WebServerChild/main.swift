import Foundation
import HTML
import Logging
import WebServer

// A server for the tests that need a process: it prints its port, and what it is asked about is in the routes below.
// web-server-child [--deadline MILLISECONDS] [--stop-within SECONDS]

func option(_ name: String) -> Int? {
  let arguments = CommandLine.arguments
  return arguments.firstIndex(of: name).flatMap { arguments.dropFirst($0 + 1).first }.flatMap { Int($0) }
}

func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000_000) }

let routes: [Route] = [
  Route(.get, "/bare", access: .everyone, kind: .api) { _ in .text("bare\n") },
  Route(.get, "/big", access: .everyone, kind: .api) { _ in Answer(status: 200, bytes: Array(repeating: 0x61, count: 1 << 20)) },
  Route(.post, "/form", access: .everyone, kind: .api, body: .form(limit: 1_000)) { request in .text(request.form["a"] ?? "") },
  // Its handler answers without reading the body.
  Route(.post, "/ignore", access: .everyone, kind: .api, body: .multipart(limit: 1_000)) { _ in .text("ignored\n") },
  Route(.get, "/events", access: .everyone, kind: .api) { request in
    try request.events { sink in
      try sink.send(ServerEvent(id: "1", name: "caught-up", data: ""))
      try await Task.sleep(for: .seconds(3_600))
    }
  },
  Route(.get, "/long", access: .everyone, kind: .api) { _ in
    .stream(contentType: "text/plain") { write in
      try await write(Array("begun\n".utf8))
      try await Task.sleep(for: .seconds(3_600))
    }
  },
]

let origin = Origin("http://test.example")
guard let origin else { exit(64) }
var options = SiteOptions(origin: origin, now: now)
options.guardRules.deadline = .milliseconds(option("--deadline") ?? 15_000)
options.guardRules.linger = .milliseconds(400)
let readiness = Readiness()
readiness.isReady()
let metrics = MetricsRegistry()
let site = Site(
  routes: routes + Route.operating(readiness: readiness, metrics: metrics), options: options,
  sessions: try Sessions(store: ForgetfulSessionStore(), now: now), secret: Array(repeating: 7, count: 32), metrics: metrics,
  readiness: readiness)
var service = WebService.Options(port: 0)
service.stopWithin = .seconds(option("--stop-within") ?? 15)
try await WebService(site: site, options: service, logger: Logger(label: "web-server-child") { _ in SwiftLogNoOpLogHandler() }).run
{ port in
  print("port \(port)")
  try? FileHandle.standardOutput.synchronize()
  fflush(nil)
}
