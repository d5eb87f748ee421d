import Foundation
import NIOCore
import NIOPosix
import TestSupport

/// A server of its own process, and bytes on a wire to it.
final class Wire {
  let process: Process
  let port: Int

  init(_ arguments: [String] = []) throws {
    let output = Pipe()
    process = BuiltProduct("web-server-child").process(arguments, output: output)
    try process.run()
    var line = ""
    while !line.hasSuffix("\n") { line += String(decoding: output.fileHandleForReading.readData(ofLength: 1), as: UTF8.self) }
    port = Int(line.dropFirst("port ".count).dropLast()) ?? 0
  }

  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Tells it to stop, and waits: its exit code.
  func stop() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }

  func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: "127.0.0.1", port: port) { channel in
      channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
    }
  }

  /// Sends bytes and reads until `end` comes, or until the server closes: what came.
  func talk(_ text: String, until end: String? = nil) async throws -> String {
    var reply = ""
    do {
      try await connect().executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: text))
        reply = try await Self.read(inbound, until: end)
      }
    } catch is ChannelError {
      // The server closed before we did: what it said is in the reply.
    }
    return reply
  }

  static func read(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, until end: String? = nil) async throws -> String {
    var bytes: [UInt8] = []
    do {
      for try await buffer in inbound {
        bytes += buffer.readableBytesView
        if let end, String(decoding: bytes, as: UTF8.self).contains(end) { break }
      }
    } catch is IOError {
      // The server closed while we were writing; what it said before is here.
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
