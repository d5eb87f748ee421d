import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import WebServer

@Suite("Guard")
struct GuardTests {
  private static let host = "Host: test.example\r\n"
  private static let form =
    "POST /form HTTP/1.1\r\n\(host)Origin: http://test.example\r\nContent-Type: application/x-www-form-urlencoded\r\n"

  @Test("a body that is announced too large is refused before it comes, and the connection closed")
  func announced() async throws {
    let wire = try Wire()
    // Nothing of the body is sent: an answer that waited for it would never come.
    let reply = try await wire.talk(Self.form + "Content-Length: 1000000000000\r\n\r\n")
    #expect(reply.hasPrefix("HTTP/1.1 413 ") && reply.lowercased().contains("connection: close"))
    #expect(reply.contains("\"code\":\"request.too_large\""))
    #expect(reply.contains(SecurityHeaders.policy), "refusals of the guard have all headers")
  }

  @Test("a body without a length is cut off at its limit, and the connection closed")
  func chunked() async throws {
    let wire = try Wire()
    let chunk = "400\r\n" + String(repeating: "a", count: 1_024) + "\r\n"
    let reply = try await wire.talk(Self.form + "Transfer-Encoding: chunked\r\n\r\n" + chunk)
    #expect(reply.hasPrefix("HTTP/1.1 413 "))
  }

  @Test("the rest of a body that nobody reads is not taken to its end")
  func ignored() async throws {
    let wire = try Wire()
    let head =
      "POST /ignore HTTP/1.1\r\n\(Self.host)Origin: http://test.example\r\nContent-Type: multipart/form-data; boundary=X\r\n"
    let chunk = "400\r\n" + String(repeating: "a", count: 1_024) + "\r\n"
    let reply = try await wire.talk(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk)
    #expect(reply.hasPrefix("HTTP/1.1 200 ") || reply.hasPrefix("HTTP/1.1 413 "))
  }

  @Test("a request that does not become whole has its connection closed; so has one whose head does not")
  func slow() async throws {
    let wire = try Wire(["--deadline", "600"])
    let reply = try await wire.talk(Self.form + "Content-Length: 10\r\n\r\na=")
    #expect(!reply.hasPrefix("HTTP/1.1 200 "))
    #expect(try await wire.talk("GET /bare HTTP/1.1\r\nHost: te") == "", "closed without a word")
  }

  @Test("who asks whether to go on is told so, or refused at once")
  func expectation() async throws {
    let wire = try Wire()
    let ask = Self.form + "Expect: 100-continue\r\n"
    #expect(try await wire.talk(ask + "Content-Length: 3\r\n\r\n", until: "\r\n\r\n").hasPrefix("HTTP/1.1 100 Continue\r\n"))
    #expect(try await wire.talk(ask + "Content-Length: 3000\r\n\r\n").hasPrefix("HTTP/1.1 413 "))
    #expect(try await wire.talk(Self.form + "Expect: coffee\r\nContent-Length: 3\r\n\r\n").hasPrefix("HTTP/1.1 417 "))
  }

  @Test("exactly one host is named, and it is ours")
  func hosts() async throws {
    let wire = try Wire()
    #expect(try await wire.talk("GET /bare HTTP/1.1\r\nHost: evil\r\n\r\n").hasPrefix("HTTP/1.1 421 "))
    #expect(try await wire.talk("GET /bare HTTP/1.1\r\n\(Self.host)Host: evil\r\n\r\n").hasPrefix("HTTP/1.1 400 "))
    #expect(try await wire.talk("GET /bare HTTP/1.1\r\n\r\n").hasPrefix("HTTP/1.1 400 "))
    let marked = "GET /bare HTTP/1.1\r\n\(Self.host)Dossier-Guard: body.large\r\nConnection: close\r\n\r\n"
    #expect(try await wire.talk(marked).hasPrefix("HTTP/1.1 200 "), "nobody but the guard sets its header")
  }

  @Test("heads without end are not read")
  func heads() async throws {
    let wire = try Wire()
    let many = (0..<100).map { "X-\($0): a\r\n" }.joined()
    for head in [many, "X: " + String(repeating: "a", count: 20_000) + "\r\n"] {
      #expect(try await wire.talk("GET /bare HTTP/1.1\r\n\(Self.host)\(head)\r\n").hasPrefix("HTTP/1.1 400 "))
    }
  }

  @Test("requests that come at once are answered in order")
  func pipelined() async throws {
    let wire = try Wire()
    let get = "GET /bare HTTP/1.1\r\n\(Self.host)"
    let reply = try await wire.talk(get + "\r\n" + get + "\r\n" + Self.form + "Content-Length: 5000\r\n\r\n" + get + "\r\n")
    let statuses = reply.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) }
    #expect(statuses == ["200", "200", "413"])
  }

  @Test("what the guard lets through, as a table")
  func table() {
    var state = GuardState()
    let whole = [state.head(.pass(bodyLimit: 10), contentLength: 10, expects: nil), state.body(10), state.end()]
    #expect(whole == [.forward, .forward, .forward])
    state.answerHead(isInformational: false, closes: false)
    let first = state.answerEnd()
    #expect(!first)
    let cut = [
      state.head(.pass(bodyLimit: 10), contentLength: nil, expects: "100-Continue"), state.body(11), state.body(1), state.end(),
      state.deadline(),
    ]
    #expect(cut == [.goOnAndForward, .fail(.tooLarge), .drop, .drop, .drop])
    state.answerHead(isInformational: false, closes: false)
    let second = state.answerEnd()
    #expect(second, "a request that was cut off ends its connection")
  }
}

@Suite("Stopping")
struct StoppingTests {
  @Test("streams say goodbye, and the process ends by itself")
  func streams() async throws {
    let wire = try Wire()
    let events = try await wire.connect()
    let text = try await events.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: "GET /events HTTP/1.1\r\nHost: test.example\r\n\r\n"))
      var bytes: [UInt8] = []
      var isTold = false
      for try await buffer in inbound {
        bytes += buffer.readableBytesView
        if !isTold, String(decoding: bytes, as: UTF8.self).contains("event: caught-up") {
          isTold = true
          wire.process.terminate()
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect(text.contains("content-type: text/event-stream") || text.contains("Content-Type: text/event-stream"))
    #expect(text.contains("id: 1\nevent: caught-up\ndata: \n\n") && text.contains("event: bye\n"))
    #expect(wire.stop() == 0)
  }

  @Test("a request that does not end is cut off when the time is over")
  func cutOff() async throws {
    let wire = try Wire(["--stop-within", "1"])
    let reply = try await wire.connect().executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: "GET /long HTTP/1.1\r\nHost: test.example\r\n\r\n"))
      var bytes: [UInt8] = []
      do {
        for try await buffer in inbound {
          if bytes.isEmpty { wire.process.terminate() }
          bytes += buffer.readableBytesView
        }
      } catch is IOError {}
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect(reply.contains("begun"))
    wire.process.waitUntilExit()
    #expect(wire.process.terminationReason == .exit)
  }
}
