import Schema

extension CredentialDecider {
  public static func summary(of event: Event) -> Text {
    switch event {
    case .passwordSet: Text("Password set", "Mot de passe créé")
    case .passwordChanged: Text("Password changed", "Mot de passe modifié")
    case .passwordCheckFailed(let failed):
      Text("Old password wrong (\(failed.consecutive))", "Ancien mot de passe incorrect (\(failed.consecutive))")
    }
  }
}
