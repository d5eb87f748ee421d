import LMDB
import Synchronization

/// What a log that is open for writing does now and then: it frees the slots of readers that were killed, so that the pages
/// they held can be used again, and records how much room there is and who reads.
///
/// When ``finish()`` returns it holds nothing of the log: whoever closed a log can open it again at once.
final class Housekeeping: Sendable {
  /// A snapshot that is outdated for so long, or holds so much back, is named in the log output.
  private static let patience = Duration.seconds(30)
  private static let heldBytes = 16 << 20

  /// `nil` when it is over.
  private let readership: Mutex<Readership?>
  private let telemetry: Telemetry
  private let directory: DataDirectory
  private let task = Mutex<Task<Void, Never>?>(nil)

  init(of readership: Readership, in directory: DataDirectory, telemetry: Telemetry) {
    self.readership = Mutex(readership)
    self.telemetry = telemetry
    self.directory = directory
  }

  /// Keeps house at once and then once in `interval`, until it is over.
  func begin(every interval: Duration) {
    let keeping = Task { while keepHouse(), !Task.isCancelled { try? await Task.sleep(for: interval) } }
    task.withLock { $0 = keeping }
  }

  /// Waits until the house is kept if that is under way.
  func finish() {
    task.withLock { $0?.cancel() }
    readership.withLock { $0 = nil }
  }

  /// - Returns: Whether it was done: `false` when it is over.
  @discardableResult
  func keepHouse(at now: ContinuousClock.Instant = .now) -> Bool {
    readership.withLock { readership in
      guard let readership else { return false }
      do throws(EventStoreError) { try look(at: readership, now) } catch {
        telemetry.logger.warning("The log's readers cannot be looked at: \(error)", metadata: ["data": "\(directory.path)"])
      }
      return true
    }
  }

  private func look(at readership: Readership, _ now: ContinuousClock.Instant) throws(EventStoreError) {
    let cleared = try readership.clearStale()
    if cleared > 0 {
      telemetry.logger.notice("Readers were killed and held old pages; these are free again.", metadata: ["readers": "\(cleared)"])
    }
    telemetry.readers(try readership.readers(at: now))
    for holder in try readership.holders(at: now)
    where holder.age >= Housekeeping.patience || holder.heldBytes >= Housekeeping.heldBytes {
      telemetry.logger.warning(
        "\(holder) End the process, or let it continue.",
        metadata: ["data": "\(directory.path)", "process": "\(holder.process)", "seconds": "\(holder.age.components.seconds)"])
    }
    let room = readership.file.environment.room
    telemetry.room(fileBytes: room.usedBytes, mapBytes: room.mapBytes, diskFreeBytes: FileSystem.freeBytes(at: directory.log))
  }
}
