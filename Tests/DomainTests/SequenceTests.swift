import Domain
import Foundation
import Schema
import Testing
import TestSupport

@Suite("Number sequences")
struct SequenceTests {
  private let spec = DeciderSpec(
    SequenceDecider.self, context: .test(.operator("ops"), at: .utc("2023-08-01 12:00:00")))

  private func taken(_ first: UInt64, _ count: UInt32, step: UInt32, next: UInt64) -> DeciderOutcome<SequenceEvent.OneOf_Event> {
    .events([
      .numbersTaken(.with { ($0.first, $0.count, $0.step, $0.next) = (first, count, step, next) })
    ])
  }

  @Test("A sequence that nobody set starts at its first number")
  func defaults() {
    #expect(spec.when(.take(TakeNumbers(name: .package))) == taken(1, 1, step: 1, next: 2))
    #expect(spec.when(.take(TakeNumbers(name: .visas))) == taken(200_000_001, 1, step: 1, next: 200_000_002))
  }

  @Test("After an operator set next and step, numbers follow in steps")
  func steps() throws {
    let set = try spec.after(.set(SetSequence(name: .refugeeClaims, next: 100_003_692, step: 2)))
    let outcome = set.when(.take(TakeNumbers(name: .refugeeClaims, count: 3)))
    #expect(outcome == taken(100_003_692, 3, step: 2, next: 100_003_698))
    guard case .numbersTaken(let event) = outcome.events.first else { return }
    #expect(event.numbers.map(SequenceName.refugeeClaims.text) == ["L100003692", "L100003694", "L100003696"])
    #expect(
      set.given(outcome.events).when(.take(TakeNumbers(name: .refugeeClaims))) == taken(100_003_698, 1, step: 2, next: 100_003_700))
  }

  @Test("Setting what is already so records nothing")
  func unchanged() throws {
    let command = SequenceCommand.set(SetSequence(name: .package, next: 51958))
    #expect(try spec.after(command).when(command) == .nothing)
  }

  @Test(
    "Only an operator sets a sequence, to a number that has room and a step that moves",
    arguments: [
      (SetSequence(name: .package, next: 0), [RefusalCode.fieldInvalidFormat]),
      (SetSequence(name: .visas, next: 1_000_000_000), [.fieldInvalidFormat]),
      (SetSequence(name: .visas, next: 0, step: 0), [.fieldInvalidFormat, .fieldInvalidFormat]),
    ])
  func refused(set: SetSequence, codes: [RefusalCode]) {
    #expect(spec.when(.set(set)).codes == codes)
    #expect(spec.with { $0.actor = .system }.when(.set(SetSequence(name: .package, next: 1))).codes == [.authRequired])
  }

  @Test("The last number is given out, the one after it is not; nothing overflows")
  func exhausted() throws {
    let last = spec.given(.sequenceSet(.with { ($0.next, $0.step) = (999_999_999, 1) }))
    #expect(last.when(.take(TakeNumbers(name: .visas))) == taken(999_999_999, 1, step: 1, next: 1_000_000_000))
    #expect(last.when(.take(TakeNumbers(name: .visas, count: 2))).codes == [.internalNumberTaken])
    let damaged = spec.given(.sequenceSet(.with { ($0.next, $0.step) = (.max, .max) }))
    #expect(damaged.when(.take(TakeNumbers(name: .visas, count: .max))) == .nothing)
    #expect(damaged.when(.take(TakeNumbers(name: .visas, count: 9))).codes == [.internalNumberTaken])
  }

  @Test("A Representative IRCC ID is P and 12 digits")
  func representativeID() { #expect(SequenceName.representative.text(10_001_243_312) == "P010001243312") }
}

@Suite("Reservations")
struct ReservationTests {
  private let spec = DeciderSpec(ReservationDecider.self, context: .test(.system, at: .utc("2023-05-04 12:00:00")))
  private let claimed = ReservationEvent.OneOf_Event.membershipClaimed(.with { $0.accountID = Sample.doe.data })

  @Test("A free membership is claimed; claiming it again for the same account records nothing")
  func claim() {
    #expect(spec.when(.claim(account: Sample.doe)) == .events([claimed]))
    #expect(spec.given(claimed).when(.claim(account: Sample.doe)) == .nothing)
  }

  @Test("A membership that another open account holds is refused")
  func held() {
    #expect(spec.given(claimed).when(.claim(account: Sample.tremblay)).codes == [.enrolmentAlreadyEnrolled])
  }

  @Test("Only its holder releases a membership; then it is free")
  func release() throws {
    let held = spec.given(claimed)
    #expect(held.when(.release(account: Sample.tremblay)) == .nothing)
    #expect(try held.after(.release(account: Sample.doe)).when(.claim(account: Sample.tremblay)).events.count == 1)
    #expect(spec.when(.release(account: Sample.doe)) == .nothing)
  }

  @Test("A membership is the same however it is typed; without numbers the folded name is the key")
  func material() {
    func material(_ id: String?, _ surname: String) -> [UInt8] {
      Membership.material(body: .lawSocietyOfYukon, membershipID: id, surname: surname, givenName: "Zoë")
    }
    #expect(material(" r512345 ", "Doe") == material("R512345", "Roe"))
    #expect(material(nil, "NÚÑEZ") == material("", "Nu\u{301}n\u{303}ez"))
    #expect(material(nil, "Doe") != material(nil, "Roe"))
  }
}
