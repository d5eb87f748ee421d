import Schema

extension ClientStream {
  public static func summary(of event: Event) -> Text {
    switch event {
    case .clientRegistered: Text("Client registered", "Client inscrit")
    }
  }
}

extension PersonStream {
  public static func summary(of event: Event) -> Text {
    switch event {
    case .personRegistered: Text("Group member registered", "Membre du groupe inscrit")
    }
  }
}
