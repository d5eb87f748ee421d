import Foundation
import Schema

/// What can be asked of an application's document requests (domain.md 2.8).
public enum DocumentRequestCommand: Sendable {
  case request(RequestDocuments)
  case answer(AnswerDocumentRequest)
  /// Gives more time; `nil` means the oldest request that is open.
  case extend(UUID?, to: CivilDay)
  /// Asks for nothing more; `nil` means the oldest request that is open.
  case cancel(UUID?)
}

public struct RequestDocuments: Sendable {
  public struct Item: Sendable {
    public var slot: DocumentSlot
    public var text: String

    public init(slot: DocumentSlot, text: String) {
      self.slot = slot
      self.text = text
    }
  }

  public var items: [Item]
  /// `nil`: 30 days from today.
  public var dueDay: CivilDay?
  /// Fact: the application, folded from its stream.
  public var application: ApplicationState

  public init(items: [Item], dueDay: CivilDay? = nil, application: ApplicationState) {
    self.items = items
    self.dueDay = dueDay
    self.application = application
  }
}

/// An item is answered with a document, an explanation or both.
public struct AnswerDocumentRequest: Sendable {
  public var request: UUID
  /// 1 for the first item.
  public var item: Int
  public var document: UUID?
  public var explanation: String?
  /// Fact: the application, folded from its stream.
  public var application: ApplicationState

  public init(
    request: UUID, item: Int, document: UUID? = nil, explanation: String? = nil, application: ApplicationState
  ) {
    self.request = request
    self.item = item
    self.document = document
    self.explanation = explanation
    self.application = application
  }
}
