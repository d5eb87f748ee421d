import Domain
import EventStore
import Foundation
import Schema
import TestSupport

/// A history that could have happened: drafts, saves, submissions, letters, requests and readings in random order.
struct RandomHistory {
  let story: AccountStory
  private var random: SeededGenerator
  private var drafts: [UUID] = []
  private var applications: [UUID] = []
  private var unread: [(message: UUID, application: UUID)] = []
  private var requests: [(request: UUID, application: UUID)] = []
  private var inbox: [UUID] = []
  private var number: UInt64 = 0

  init(of story: AccountStory, seed: UInt64) {
    self.story = story
    random = SeededGenerator(seed: seed)
  }

  mutating func run(steps: Int) async throws {
    for _ in 0..<steps {
      story.clock.advance(bySeconds: Int64.random(in: 0...100_000, using: &random))
      try await step()
    }
  }

  private mutating func step() async throws {
    switch Int.random(in: 0..<12, using: &random) {
    case 0, 1: try await create()
    case 2: if let draft = drafts.randomElement(using: &random) { try await story.save(draft) }
    case 3: if let draft = drafts.take(using: &random) { try await submit(draft) }
    case 4: if let draft = drafts.take(using: &random) { try await story.happen(.applicationDeleted(.init()), to: draft) }
    case 5:
      guard let draft = drafts.randomElement(using: &random) else { return }
      try await story.happen(.draftFrozen(.with { $0.cause = .standing }), to: draft)
    case 6, 7: if let application = applications.randomElement(using: &random) { try await send(to: application) }
    case 8: if let message = unread.take(using: &random) { try await story.read(message.message, of: message.application) }
    case 9:
      guard let application = applications.randomElement(using: &random) else { return }
      requests.append((try await story.request(from: application), application))
    case 10: if let request = requests.take(using: &random) { try await story.complete(request.request, of: request.application) }
    default:
      inbox.append(try await story.receive("Message \(number)"))
      if Bool.random(using: &random), let message = inbox.take(using: &random) { try await story.read(message) }
    }
  }

  private mutating func create() async throws {
    number += 1
    drafts.append(
      try await story.create(number, of: PersonalName("Given\(number)", "Family"), deadline: CivilDay(number: 20_000)))
  }

  private mutating func submit(_ draft: UUID) async throws {
    number += 1
    applications += try await story.submit(draft, [(draft, "L\(100_000_000 + number)")])
  }

  private mutating func send(to application: UUID) async throws {
    let asks = Bool.random(using: &random)
    unread.append((try await story.send(to: application, asksForAction: asks), application))
  }
}

extension Array {
  /// Removes an element by chance; `nil` if there is none.
  fileprivate mutating func take(using random: inout some RandomNumberGenerator) -> Element? {
    isEmpty ? nil : remove(at: Int.random(in: 0..<count, using: &random))
  }
}
