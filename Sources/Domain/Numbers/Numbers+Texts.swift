import Schema

extension SequenceDecider {
  public static func summary(of event: Event) -> Text {
    switch event {
    case .sequenceSet(let set):
      Text(
        "Sequence \(set.name) set to \(set.next), step \(set.step)",
        "Séquence \(set.name) fixée à \(set.next), pas de \(set.step)")
    case .numbersTaken(let taken):
      Text("Numbers taken from \(taken.first): \(taken.count)", "Numéros pris à partir de \(taken.first) : \(taken.count)")
    }
  }
}
