import Domain
import EventStore
import Foundation
import LMDB
import Testing
import TestSupport

@testable import Projections

@Suite("Read models on the disk")
struct ViewTests {
  private let spec = ProjectionSpec()
  private var directory: DataDirectory { DataDirectory(spec.folder.path) }
  private var inbox: ViewFolder { ViewFolder(AccountInbox.name, in: directory) }

  @Test("an answer contains at least the event it was asked to contain, or none is given")
  func readYourWrites() async throws {
    try await spec.story.receive("One")
    _ = try spec.inbox()
    try await spec.story.receive("Two")
    let position = try #require(spec.log.head().position)
    #expect(try spec.models.inbox(of: spec.story.account, InboxQuery(), atLeast: position).total == 2)
    #expect(throws: ProjectionError.notReached(position.next, has: position)) {
      try spec.models.inbox(of: spec.story.account, InboxQuery(), atLeast: position.next)
    }
  }

  @Test("where read models cannot be written, the answers are the same")
  func unwritable() async throws {
    var history = RandomHistory(of: spec.story, seed: 5)
    try await history.run(steps: 60)
    let folder = TemporaryFolder()
    let models = ReadModels(dataDirectory: DataDirectory(folder.path), log: spec.log, keys: EverySubjectKey())
    try "no folder".write(toFile: DataDirectory(folder.path).views, atomically: false, encoding: .utf8)
    let (account, head) = (spec.story.account, try #require(spec.log.head().position))
    let query = ApplicationsQuery(.inProgress, today: .day(2023, 8, 20))
    #expect(try models.applications(of: account, query) == spec.models.applications(of: account, query))
    #expect(try models.inbox(of: account, InboxQuery(), atLeast: head) == spec.inbox())
    #expect(try models.profile(of: account) == spec.models.profile(of: account))
    #expect(throws: ProjectionError.notReached(head.next, has: head)) {
      try models.inbox(of: account, InboxQuery(), atLeast: head.next)
    }
    #expect(throws: ProjectionError.storage(.system(errno: ENOTDIR)), "a rebuild has to write") { try models.rebuild() }
  }

  @Test("a file system for reading, a full one and a forbidden folder cannot be written; a damaged file is another matter")
  func cannotBeWritten() {
    for error in [LMDBError.system(errno: EROFS), .system(errno: EACCES), .diskFull] { #expect(error.isAboutWriting) }
    for error in [LMDBError.system(errno: EIO), .corrupted, .mapFull] { #expect(!error.isAboutWriting) }
  }

  @Test("a rebuild puts a new version in the place of the old one, and removes the old one unless it is to be kept")
  func versions() async throws {
    try await spec.story.receive("One")
    _ = try spec.inbox()
    let first = try #require(inbox.current())
    #expect(first == AccountInbox.fingerprint + ".1")
    try spec.models.rebuild(["account-inbox"], retention: .all)
    #expect(inbox.current() == AccountInbox.fingerprint + ".2")
    #expect(FileSystem.exists(inbox.version(first)))
    try spec.models.rebuild(["account-inbox"])
    #expect(!FileSystem.exists(inbox.version(first)))
    #expect(try spec.inbox().total == 1)
  }

  @Test("what a killed rebuild left is removed by the next one, and the live version is untouched till then")
  func leftovers() async throws {
    try await spec.story.receive("One")
    _ = try spec.inbox()
    let live = inbox.current()
    try FileManager.default.createDirectory(atPath: inbox.building, withIntermediateDirectories: true)
    try Data("half".utf8).write(to: URL(fileURLWithPath: inbox.building + "/data.mdb"))
    #expect(try spec.inbox().total == 1)
    #expect(inbox.current() == live)
    try spec.models.rebuild()
    #expect(!FileSystem.exists(inbox.building))
    #expect(try spec.inbox().total == 1)
  }

  @Test("a version that was replaced can stay open while new ones come and go")
  func manyRebuilds() async throws {
    try await spec.story.receive("One")
    for _ in 0..<10 {
      _ = try spec.inbox()
      try spec.models.rebuild()
    }
    #expect(try spec.inbox().total == 1)
  }

  @Test("two rebuilds of one read model do not run at the same time")
  func oneRebuild() throws {
    let lock = try inbox.beginBuilding()
    #expect(throws: ProjectionError.self) { try spec.models.rebuild(["account-inbox"]) }
    withExtendedLifetime(lock) {}
  }

  @Test("deleting the views loses nothing")
  func deleted() async throws {
    var history = RandomHistory(of: spec.story, seed: 5)
    try await history.run(steps: 60)
    let before = (try spec.search(), try spec.inbox())
    try FileManager.default.removeItem(atPath: directory.views)
    #expect(try spec.search() == before.0)
    #expect(try spec.inbox() == before.1)
  }

  @Test("a version that another build made is replaced by one that this build makes")
  func otherBuild() async throws {
    try await spec.story.receive("One")
    _ = try spec.inbox()
    let live = try #require(inbox.current())
    try FileSystem.rename(inbox.version(live), to: inbox.version("0123456789abcdef.1"))
    try FileSystem.write(Array("0123456789abcdef.1\n".utf8), to: inbox.path + "/current")
    #expect(spec.models.status().first { $0.name == AccountInbox.name }?.health == .otherBuild)
    #expect(try spec.inbox().total == 1)
    #expect(inbox.current()?.hasPrefix(AccountInbox.fingerprint) == true)
  }

  @Test("rows of another log, or of this one before a restore, are made anew")
  func otherLog() async throws {
    try await spec.story.receive("One")
    _ = try spec.inbox()
    let other = InMemoryEventLog(clock: spec.clock.read)
    let story = AccountStory(account: spec.story.account, log: other, clock: spec.clock)
    try await story.receive("Two")
    let models = try reopened(with: other)
    #expect(models.status().first { $0.name == AccountInbox.name }?.health == .otherLog)
    #expect(try models.inbox(of: story.account, InboxQuery()).rows.map(\.subject) == ["Two"])
  }

  @Test("a log that ends before its read models, or has another past, is told and not papered over")
  func lostEvents() async throws {
    try await spec.story.receive("One")
    try await spec.story.receive("Two")
    _ = try spec.inbox()
    let shorter = InMemoryEventLog(lineage: spec.log.lineage, clock: spec.clock.read)
    let story = AccountStory(account: spec.story.account, log: shorter, clock: spec.clock)
    try await story.receive("One")
    let models = try reopened(with: shorter)
    let second = try #require(Position(2))
    #expect(throws: ProjectionError.logEndsBefore("account-inbox", at: second, head: .first)) {
      try models.inbox(of: story.account, InboxQuery())
    }
    try await story.receive("Three")
    #expect(throws: ProjectionError.logDiffers("account-inbox", at: second)) {
      try models.inbox(of: story.account, InboxQuery())
    }
    try models.rebuild(["account-inbox"])
    #expect(try models.inbox(of: story.account, InboxQuery()).total == 2)
  }

  /// Another log under a copy of the views: an environment is opened once in a process.
  private func reopened(with log: any EventLog) throws -> ReadModels {
    let copy = spec.folder.path("copy")
    try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: directory.views, toPath: copy + "/views")
    return ReadModels(dataDirectory: DataDirectory(copy), log: log, keys: EverySubjectKey())
  }

  @Test("an empty log has empty tables")
  func empty() throws {
    #expect(try spec.table().rows.isEmpty)
    #expect(try spec.inbox().rows.isEmpty)
    #expect(try spec.models.profile(of: spec.story.account) == nil)
    #expect(try spec.models.rebuild() == nil)
  }

  @Test("the profile knows number, language and state, and a Representative IRCC ID leads to its account")
  func profile() async throws {
    try await spec.story.enrol(as: "P010001243555", language: .french)
    let profile = try #require(try spec.models.profile(of: spec.story.account))
    #expect(profile.representativeID == "P010001243555")
    #expect(profile.language == .french && profile.status == .active && profile.standing == .good)
    #expect(try spec.log.account(representative: "P010001243555") == spec.story.account)
    #expect(try spec.log.account(representative: "P000000000000") == nil)
    try spec.expectOneTruth()
  }
}
