import Schema

extension GoverningBody {
  /// The body's name, as people know it.
  public var label: Text {
    switch self {
    case .collegeOfImmigrationAndCitizenshipConsultants:
      Text(
        "College of Immigration and Citizenship Consultants",
        "Collège des consultants en immigration et en citoyenneté")
    case .chambreDesNotairesDuQuebec: Text("Chambre des notaires du Québec", "Chambre des notaires du Québec")
    case .barreauDuQuebec: Text("Barreau du Québec", "Barreau du Québec")
    case .lawSocietyOfOntario: Text("Law Society of Ontario", "Barreau de l’Ontario")
    case .lawSocietyOfBritishColumbia: Text("Law Society of British Columbia", "Barreau de la Colombie-Britannique")
    case .lawSocietyOfAlberta: Text("Law Society of Alberta", "Barreau de l’Alberta")
    case .lawSocietyOfSaskatchewan: Text("Law Society of Saskatchewan", "Barreau de la Saskatchewan")
    case .lawSocietyOfManitoba: Text("Law Society of Manitoba", "Barreau du Manitoba")
    case .novaScotiaBarristersSociety:
      Text("Nova Scotia Barristers’ Society", "Barreau de la Nouvelle-Écosse")
    case .lawSocietyOfPrinceEdwardIsland: Text("Law Society of Prince Edward Island", "Barreau de l’Île-du-Prince-Édouard")
    case .lawSocietyOfNewBrunswick: Text("Law Society of New Brunswick", "Barreau du Nouveau-Brunswick")
    case .lawSocietyOfNewfoundlandAndLabrador:
      Text("Law Society of Newfoundland and Labrador", "Barreau de Terre-Neuve-et-Labrador")
    case .lawSocietyOfYukon: Text("Law Society of Yukon", "Barreau du Yukon")
    case .lawSocietyOfTheNorthwestTerritories:
      Text("Law Society of the Northwest Territories", "Barreau des Territoires du Nord-Ouest")
    case .lawSocietyOfNunavut: Text("Law Society of Nunavut", "Barreau du Nunavut")
    case .unspecified, .UNRECOGNIZED: Labels.notAvailable
    }
  }
}
