import CaseEngine
import Domain
import EventStore
import Foundation
import Keys
import PortalWeb
import Projections

/// A data directory opened for writing, with all that acts on it.
final class Workplace {
  let engine: CaseEngine
  private let log: LMDBEventLog
  private let views: ReadModels
  private let keys: KeyRing
  private let inputClock: InputClock
  private let clock: @Sendable () -> Timestamp
  let directory: DataDirectory
  /// `nil` where the lines say what time it is.
  private let clockGuard: ClockGuard?

  /// Opens `path`, or makes it.
  /// - Parameter clockIsAccepted: Whether somebody has said that the system's clock is right, however it stands to the log.
  /// - Throws: ``EventStoreError``, ``KeyError`` or an error of the secrets store. The texts say what to do.
  init(
    _ path: String, clock: ClockChoice, clockIsAccepted: Bool = false,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    let inputClock = InputClock()
    self.inputClock = inputClock
    let now: @Sendable () -> Timestamp = { clock == .system ? Timestamp.now() : inputClock.now }
    self.clock = now
    directory = DataDirectory(path)
    log = try LMDBEventLog(directory: directory, options: LMDBEventLog.Options(clock: now))
    let newest = try log.head()
    clockGuard =
      clock == .system ? ClockGuard(newest: newest.position.map { _ in newest.time }, isAccepted: clockIsAccepted) : nil
    keys = try KeyRing(
      path: directory.keys, masterKeyFile: environment[MasterKey.environmentVariable], log: log)
    engine = CaseEngine(
      log: log, keys: keys, secrets: try Secrets(path: directory.secrets, log: log), clock: now, clockGuard: clockGuard)
    views = ReadModels(dataDirectory: directory, log: log, keys: keys.reader)
  }

  /// - Throws: While the clock cannot be believed: a program that waits for commands says so before the first.
  func checkClock() throws(ClockHold) { try clockGuard?.check() }

  /// What the clock shows that events are given their time by.
  var now: Timestamp { clock() }

  func perform(_ line: ActLine) async throws(EngineError) -> Answer {
    if let at = line.at { inputClock.set(to: Timestamp(microseconds: at.microseconds)) }
    return try await engine.perform(line.order)
  }

  /// What pages and the API ask.
  var office: Office { Office(engine: engine, log: log, keys: keys.reader, views: views, clock: clock) }

  /// - Parameter report: Takes a line about read models that do not follow.
  func follower(report: @escaping @Sendable (String) -> Void) -> Follower { Follower(log: log, views: views, report: report) }

  /// Brings the read models up to date, so that nobody who looks has to wait.
  func catchUp() throws(ProjectionError) { try views.catchUp() }

  func close() { log.close() }
}
