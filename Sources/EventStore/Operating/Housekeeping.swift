import LMDB

extension LMDBEventLog {
  /// What a log that is open for writing does now and then: it frees the slots of readers that were killed, so that the pages
  /// they held can be used again, and records how much room there is and who reads.
  func keepHouse() {
    do throws(EventStoreError) {
      let cleared = try clearStaleReaders()
      if cleared > 0 {
        telemetry.logger.notice("Readers were killed and held old pages; these are free again.", metadata: ["readers": "\(cleared)"])
      }
      telemetry.readers(try readers())
      let room = file.environment.room
      telemetry.room(fileBytes: room.usedBytes, mapBytes: room.mapBytes, diskFreeBytes: FileSystem.freeBytes(at: directory.log))
    } catch {
      telemetry.logger.warning("The log's readers cannot be looked at: \(error)", metadata: ["data": "\(directory.path)"])
    }
  }

  /// Keeps house at once and then once in `interval`, until the task is cancelled or the log is gone: it does not keep it.
  func keepHouse(every interval: Duration) -> Task<Void, Never> {
    Task { [weak self] in
      while !Task.isCancelled, self?.keepHouse() != nil { try? await Task.sleep(for: interval) }
    }
  }
}
