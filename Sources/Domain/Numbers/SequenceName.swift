import Schema

/// The number sequences (domain.md 0.3).
public enum SequenceName: String, Hashable, Sendable, CaseIterable {
  case package
  case refugeeClaims = "application-L"
  case visas = "application-V"
  case studyPermits = "application-S"
  case representative

  /// The first number when an operator never set one.
  public var firstNumber: UInt64 {
    switch self {
    case .package: 1
    case .refugeeClaims: 100_000_001
    case .visas: 200_000_001
    case .studyPermits: 300_000_001
    case .representative: 10_001_000_001
    }
  }

  /// The last number that has room in the printed form.
  public var lastNumber: UInt64 {
    switch self {
    case .package: 999_999_999_999
    case .refugeeClaims, .visas, .studyPermits: 999_999_999
    case .representative: 999_999_999_999
    }
  }

  /// A number of the sequence as people see it: `4984`, `L100003692`, `P010001243312`.
  public func text(_ number: UInt64) -> String {
    switch self {
    case .package: String(number)
    case .refugeeClaims: "L" + padded(number, to: 9)
    case .visas: "V" + padded(number, to: 9)
    case .studyPermits: "S" + padded(number, to: 9)
    case .representative: "P" + padded(number, to: 12)
    }
  }

  /// The tag of events that carry a number of the sequence.
  public func tag(_ number: UInt64) -> String {
    switch self {
    case .package: TagNames.package(number)
    case .refugeeClaims, .visas, .studyPermits: TagNames.application(text(number))
    case .representative: TagNames.representativeID(text(number))
    }
  }

  private func padded(_ number: UInt64, to width: Int) -> String { Int(clamping: number).padded(to: width) }
}

extension ApplicationType {
  /// The sequence that numbers applications of this type at submission; `nil` for an unknown type.
  public var numberSequence: SequenceName? {
    switch self {
    case .refugeeClaim: .refugeeClaims
    case .visitorVisa, .transitVisa, .specialMeasuresVisa: .visas
    case .studyPermit: .studyPermits
    case .unspecified, .UNRECOGNIZED: nil
    }
  }
}
