import Schema

extension ApplicationStream {
  public static func summary(of event: Event) -> Text {
    switch event {
    case .applicationSubmitted(let submitted):
      Text("Application \(submitted.applicationNumber) submitted", "Demande \(submitted.applicationNumber) soumise")
    }
  }
}
