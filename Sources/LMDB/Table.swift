import CLMDB

/// A table of an environment: sorted by the bytes of its keys.
public struct Table<Key: TableKey, Value: TableValue>: Sendable {
  let index: MDB_dbi
}

/// Something that can be the key of a table: 1 to 511 bytes (`lmdb.h`, `mdb_env_get_maxkeysize`).
public protocol TableKey {
  /// Lends the bytes. Their order is the order of the table.
  func withKeyBytes<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result
  /// - Returns: `nil` if the bytes are not such a key.
  init?(keyBytes: RawSpan)
}

/// Something that can be the value of a table.
public protocol TableValue {
  func withValueBytes<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result
  /// - Returns: `nil` if the bytes are not such a value.
  init?(valueBytes: RawSpan)
}

extension UInt64: TableKey {
  /// Big-endian, so that the order of bytes is the order of numbers.
  @inlinable
  public func withKeyBytes<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result {
    let bytes = bigEndian
    return try unsafe Swift.withUnsafeBytes(of: bytes) { (buffer) throws(Failure) in try body(unsafe buffer.bytes) }
  }

  @inlinable
  public init?(keyBytes: RawSpan) {
    guard keyBytes.byteCount == 8 else { return nil }
    self = keyBytes.load(UInt64.self, at: 0).byteSwapped
  }
}

extension String: TableKey, TableValue {
  public func withKeyBytes<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result {
    try [UInt8](utf8).withKeyBytes(body)
  }

  public init?(keyBytes: RawSpan) { self.init(validating: [UInt8](keyBytes), as: UTF8.self) }

  public func withValueBytes<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result {
    try withKeyBytes(body)
  }

  public init?(valueBytes: RawSpan) { self.init(keyBytes: valueBytes) }
}

extension Array: TableKey, TableValue where Element == UInt8 {
  @inlinable
  public func withKeyBytes<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result {
    try body(unsafe span.bytes)
  }

  public init?(keyBytes: RawSpan) { self.init(keyBytes) }

  @inlinable
  public func withValueBytes<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result {
    try body(unsafe span.bytes)
  }

  public init?(valueBytes: RawSpan) { self.init(valueBytes) }
}
