import Domain
import Schema
import Testing
import TestSupport

@testable import Projections

@Suite("Account inbox")
struct InboxTests {
  private let spec = ProjectionSpec()
  private var story: AccountStory { spec.story }

  @Test("of two messages of one moment the later stands first, as on the seed's screen")
  func order() async throws {
    try await story.receive("Enrolment request submitted")
    let approved = try await story.receive("Enrolment request approved")
    try await story.read(approved)
    let page = try spec.inbox()
    #expect(page.rows.map(\.subject) == ["Enrolment request approved", "Enrolment request submitted"])
    #expect(page.rows.map { $0.read != nil } == [true, false])
    #expect((page.first, page.last, page.total) == (1, 2, 2))
    try spec.expectOneTruth()
  }

  @Test("the date read is that of the first reading")
  func firstReading() async throws {
    let message = try await story.receive("One")
    try await story.read(message)
    let read = try spec.inbox().rows[0].read
    spec.clock.advance(bySeconds: 86_400)
    try await story.read(message)
    #expect(try spec.inbox().rows[0].read == read)
  }

  @Test("words of the subject are found in the language they were written in, without accents")
  func search() async throws {
    try await story.receive("Lettre d’instructions relatives à la biométrie")
    try await story.receive("Application linked to your account")
    #expect(try spec.inbox(InboxQuery(search: "biometrie")).total == 1)
    #expect(try spec.inbox(InboxQuery(search: "instr")).total == 1)
    #expect(try spec.inbox(InboxQuery(search: "biometrics")).total == 0)
  }

  @Test("only unread messages, if asked")
  func unread() async throws {
    let message = try await story.receive("One")
    try await story.receive("Two")
    try await story.read(message)
    #expect(try spec.inbox(InboxQuery(onlyUnread: true)).rows.map(\.subject) == ["Two"])
  }
}
