import Domain
import Foundation
import Schema

/// The name of an applicant as one reader may see it.
public enum ApplicantName: Sendable, Equatable {
  case name(PersonalName)
  case notProvided
  /// The reader has no key.
  case sealed
  /// The key is missing, or is not the one that the log names.
  case noKey
  /// The log says that the key was destroyed.
  case erased

  /// - Throws: `.cannotOpen` if the subject's key does not open what was sealed for it.
  init(_ row: PersonRow?, keys: any SubjectKeys) throws(ProjectionError) {
    guard let row, row.hasName else {
      self = .notProvided
      return
    }
    do throws(WireError) {
      switch try EventCodec().open(row.name, as: PersonalName.self, keys: keys) {
      case .open(let name): self = name.displayName.isEmpty ? .notProvided : .name(name)
      case .sealed: self = .sealed
      case .noKey: self = .noKey
      case .erased: self = .erased
      }
    } catch {
      throw .cannotOpen(error)
    }
  }

  public func text(in language: Language) -> String {
    switch self {
    case .name(let name): name.displayName
    case .notProvided: Labels.nameNotProvided.in(language)
    case .sealed: Labels.sealed.in(language)
    case .noKey: Labels.noKey.in(language)
    case .erased: Labels.erased.in(language)
    }
  }

  var isKnown: Bool { if case .name = self { true } else { false } }
}
