extension ConsumerGroup {
  /// Handles everything that is in the log when it begins and that nobody else works on, and returns. Shares are handled side by
  /// side.
  /// - Throws: What keeps the group from working at all. A handler that throws stops its share and nothing else.
  public func catchUp(_ handle: @escaping Handler) async throws(EventStoreError) {
    let head = try log.head()
    let failure = await withTaskGroup(of: EventStoreError?.self) { tasks in
      for number in 0..<shareCount {
        tasks.addTask {
          do throws(EventStoreError) {
            try await self.catchUp(number, to: head, handle)
            return nil
          } catch { return error }
        }
      }
      var failure: EventStoreError?
      while let result = await tasks.next() {
        guard failure == nil, let result else { continue }
        failure = result
        tasks.cancelAll()
      }
      return failure
    }
    if let failure { throw failure }
  }

  private func catchUp(_ number: Int, to head: LogHead, _ handle: Handler) async throws(EventStoreError) {
    guard var share = try claim(number) else { return }
    while share.isBehind(head), !Task.isCancelled { share = try await turn(share, handle) }
    var held = [number: share]
    try await store(&held)
    share.lock.release()
  }

  /// Works as a member of the group until the task is cancelled: handles what is there and what comes, for its part of the shares.
  ///
  /// Members that run divide the shares evenly among them, and anew when one comes or goes. A share changes hands between two
  /// batches.
  /// - Throws: What keeps the group from working at all. A handler that throws stops its share and nothing else.
  public func run(_ handle: @escaping Handler) async throws(EventStoreError) {
    let failure = await withTaskGroup(of: GroupMember.Wake.self) { tasks in
      var member = GroupMember(of: self)
      var failure: EventStoreError?
      tasks.addTask { .look }
      while let wake = await tasks.next() {
        do throws(EventStoreError) {
          try await member.take(wake)
          guard failure == nil, !Task.isCancelled else { continue }
          let head = try log.head()
          if case .look = wake { tasks.addTask { await self.pause(after: head) } }
          for share in member.start(head) {
            tasks.addTask {
              do throws(EventStoreError) { return .turned(try await self.turn(share, handle)) } catch { return .failed(error) }
            }
          }
        } catch {
          failure = failure ?? error
          tasks.cancelAll()
        }
      }
      do throws(EventStoreError) { try await member.leave() } catch { failure = failure ?? error }
      return failure
    }
    if let failure { throw failure }
  }

  /// Waits until the log goes beyond `head`, or it is time to look around; never less than a moment, so that a log that is busy is
  /// not looked at for every event.
  private func pause(after head: LogHead) async -> GroupMember.Wake {
    try? await Task.sleep(for: .milliseconds(5))
    return await withTaskGroup(of: GroupMember.Wake.self) { race in
      race.addTask {
        do throws(EventStoreError) { try await self.log.waitForEvents(after: head.position) } catch { return .failed(error) }
        return .look
      }
      race.addTask {
        try? await Task.sleep(for: self.balanceInterval)
        return .look
      }
      defer { race.cancelAll() }
      return await race.next() ?? .look
    }
  }
}
