import Foundation
import SwiftProtobuf

// Writes the event catalogue that `scripts/generate` puts beside the messages: from a descriptor set with source
// information on standard input to Swift on standard output.
do {
  let set = try Google_Protobuf_FileDescriptorSet(serializedBytes: FileHandle.standardInput.readDataToEndOfFile())
  try FileHandle.standardOutput.write(contentsOf: Data(try Catalogue(of: set).swift.utf8))
} catch {
  FileHandle.standardError.write(Data("event-catalogue: \(error)\n".utf8))
  exit(1)
}
