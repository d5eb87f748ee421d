import EventStore
import Foundation

/// Appends a workload in several sessions, each with an opening and a closing of its own, and repeats what has no yes yet.
///
/// It says `yes LANE NUMBER`, or `again LANE NUMBER` if the request was there already, or `no LANE NUMBER WORD`. After a no that
/// ends a writer it tries the next request and says `then WORD`. An opening that fails is `refused TEXT`; `done` ends the run.
struct WritingRun {
  let workload: Workload
  let path: String
  let sessions: Int
  /// Says yes before it asks: the control that must be found out.
  let lies: Bool

  /// More sessions than planned, for those that a fault cut short.
  private static let spareSessions = 6
  /// A disk that is full is tried again so many times.
  private static let patience = 3

  /// - Returns: Whether every request has its yes.
  func run() async -> Bool {
    var next = workload.lanes.map { _ in 0 }
    for session in 1...sessions + WritingRun.spareSessions {
      let isDone = zip(next, workload.lanes).allSatisfy { $0 == $1.count }
      if isDone, session > sessions { break }
      do throws(EventStoreError) {
        let log = try LMDBEventLog(directory: DataDirectory(path), options: .init(clock: Workload.clock))
        let goals = workload.lanes.map { min($0.count, $0.count * session / sessions) }
        next = await append(to: log, from: next, to: goals)
        log.close()
      } catch {
        FaultChild.say("refused \(error)")
      }
    }
    guard zip(next, workload.lanes).allSatisfy({ $0 == $1.count }) else { return false }
    FaultChild.say("done")
    return true
  }

  private func append(to log: LMDBEventLog, from starts: [Int], to goals: [Int]) async -> [Int] {
    await withTaskGroup(of: (lane: Int, reached: Int).self) { group in
      for (lane, start) in starts.enumerated() {
        group.addTask { (lane, await append(to: log, lane: lane, from: start, to: goals[lane])) }
      }
      var reached = starts
      for await result in group { reached[result.lane] = result.reached }
      return reached
    }
  }

  private func append(to log: LMDBEventLog, lane: Int, from start: Int, to goal: Int) async -> Int {
    var (number, refusals) = (start, 0)
    while number < goal {
      do throws(EventStoreError) {
        if lies { FaultChild.say("yes \(lane) \(number)") }
        let receipt = try await log.append(workload.lanes[lane][number])
        if !lies { FaultChild.say("\(receipt.isRepeat ? "again" : "yes") \(lane) \(number)") }
        (number, refusals) = (number + 1, 0)
      } catch {
        FaultChild.say("no \(lane) \(number) \(error.word)")
        refusals += 1
        if error == .readOnly(.diskFull), refusals < WritingRun.patience { continue }
        await sayWhatComesThen(log, lane, number)
        return number
      }
    }
    return number
  }

  private func sayWhatComesThen(_ log: LMDBEventLog, _ lane: Int, _ number: Int) async {
    do throws(EventStoreError) {
      _ = try await log.append(workload.lanes[lane][number])
      FaultChild.say("then yes")
    } catch {
      FaultChild.say("then \(error.word)")
    }
  }
}
