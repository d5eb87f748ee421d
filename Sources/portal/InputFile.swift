import ArgumentParser
import Foundation

/// A file to read lines from.
struct InputFile: ParsableArguments {
  @Argument(help: "The file to read; - for standard input.")
  var file: String

  func validate() throws {
    guard file != "-" else { return }
    guard FileManager.default.fileExists(atPath: file) else { throw ValidationError("There is no file \(file).") }
    let values = try? URL(fileURLWithPath: file).resourceValues(forKeys: [.isDirectoryKey])
    guard values?.isDirectory != true else { throw ValidationError("\(file) is a folder.") }
  }

  /// - Parameter path: `-` for standard input.
  static func open(_ path: String) throws(InputFault) -> FileHandle {
    guard path != "-" else { return .standardInput }
    do {
      return try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    } catch {
      throw InputFault(path: path, reason: error.localizedDescription)
    }
  }
}

/// The file to read cannot be opened.
struct InputFault: Error, CustomStringConvertible {
  let path: String
  let reason: String

  var description: String { "\(path) cannot be read: \(reason)" }
}
