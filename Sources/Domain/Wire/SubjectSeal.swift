import Crypto
import Foundation
import Schema

/// How personal data is sealed: padded to a multiple of 64 bytes, then AES-256-GCM under the key of its subject, bound to
/// the event's identifier and type. Layout: nonce (12 bytes), ciphertext, tag (16 bytes).
///
/// The nonce is a keyed hash of all that is sealed and of what it is bound to. So sealing is a pure function, an append that
/// is repeated has the same bytes, and a nonce comes twice only with the very same message.
enum SubjectSeal {
  static let block = 64
  private static let nonceLength = 12
  private static let tagLength = 16

  static func seal(_ plaintext: Data, key: SymmetricKey, event: UUID, type: String) throws(WireError) -> Data {
    let padded = pad(plaintext)
    let bound = binding(event: event, type: type)
    // The length tells where the bound part ends, so that no two messages are hashed alike.
    let length = withBigEndianBytes(of: bound.count)
    let nonce = Data(key.code("nonce1", [length, bound, padded]).prefix(nonceLength))
    do {
      let box = try AES.GCM.seal(padded, using: key, nonce: AES.GCM.Nonce(data: nonce), authenticating: bound)
      return nonce + box.ciphertext + box.tag
    } catch { throw .noKey(type: type) }
  }

  static func open(_ bytes: Data, key: SymmetricKey, event: UUID, type: String) throws(WireError) -> Data {
    guard bytes.count >= nonceLength + block + tagLength else { throw .malformed(type: type) }
    do {
      let box = try AES.GCM.SealedBox(combined: bytes)
      let padded = try AES.GCM.open(box, using: key, authenticating: binding(event: event, type: type))
      if let plaintext = unpad(padded) { return plaintext }
    } catch {}
    throw .notAuthentic(type: type)
  }

  private static func binding(event: UUID, type: String) -> Data { event.data + Data(type.utf8) }

  private static func withBigEndianBytes(of count: Int) -> [UInt8] {
    stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: count >> $0) }
  }

  /// One byte 0x80, then zeros up to a multiple of ``block``: can be taken off again without doubt.
  static func pad(_ plaintext: Data) -> Data {
    var padded = plaintext
    padded.append(0x80)
    padded.append(Data(count: (block - padded.count % block) % block))
    return padded
  }

  /// - Returns: `nil` if `padded` does not end in padding.
  static func unpad(_ padded: Data) -> Data? {
    guard padded.count % block == 0, let end = padded.lastIndex(where: { $0 != 0 }), padded[end] == 0x80,
      padded.endIndex - end <= block
    else { return nil }
    return Data(padded[..<end])
  }
}
