import Schema

extension DocumentRequestDecider {
  public static func summary(of event: Event) -> Text {
    switch event {
    case .documentRequested(let requested):
      let day = CivilDay(number: requested.dueDay)
      return Text(
        "Documents requested by \(day.text(in: .english)): \(requested.items.count)",
        "Documents demandés d’ici le \(day.text(in: .french)) : \(requested.items.count)")
    case .documentRequestAnswered(let answered):
      return Text("Requested item \(answered.itemNumber) answered", "Réponse à l’élément demandé \(answered.itemNumber)")
    case .documentRequestExtended(let extended):
      let day = CivilDay(number: extended.dueDay)
      return Text(
        "Document request extended to \(day.text(in: .english))",
        "Demande de documents prolongée jusqu’au \(day.text(in: .french))")
    case .documentRequestCancelled: return Text("Document request cancelled", "Demande de documents annulée")
    case .documentRequestCompleted: return Text("Document request completed", "Demande de documents complétée")
    }
  }
}
