import Foundation
import HTML
import Testing
import WebClient

@testable import WebServer

@Suite("Assets")
struct AssetTests {
  private func unpacked(_ bytes: [UInt8]) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(bytes))
    try input.fileHandleForWriting.close()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return Array(data)
  }

  @Test("what is compressed is unpacked by gzip to the same bytes, and is smaller")
  func gzip() throws {
    for asset in Asset.all {
      let packed = Gzip.compressed(asset.bytes)
      #expect(try unpacked(packed) == asset.bytes)
      #expect(packed.count * 2 < asset.bytes.count)
    }
    for bytes in [[], [0x61], Array(repeating: 0x61, count: 1_000), Array(0...255) + Array(0...255)] as [[UInt8]] {
      #expect(try unpacked(Gzip.compressed(bytes)) == bytes)
    }
  }

  @Test("a file that pages refer to is kept for ever, and is set no cookie")
  func forever() async throws {
    let client = Client(try Sites.site())
    let reply = await client.get(Asset.script.path.text, ["Accept-Encoding": "br, gzip;q=0.8"])
    #expect(reply.header("Content-Encoding") == "gzip" && reply.header("Vary") == "Accept-Encoding")
    #expect(reply.header("Cache-Control") == "public, max-age=31536000, immutable" && reply.header("Set-Cookie") == nil)
    #expect(await client.get(Asset.script.path.text, ["Accept-Encoding": "gzip;q=0"]).header("Content-Encoding") == nil)
  }
}
