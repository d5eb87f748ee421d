import Domain
import EventStore
import Schema
import Foundation
import LMDB

extension EventView {
  /// The account that the event concerns, from its tag; `nil` if it concerns none.
  var account: UUID? {
    var account: UUID?
    forEachTag { name, _, _ in
      guard account == nil, name.byteCount == 40, name.load(UInt32.self, at: 0) == EventView.accountTag else { return }
      account = UUID(ascii: name.extracting(4..<40))
    }
    return account
  }

  /// `rep:`, as four bytes are loaded.
  private static let accountTag: UInt32 = 0x3A70_6572

  /// The identifier in the name of the event's stream; `nil` if there is none.
  var streamID: UUID? {
    let name = streamBytes
    return name.byteCount > 36 ? UUID(ascii: name.extracting(name.byteCount - 36..<name.byteCount)) : nil
  }

  /// Whether the event stands in a stream of one of these kinds.
  func isIn(_ kinds: Set<StreamKind>) -> Bool {
    StreamKind(rawValue: String(stream.name.prefix { $0 != "-" })).map(kinds.contains) ?? false
  }

  /// ``EventView/whole()``, its error turned into this module's.
  @_lifetime(copy self)
  func checked() throws(ProjectionError) -> EventView {
    do throws(EventStoreError) { return try whole() } catch { throw .log(error) }
  }
}

extension UUID {
  /// - Parameter text: 36 characters with hyphens, letters in lower case, read without making a string of them.
  init?(ascii text: RawSpan) {
    func isHyphen(_ offset: Int) -> Bool { text.load(UInt8.self, at: offset) == UInt8(ascii: "-") }
    guard text.byteCount == 36, isHyphen(8), isHyphen(13), isHyphen(18), isHyphen(23) else { return nil }
    let words = (
      text.load(UInt64.self, at: 0), UInt64(text.load(UInt32.self, at: 9)) | UInt64(text.load(UInt32.self, at: 14)) << 32,
      UInt64(text.load(UInt32.self, at: 19)) | UInt64(text.load(UInt32.self, at: 24)) << 32, text.load(UInt64.self, at: 28)
    )
    guard let a = words.0.hexadecimal, let b = words.1.hexadecimal, let c = words.2.hexadecimal, let d = words.3.hexadecimal
    else { return nil }
    self.init(high: UInt64(a) << 32 | UInt64(b), low: UInt64(c) << 32 | UInt64(d))
  }
}

extension UInt64 {
  /// The number that eight hexadecimal digits say, the first in the lowest byte; `nil` if they are not eight such.
  fileprivate var hexadecimal: UInt32? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    // A letter has bit 6 set, and is 9 more than its lowest four bits.
    let values = (self & (ones &* 0x0F)) &+ ((self >> 6) & ones) &* 9
    // Written again: a letter stands 0x27 behind where it would if `a` followed `9`.
    let letters = ((values &+ ones &* 6) >> 4) & ones
    guard values & (ones &* 0xF0) == 0, values &+ ones &* 0x30 &+ letters &* 0x27 == self else { return nil }
    let pairs = (values << 4 | values >> 8) & 0x00FF_00FF_00FF_00FF
    let quads = (pairs << 8 | pairs >> 16) & 0x0000_FFFF_0000_FFFF
    return UInt32(truncatingIfNeeded: quads << 16 | quads >> 32)
  }
}
