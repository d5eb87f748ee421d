import Foundation

extension RawSpan {
  /// The little-endian integer at `offset`. Reading beyond the end stops the process: check ``byteCount`` first.
  @inlinable @inline(__always)
  public func load<Integer: FixedWidthInteger & BitwiseCopyable>(_ type: Integer.Type = Integer.self, at offset: Int) -> Integer {
    precondition(offset >= 0 && byteCount - offset >= MemoryLayout<Integer>.size)
    return Integer(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: Integer.self))
  }

  /// Whether the bytes are those of `other`.
  public func elementsEqual(_ other: String.UTF8View) -> Bool {
    guard byteCount == other.count else { return false }
    var other = String(other)
    return other.withUTF8 { utf8 in
      unsafe withUnsafeBytes { bytes in
        guard let first = bytes.baseAddress, let second = utf8.baseAddress else { return true }
        return unsafe memcmp(first, second, bytes.count) == 0
      }
    }
  }
}

extension RawSpan {
  /// Whether the first bytes are those of `other`, which is short.
  public func starts(with other: String.UTF8View) -> Bool {
    var offset = 0
    for byte in other {
      guard offset < byteCount, load(UInt8.self, at: offset) == byte else { return false }
      offset += 1
    }
    return true
  }
}

extension Array where Element == UInt8 {
  /// A copy of `span`.
  @inlinable
  public init(_ span: RawSpan) {
    self = unsafe span.withUnsafeBytes { unsafe [UInt8]($0) }
  }

  /// Adds a copy of `span`.
  @inlinable
  public mutating func append(_ span: RawSpan) {
    unsafe span.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }
}

extension String {
  /// A copy of `span`, which holds ASCII.
  @inlinable
  public init(ascii span: RawSpan) {
    self = unsafe span.withUnsafeBytes { bytes in
      unsafe String(unsafeUninitializedCapacity: bytes.count) { buffer in
        unsafe buffer.initialize(from: bytes).index
      }
    }
  }
}

extension Span where Element == UInt8 {
  /// The same bytes, without a type.
  @inlinable
  public var raw: RawSpan {
    @_lifetime(copy self) get { unsafe bytes }
  }
}
