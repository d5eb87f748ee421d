/// Requests for documents about submitted applications (domain.md 2.8).
public enum Requests {
  static let commands: [any Command.Type] = [
    RequestDocuments.self, AnswerDocumentRequest.self, ExtendDocumentRequest.self, CancelDocumentRequest.self,
  ]
}
