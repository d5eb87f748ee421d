import CaseEngine
import EventStore
import Foundation
import PortalWeb
import Projections
import StrictJSON
import Terminal

/// One run over the lines of an input.
struct ActRun {
  /// What a line may take.
  static let lineLimitBytes = 1 << 20
  /// The read models follow after this many lines, and at the end.
  private static let linesBetweenCatchUps = 500

  private let workplace: Workplace
  private let clock: ClockChoice
  private let input: CommandInput

  init(_ workplace: Workplace, clock: ClockChoice, input: CommandInput) {
    self.workplace = workplace
    self.clock = clock
    self.input = input
  }

  /// Carries out line after line, until the end of the input, a line that is no command, or a signal to stop.
  func run(print: (String) throws -> Void) async throws {
    var splitter = LineSplitter(limitBytes: Self.lineLimitBytes)
    var number = 0
    var failure: (any Error)?
    do {
      var isAtEnd = false
      while !isAtEnd {
        let chunk = try await input.next()
        isAtEnd = chunk.isEmpty
        for line in isAtEnd ? splitter.finish() : splitter.take(chunk) where !input.isStopped {
          number += 1
          try await perform(line, number, print)
          if number.isMultiple(of: Self.linesBetweenCatchUps) { try? workplace.catchUp() }
        }
      }
    } catch {
      failure = error
    }
    // What was carried out is shown, whatever ended the run.
    do { try workplace.catchUp() } catch  where failure == nil {
      // It is carried out all the same: nothing to end with an error for.
      StandardStreams.complain(
        "portal act: All \(number) lines were carried out, but the read models could not be brought up to date: \(error) They follow when they are asked for.\n"
      )
    } catch {}
    if let failure { throw failure }
  }

  private func perform(_ bytes: [UInt8]?, _ number: Int, _ print: (String) throws -> Void) async throws {
    guard let bytes else {
      throw RunFault(line: number, reason: "longer than \(Self.lineLimitBytes) bytes")
    }
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
    let line: ActLine
    do throws(LineFault) { line = try ActLine(bytes, clock: clock) } catch {
      throw RunFault(line: number, reason: error.reason)
    }
    guard workplace.now.microseconds >= 0 else {
      throw RunFault(line: number, reason: "the clock of this machine shows a time before 1970. Set it, and send the line again")
    }
    let answer: Answer
    do throws(EngineError) { answer = try await workplace.perform(line) } catch {
      throw RunFault(line: number, reason: error.description)
    }
    try print(JSON.object([.init(name: "line", value: .integer(Int64(number)))] + answer.members).text)
  }
}

/// Why a run ended before its input.
struct RunFault: Error, Equatable, CustomStringConvertible {
  let line: Int
  let reason: String

  var description: String { "line \(line): \(reason)" }
}
