import Schema

extension PrivacyStream {
  public static func summary(of event: Event) -> Text {
    switch event {
    case .subjectKeyCreated: Text("Key of a data subject created", "Clé d’une personne concernée créée")
    case .engineKeyCreated: Text("Key of the engine created", "Clé du moteur créée")
    case .subjectKeyDestroyed: Text("Key of a data subject destroyed", "Clé d’une personne concernée détruite")
    }
  }
}
