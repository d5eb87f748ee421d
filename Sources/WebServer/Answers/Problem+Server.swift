/// What the server itself refuses.
extension Problem {
  public static let notFound = Problem(
    404, "page.unknown", .init("There is nothing at this address.", "Il n’y a rien à cette adresse."))
  public static let failed = Problem(
    500, "server.failed",
    .init("Something went wrong on our side. Try again later.", "Une erreur s’est produite de notre côté. Réessayez plus tard."))
  static let badRequest = Problem(
    400, "request.unreadable", .init("The server could not read this request.", "Le serveur n’a pas pu lire cette demande."))
  static let badForm = Problem(
    400, "request.form", .init("The server could not read this form.", "Le serveur n’a pas pu lire ce formulaire."))
  static let badJSON = Problem(
    400, "request.json", .init("The server could not read this as JSON.", "Le serveur n’a pas pu lire ce texte en JSON."))
  static let wrongType = Problem(
    415, "request.type", .init("This address takes another kind of content.", "Cette adresse accepte un autre type de contenu."))
  static let tooLarge = Problem(
    413, "request.too_large", .init("This is more than the server takes here.", "C’est plus que ce que le serveur accepte ici."))
  static let tooSlow = Problem(
    408, "request.too_slow", .init("The request took too long to arrive.", "La demande a mis trop de temps à arriver."))
  static let otherHost = Problem(
    421, "request.host", .init("This server does not answer under that name.", "Ce serveur ne répond pas sous ce nom."))
  static let expectation = Problem(
    417, "request.expectation",
    .init("The server cannot do what this request expects.", "Le serveur ne peut pas faire ce que cette demande attend."))
  static let wrongMethod = Problem(
    405, "request.method", .init("This address does not take this method.", "Cette adresse n’accepte pas cette méthode."))
  static let signIn = Problem(401, "session.none", .init("Sign in first.", "Ouvrez d’abord une session."))
  static let signInAgain = Problem(
    401, "session.reauthenticate", .init("Sign in again before you do this.", "Ouvrez de nouveau une session avant de faire ceci."))
  static let forged = Problem(
    403, "session.token",
    .init(
      "This form does not belong to your session. Open the page again and send it from there.",
      "Ce formulaire n’appartient pas à votre session. Rouvrez la page et envoyez-le de là."))
  static let noCommand = Problem(
    400, "command.id_missing",
    .init("Send an Idempotency-Key with a UUID.", "Envoyez une Idempotency-Key avec un UUID."))
  static let starting = Problem(
    503, "server.not_ready", .init("The service is not ready.", "Le service n’est pas prêt."), retryAfter: 5)

  static func tooMany(after seconds: Int) -> Problem {
    Problem(
      429, "request.too_many",
      .init("Too many requests. Try again in \(seconds) seconds.", "Trop de demandes. Réessayez dans \(seconds) secondes."),
      retryAfter: seconds)
  }
}
