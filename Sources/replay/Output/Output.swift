import ArgumentParser
import Foundation
import Terminal

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case text, json, csv
}

/// Results go to standard output; progress and errors go to standard error.
enum Output {
  static func print(_ table: TextTable) throws(OutputFault) { try write(table.text(width: width, style: style)) }

  static var width: Int? { Terminal.width(of: .standardOutput) }

  static var style: Style {
    Style(isOn: Terminal.takesColour(.standardOutput, environment: ProcessInfo.processInfo.environment))
  }

  /// One document, keys in alphabetical order.
  static func printJSON(_ value: some Encodable) throws {
    try write(try json(value) + "\n")
  }

  /// RFC 4180, with a line of heads.
  static func printCSV(_ heads: [String], _ rows: [[String]]) throws(OutputFault) {
    try write(([heads] + rows).map(csv).joined())
  }

  static func csv(_ row: [String]) -> String { row.map(quoted).joined(separator: ",") + "\r\n" }

  static func write(_ text: String) throws(OutputFault) { try StandardStreams.write(Data(text.utf8)) }

  static func complain(_ text: String) { StandardStreams.complain(text) }

  static func json(
    _ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  ) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private static func quoted(_ cell: String) -> String {
    cell.contains { $0 == "," || $0 == "\"" || $0.isNewline } ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
  }
}
