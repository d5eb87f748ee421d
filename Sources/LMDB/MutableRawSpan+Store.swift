extension MutableRawSpan {
  /// Writes `integer` little-endian at `offset`. Writing beyond the end stops the process.
  @inlinable @inline(__always) @_lifetime(self: copy self)
  public mutating func store<Integer: FixedWidthInteger & BitwiseCopyable>(_ integer: Integer, at offset: Int) {
    precondition(offset >= 0 && byteCount - offset >= MemoryLayout<Integer>.size)
    unsafe withUnsafeMutableBytes {
      unsafe $0.storeBytes(of: integer.littleEndian, toByteOffset: offset, as: Integer.self)
    }
  }

  /// Copies `bytes` to `offset`.
  /// - Returns: Where they end.
  @inlinable @discardableResult @_lifetime(self: copy self)
  public mutating func copy(_ bytes: RawSpan, at offset: Int) -> Int {
    precondition(offset >= 0 && byteCount - offset >= bytes.byteCount)
    unsafe withUnsafeMutableBytes { target in
      unsafe bytes.withUnsafeBytes { source in
        unsafe UnsafeMutableRawBufferPointer(rebasing: target[offset...]).copyMemory(from: source)
      }
    }
    return offset + bytes.byteCount
  }

  /// Copies the UTF-8 of `string` to `offset`.
  /// - Returns: Where it ends.
  @inlinable @discardableResult @_lifetime(self: copy self)
  public mutating func copy(_ string: String, at offset: Int) -> Int {
    var string = string
    return string.withUTF8 { utf8 in
      copy(unsafe UnsafeRawBufferPointer(utf8).bytes, at: offset)
    }
  }

  /// Lends the bytes that were written so far, to read.
  @inlinable @_lifetime(self: copy self)
  public mutating func reading<Result>(_ range: Range<Int>, _ body: (RawSpan) -> Result) -> Result {
    body(bytes.extracting(range))
  }
}

extension Array where Element == UInt8 {
  /// Lends the bytes for writing: all of them, or those in `range`.
  @inlinable
  public mutating func withMutableBytes<Result>(in range: Range<Int>? = nil, _ body: (inout MutableRawSpan) -> Result) -> Result {
    unsafe withUnsafeMutableBytes { buffer in
      var span = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[range ?? buffer.indices]).mutableBytes
      return body(&span)
    }
  }
}
