import Schema

/// The governing bodies and how they number their members (domain.md 2.2). The formats other than the consultants' are our
/// own guesses.
extension GoverningBody {
  public static let catalogue: [GoverningBody] = allCases.filter { $0 != .unspecified }

  /// The name in command files: `collegeOfImmigrationAndCitizenshipConsultants`.
  public var code: String? {
    switch self {
    case .collegeOfImmigrationAndCitizenshipConsultants: "collegeOfImmigrationAndCitizenshipConsultants"
    case .chambreDesNotairesDuQuebec: "chambreDesNotairesDuQuebec"
    case .barreauDuQuebec: "barreauDuQuebec"
    case .lawSocietyOfOntario: "lawSocietyOfOntario"
    case .lawSocietyOfBritishColumbia: "lawSocietyOfBritishColumbia"
    case .lawSocietyOfAlberta: "lawSocietyOfAlberta"
    case .lawSocietyOfSaskatchewan: "lawSocietyOfSaskatchewan"
    case .lawSocietyOfManitoba: "lawSocietyOfManitoba"
    case .novaScotiaBarristersSociety: "novaScotiaBarristersSociety"
    case .lawSocietyOfPrinceEdwardIsland: "lawSocietyOfPrinceEdwardIsland"
    case .lawSocietyOfNewBrunswick: "lawSocietyOfNewBrunswick"
    case .lawSocietyOfNewfoundlandAndLabrador: "lawSocietyOfNewfoundlandAndLabrador"
    case .lawSocietyOfYukon: "lawSocietyOfYukon"
    case .lawSocietyOfTheNorthwestTerritories: "lawSocietyOfTheNorthwestTerritories"
    case .lawSocietyOfNunavut: "lawSocietyOfNunavut"
    case .unspecified, .UNRECOGNIZED: nil
    }
  }

  /// Whether members have a number; where they have none, the name is the key.
  public var numbersMembers: Bool {
    switch self {
    case .lawSocietyOfNewBrunswick, .lawSocietyOfNewfoundlandAndLabrador, .lawSocietyOfYukon,
      .lawSocietyOfTheNorthwestTerritories:
      false
    default: true
    }
  }

  /// - Parameter id: Trimmed; `nil` where nothing was typed.
  func acceptsMembership(_ id: String?) -> Bool {
    guard let id else { return !numbersMembers }
    guard numbersMembers else { return false }
    if self == .collegeOfImmigrationAndCitizenshipConsultants { return Formats.matches(id, "R######") }
    return (1...20).contains(id.utf8.count)
      && id.utf8.allSatisfy { $0.isASCIIDigit || $0.isASCIIUpper || $0.isASCIILower || $0 == UInt8(ascii: "-") }
  }
}

/// One person's membership, of which only one open account may exist (domain.md 2.2).
public enum Membership {
  /// What the engine hashes, under a key of its own, to name the reservation: the body and the number, or the folded name
  /// where the body gives no numbers.
  public static func material(
    body: GoverningBody, membershipID: String?, surname: String, givenName: String?
  ) -> [UInt8] {
    let id = membershipID?.filter { !$0.isWhitespace }.uppercased() ?? ""
    let key = id.isEmpty ? "name:\(TextFolding.fold(surname)):\(TextFolding.fold(givenName ?? ""))" : "id:\(id)"
    return Array("\(body.rawValue):\(key)".utf8)
  }
}
