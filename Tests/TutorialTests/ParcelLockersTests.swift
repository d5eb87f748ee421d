import EventStore
import Foundation
import TestSupport
import Testing

@Suite("The tutorial: a bank of parcel lockers")
struct ParcelLockersTests {
  private let folder = TemporaryFolder()
  private var directory: DataDirectory { DataDirectory(folder.path("data")) }
  private var boardFile: URL { URL(fileURLWithPath: folder.path("board.json")) }

  @Test("a day at the lockers")
  func tour() async throws {
    let log = try LMDBEventLog(directory: directory)
    let lockers = LockerBank(log: log)
    try await lockers.perform(.store(parcel: 12), in: 7, by: "courier/3")
    try await lockers.perform(.takeOutOfService, in: 8, by: "janitor/1")
    #expect(try lockers.locker(7) == .holding(parcel: 12))

    await #expect(throws: LockerRefusal.isOccupied) {
      try await lockers.perform(.store(parcel: 13), in: 7, by: "courier/4")
    }

    try await lockers.move(12, from: 7, to: 2, by: "janitor/1")
    let before = try log.head().time
    try await lockers.perform(.collect(parcel: 12), in: 2, by: "recipient/900")
    let story = try lockers.history(ofParcel: 12).map { "\($0.locker): \($0.event)" }
    #expect(
      story == [
        "locker-7: parcelStored(12)", "locker-7: parcelCollected(12)", "locker-2: parcelStored(12)",
        "locker-2: parcelCollected(12)",
      ])

    #expect(try await BoardFile.open(boardFile, of: log).lockers.isEmpty)
    #expect(try Board(of: log, at: before).lockers == [12: 2])
    log.close()
  }

  @Test(
    "every command in every state of a locker has its answer",
    arguments: [
      (Locker.empty, LockerCommand.collect(parcel: 1), LockerRefusal.isNotHere), (.empty, .putIntoService, .isInService),
      (.holding(parcel: 1), .store(parcel: 2), .isOccupied), (.holding(parcel: 1), .collect(parcel: 2), .isNotHere),
      (.holding(parcel: 1), .takeOutOfService, .isOccupied), (.holding(parcel: 1), .putIntoService, .isInService),
      (.outOfService, .store(parcel: 1), .isOutOfService), (.outOfService, .collect(parcel: 1), .isOutOfService),
      (.outOfService, .takeOutOfService, .isOutOfService),
    ])
  func refusals(locker: Locker, command: LockerCommand, refusal: LockerRefusal) {
    #expect(throws: refusal) { try locker.decide(command) }
  }

  @Test("when many couriers want one locker, one gets it, and the others are told")
  func race() async throws {
    let lockers = LockerBank(log: try LMDBEventLog(directory: directory))
    let stored = await withTaskGroup(of: Bool.self) { group in
      for parcel in 1...20 {
        group.addTask { (try? await lockers.perform(.store(parcel: parcel), in: 1, by: "courier/1")) != nil }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(stored == 1)
    #expect(try lockers.log.head(of: "locker-1" as StreamID)?.count == 1)
  }

  @Test("a parcel that two janitors move at the same time is in one locker afterwards")
  func moves() async throws {
    let lockers = LockerBank(log: try LMDBEventLog(directory: directory))
    try await lockers.perform(.store(parcel: 5), in: 1, by: "courier/1")
    let moved = await withTaskGroup(of: Bool.self) { group in
      for target in 2...9 { group.addTask { (try? await lockers.move(5, from: 1, to: target, by: "janitor/1")) != nil } }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(moved == 1)
    #expect(try (1...9).filter { try lockers.locker($0) == .holding(parcel: 5) }.count == 1)
    #expect(try lockers.history(ofParcel: 5).map(\.event) == [.parcelStored(5), .parcelCollected(5), .parcelStored(5)])
  }

  @Test("a board goes on where it was, and equals one that was folded anew; of a log that was restored it is folded anew")
  func board() async throws {
    // Ahead of the ids, however long the test takes.
    let clock = ManualClock(Timestamp(microseconds: Timestamp.now().microseconds + 3_600_000_000))
    var log: LMDBEventLog? = try LMDBEventLog(directory: directory, options: .init(clock: clock.read))
    let lockers = LockerBank(log: try #require(log))
    for parcel in 1...5 {
      clock.advance(bySeconds: 60)
      try await lockers.perform(.store(parcel: parcel), in: parcel, by: "courier/1")
      let kept = try await BoardFile.open(boardFile, of: lockers.log)
      #expect(try kept == Board(of: lockers.log, at: clock.now) && kept.lockers.count == parcel)
    }
    let twoMinutesAgo = Timestamp(microseconds: clock.now.microseconds - 120_000_000)
    #expect(try Board(of: lockers.log, at: twoMinutesAgo).lockers.count == 3)
    #expect(try Board(of: lockers.log, at: Timestamp(microseconds: 0)).lockers.isEmpty)

    try #require(log).backup(to: folder.path("backup"))
    try await lockers.perform(.collect(parcel: 1), in: 1, by: "recipient/1")
    #expect(try await BoardFile.open(boardFile, of: lockers.log).lockers.count == 4)
    log?.close()
    log = nil
    let copy = DataDirectory(folder.path("copy"))
    _ = try LMDBEventLog.restore(DataDirectory(folder.path("backup")), to: copy)
    let restored = try LMDBEventLog(directory: copy)
    #expect(try await BoardFile.open(boardFile, of: restored).lockers.count == 5)
  }
}
