import Schema

extension InboxDecider {
  public static func summary(of event: Event) -> Text {
    switch event {
    case .accountMessageSent(let sent):
      Text("Account message sent: \(sent.text.subject)", "Message de compte envoyé : \(sent.text.subject)")
    case .accountMessageRead: Text("Account message read", "Message de compte lu")
    case .accountMessageUndeliverable(let message):
      Text(
        "Account message \(message.templateKey) not delivered: account closed",
        "Message de compte \(message.templateKey) non livré : compte fermé")
    }
  }
}

extension ApplicationMessageDecider {
  public static func summary(of event: Event) -> Text {
    switch event {
    case .applicationMessageSent(let sent):
      Text("Application message sent: \(sent.text.subject)", "Message sur la demande envoyé : \(sent.text.subject)")
    case .applicationMessageRead(let read):
      read.readerKind == .client
        ? Text("Application message read by the client", "Message sur la demande lu par le client")
        : Text("Application message read", "Message sur la demande lu")
    }
  }
}
