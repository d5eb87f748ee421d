import Domain
import Foundation
import Schema
import StrictJSON

/// A package as its representative works on it: folded from its stream with the keys, each time it is asked for. A package
/// has some dozens of events; the latency is a millisecond.
struct DraftView {
  struct Member {
    let person: UUID
    let ordinal: UInt32
    let name: PersonalName?
    let relation: Relation?
    /// By section; what the form shows again.
    var answers: [String: [JSON.Member]] = [:]
    var completed: Set<String> = []
  }

  let state: PackageState
  let draft: Draft
  let revision: UInt64
  let created: Instant
  private(set) var saved: Instant
  private(set) var members: [Member] = []

  /// - Returns: `nil` for a stream that does not begin with a package.
  init?(_ events: [OpenEvent], names: (UUID, Bool) throws -> PersonalName?) rethrows {
    var state = PackageDecider.initialState
    var relations: [UUID: Relation] = [:]
    var answers: [UUID: [String: [JSON.Member]]] = [:]
    var saved = events.first?.time ?? Instant(microseconds: 0)
    for event in events {
      guard case .package(let change) = event.event else { continue }
      state = PackageDecider.evolve(state, with: change, at: event.time)
      switch change {
      case .applicantAdded(let added) where added.hasPersonal: relations[UUID(added.personID) ?? UUID()] = added.personal.relation
      case .applicationSaved(let change):
        saved = event.time
        guard change.hasPersonal, let person = UUID(change.personID) else { continue }
        answers[person, default: [:]][change.sectionID] = Self.members(of: change.personal.answers)
      default: break
      }
    }
    guard let draft = state.draft, let first = events.first else { return nil }
    self.state = state
    self.draft = draft
    revision = draft.revision
    created = first.time
    self.saved = saved
    for member in draft.members {
      var view = Member(
        person: member.personID, ordinal: member.ordinal, name: try names(member.personID, member.ordinal == 1),
        relation: relations[member.personID])
      view.answers = answers[member.personID] ?? [:]
      view.completed = Set(draft.sections.filter { $0.key.personID == member.personID && $0.value.isComplete }.map(\.key.section))
      members.append(view)
    }
  }

  /// Whether anything can still be changed.
  var isOpen: Bool { if case .draft = state { true } else { false } }

  /// What was submitted, by ordinal; `nil` for a draft.
  var submitted: SubmittedPackage? { if case .submitted(let package) = state { package } else { nil } }

  /// How many sections of all members are completed, and how many there are.
  var progress: (done: Int, of: Int) {
    let sections = Set(draft.type.sections.map(\.rawValue))
    return (members.reduce(0) { $0 + $1.completed.intersection(sections).count }, members.count * sections.count)
  }

  private static func members(of answers: Data) -> [JSON.Member] {
    guard let json = try? JSONParser.parse([UInt8](answers)), case .object(let members) = json else { return [] }
    return members
  }
}
