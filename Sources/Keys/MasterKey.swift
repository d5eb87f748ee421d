import Crypto
import Foundation
import LMDB

/// The key that wraps all other keys: 32 bytes in a file of its own.
public struct MasterKey: Sendable {
  public static let byteCount = 32
  /// Names another file than `keys/master.key`.
  public static let environmentVariable = "DOSSIER_MASTER_KEY_FILE"

  static func defaultFile(in folder: String) -> String { folder + "/master.key" }

  let path: String
  let key: SymmetricKey

  /// Reads the key from `path`.
  init(path: String) throws(KeyError) {
    guard FileSystem.exists(path) else { throw .masterKeyMissing(path: path) }
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .masterKeyUnreadable(path: path, reason: error.localizedDescription)
    }
    guard bytes.count == Self.byteCount else { throw .masterKeyWrongLength(path: path, bytes: bytes.count) }
    self.path = path
    key = SymmetricKey(data: bytes)
  }

  /// Makes a new key in `path`, readable by its owner only, and returns when it is on the disk.
  static func create(path: String) throws(KeyError) {
    var random = SystemRandomNumberGenerator()
    let bytes = (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    do throws(LMDBError) { try FileSystem.write(bytes, to: path) } catch { throw .storage(error) }
  }

  /// Wraps a key of 32 bytes into 40 (RFC 3394).
  func wrap(_ other: SymmetricKey) throws(KeyError) -> [UInt8] {
    do {
      return [UInt8](try AES.KeyWrap.wrap(other, using: key))
    } catch {
      throw .damaged(path: path, reason: "a key could not be wrapped")
    }
  }

  /// - Returns: `nil` if `wrapped` was not wrapped with this key.
  func unwrap(_ wrapped: some Collection<UInt8>) -> SymmetricKey? {
    try? AES.KeyWrap.unwrap(Data(wrapped), using: key)
  }
}
