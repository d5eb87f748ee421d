import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Synchronization
import WebServer

/// Asks a site without a socket, as a browser would: it keeps the cookie and sends where the request was made.
public final class Client: Sendable {
  public struct Reply: Sendable {
    public let status: Int
    public let headers: HTTPFields
    public let text: String

    public func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
  }

  public let site: Site
  public let peer: String
  private let cookie = Mutex<String?>(nil)

  public init(_ site: Site, peer: String = "192.0.2.7") {
    self.site = site
    self.peer = peer
  }

  public var kept: String? {
    get { cookie.withLock { $0 } }
    set { cookie.withLock { $0 = newValue } }
  }

  public func ask(_ method: String, _ path: String, _ headers: [String: String] = [:], body: String = "") async -> Reply {
    var fields = HTTPFields()
    for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
    if let kept, let name = HTTPField.Name("Cookie") { fields[name] = kept }
    let head = HTTPRequest(
      method: HTTPRequest.Method(method) ?? .get, scheme: "http", authority: "test.example", path: path, headerFields: fields)
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body)))
    let response = await site.respond(to: request, context: Connection(peer: peer))
    if let line = response.headers[.setCookie] { kept = line.split(separator: ";").first.map(String.init) }
    let sink = Sink()
    try? await response.body.write(sink)
    return Reply(status: response.status.code, headers: response.headers, text: String(decoding: sink.bytes, as: UTF8.self))
  }

  public func get(_ path: String, _ headers: [String: String] = ["Accept": "text/html"]) async -> Reply {
    await ask("GET", path, headers)
  }

  /// Sends a form from a page of the site, with its token unless another one is given.
  public func post(_ path: String, _ fields: String, token: String? = nil, headers: [String: String] = [:]) async -> Reply {
    let token = if let token { token } else { await get("/token").text }
    let all = ["Content-Type": "application/x-www-form-urlencoded", "Origin": "http://test.example", "Accept": "text/html"]
    return await ask("POST", path, all.merging(headers) { $1 }, body: "csrf=\(token)&\(fields)")
  }

  private final class Sink: ResponseBodyWriter, Sendable {
    private let written = Mutex<[UInt8]>([])
    var bytes: [UInt8] { written.withLock { $0 } }
    func write(_ buffer: ByteBuffer) async throws { written.withLock { $0 += buffer.readableBytesView } }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
  }
}
