import Domain
import EventStore
import Foundation
import LMDB
import Schema

extension EventView {
  /// The account that the event concerns, from its tag; `nil` if it concerns none.
  var account: UUID? {
    var account: UUID?
    forEachTag { name, _, _ in
      guard account == nil, name.byteCount == 40, name.extracting(0..<4).elementsEqual("rep:".utf8) else { return }
      account = UUID(ascii: name.extracting(4..<40))
    }
    return account
  }

  /// The identifier in the name of the event's stream: that of the package in `pkg-…`.
  func streamID() throws(ProjectionError) -> UUID {
    let name = stream.name.utf8.span.raw
    guard name.byteCount > 36, let id = UUID(ascii: name.extracting(name.byteCount - 36..<name.byteCount)) else {
      throw .cannotFold(type, at: position, reason: "its stream is not named by an identifier")
    }
    return id
  }

  /// Whether the event stands in a stream of one of these kinds.
  func isIn(_ kinds: Set<StreamKind>) -> Bool {
    StreamKind(rawValue: String(stream.name.prefix { $0 != "-" })).map(kinds.contains) ?? false
  }

  /// The event without its personal data.
  func decoded() throws(ProjectionError) -> DomainEvent {
    do throws(WireError) {
      return try EventCodec().decode(type: type.name, payload: [UInt8](payload))
    } catch {
      throw .cannotFold(type, at: position, reason: error.description)
    }
  }

  /// The personal data as it stands in the event; `nil` if there is none.
  var sealed: Sealed? {
    guard let sealedSubject else { return nil }
    let bytes = Data([UInt8](sealedBytes))
    return .with {
      $0.subjectID = sealedSubject.data
      $0.eventID = id.data
      $0.eventType = type.name
      $0.ciphertext = bytes
    }
  }

  /// The history contradicts itself: something happened to what is not there.
  func contradiction(_ reason: String) -> ProjectionError { .cannotFold(type, at: position, reason: reason) }
}

extension UUID {
  /// - Parameter text: 36 characters with hyphens, read without making a string of them.
  init?(ascii text: RawSpan) {
    guard text.byteCount == 36 else { return nil }
    var (high, low): (UInt64, UInt64) = (0, 0)
    var digits = 0
    for offset in 0..<36 {
      let byte = text.load(UInt8.self, at: offset)
      if offset == 8 || offset == 13 || offset == 18 || offset == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = byte.hexadecimalDigit else { return nil }
      if digits < 16 { high = high << 4 | digit } else { low = low << 4 | digit }
      digits += 1
    }
    self.init(high: high, low: low)
  }
}

extension UInt8 {
  fileprivate var hexadecimalDigit: UInt64? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(self - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(self - UInt8(ascii: "a") + 10)
    default: nil
    }
  }
}
