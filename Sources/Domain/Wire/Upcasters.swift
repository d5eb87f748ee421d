import Foundation

/// Reads a released event type as the one that took its place. The stored bytes stay as they are (domain.md S12).
///
/// Both parts are turned from bytes to bytes of the next type, apart from each other, because the personal part is opened
/// only when somebody is shown it. A released upcaster is never edited.
struct Upcaster: Sendable {
  /// The stored name of the old type.
  let type: String
  /// The name of the type it is read as, which may itself have an upcaster.
  let next: String
  let clear: @Sendable (RawSpan) throws -> Data
  let personal: @Sendable (Data) throws -> Data
}

/// The chain of upcasters, by the type each one reads.
struct Upcasters: Sendable {
  /// None yet: every released type is still written.
  static let released = Upcasters([])

  private let byType: [String: Upcaster]

  /// - Precondition: One upcaster a type, and no chain that comes back to itself.
  init(_ list: [Upcaster]) {
    byType = Dictionary(uniqueKeysWithValues: list.map { ($0.type, $0) })
    precondition(list.allSatisfy { byType[currentType(of: $0.type)] == nil }, "An upcaster chain goes in a circle.")
  }

  var types: some Collection<String> { byType.keys }

  func currentType(of type: String) -> String { chain(from: type).last?.next ?? type }

  /// The upcasters that lead from `type` to the present; no more than there are, even if they went in a circle.
  func chain(from type: String) -> [Upcaster] {
    var chain: [Upcaster] = []
    var type = type
    while let upcaster = byType[type], chain.count < byType.count {
      chain.append(upcaster)
      type = upcaster.next
    }
    return chain
  }
}
