import ArgumentParser
import EventStore
import Terminal

/// The process that restores, and what its end says. A damaged backup can end the process that maps it.
struct RestoringProcess {
  let backup: String
  let data: String

  func run() throws {
    let ending = try ChildProcess(option: "--here").run()
    switch ending {
    case .exited(0): return
    case .exited(let code): throw ExitCode(code)
    case .faulted(let fault):
      end("\(Self.words(fault, backup)) Nothing was restored.")
      throw ExitCode.failure
    case .killed(let signal, _):
      end(
        "the process that restores was ended (\(SystemWords.signal(signal))): by somebody, or because memory ran out. Nothing was restored; run it again."
      )
      throw ExitCode(Program.code(ofSignal: signal))
    }
  }

  private func end(_ words: String) {
    // What the process had begun. Nobody is at work on it any more.
    LMDBEventLog.removeUnfinishedRestore(in: DataDirectory(data))
    StandardStreams.complain("portal admin: \(words)\n")
  }

  private static func words(_ fault: MapFault, _ backup: String) -> String {
    if let file = fault.file {
      return
        "byte \(fault.offset) of \(file) could not be read: the backup in \(backup) is damaged, or a disk is full or fails. Take another backup, or make room."
    }
    return
      "the process that reads the backup in \(backup) was ended (\(SystemWords.signal(fault.signal))): the backup is damaged. Take another one."
  }
}

extension ChildProcess.Link: ExpressibleByArgument {}
