import ArgumentParser
import Foundation
import Terminal

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case text, json, csv
}

/// Results go to standard output; progress and errors go to standard error.
enum Output {
  static func print(_ table: TextTable) {
    let environment = ProcessInfo.processInfo.environment
    write(
      table.text(
        width: Terminal.width(of: .standardOutput),
        style: Style(isOn: Terminal.takesColour(.standardOutput, environment: environment))))
  }

  /// One document, keys in alphabetical order.
  static func printJSON(_ value: some Encodable) throws {
    write(try json(value, [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]) + "\n")
  }

  /// One document in one line.
  static func printJSONLine(_ value: some Encodable) throws {
    write(try json(value, [.sortedKeys, .withoutEscapingSlashes]) + "\n")
  }

  /// RFC 4180, with a line of heads.
  static func printCSV(_ heads: [String], _ rows: [[String]]) {
    for row in [heads] + rows { write(row.map(quoted).joined(separator: ",") + "\r\n") }
  }

  static func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

  static func complain(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  private static func json(_ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private static func quoted(_ cell: String) -> String {
    cell.contains { $0 == "," || $0 == "\"" || $0.isNewline } ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
  }
}
