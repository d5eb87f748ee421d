import StrictJSON

/// Adapts ``ObjectReader`` to what compiled `Decodable` types call.
struct ObjectDecoder: Decoder {
  let object: ObjectReader
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Keyed<Key>(object: object))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw FieldFault(String(object.path.dropLast()), "must be an array")
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    throw FieldFault(String(object.path.dropLast()), "must be a single value")
  }

  private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let object: ObjectReader
    var codingPath: [any CodingKey] { [] }
    /// What the types ask for is known by name; none looks for other keys.
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { object.value(key.stringValue) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { object.value(key.stringValue) == nil }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try object.read(type, key.stringValue) }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try object.read(type, key.stringValue) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try object.read(type, key.stringValue) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try object.read(type, key.stringValue) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try object.read(type, key.stringValue) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try object.read(type, key.stringValue) }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw unsupported(key) }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw unsupported(key) }
    func superDecoder() throws -> any Decoder { ObjectDecoder(object: object) }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw unsupported(key) }

    private func unsupported(_ key: Key) -> FieldFault { FieldFault(object.path + key.stringValue, "cannot be read") }
  }
}

/// Adapts an array to what compiled `Decodable` types call.
struct ListDecoder: Decoder {
  let elements: [JSON]
  let path: String
  let noun: String
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { Unkeyed(elements: elements, path: path, noun: noun) }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    throw FieldFault(path, "must be an object")
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw FieldFault(path, "must be a single value") }

  private struct Unkeyed: UnkeyedDecodingContainer {
    let elements: [JSON]
    let path: String
    let noun: String
    var codingPath: [any CodingKey] { [] }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }
    private(set) var currentIndex = 0

    init(elements: [JSON], path: String, noun: String) {
      self.elements = elements
      self.path = path
      self.noun = noun
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
      guard !isAtEnd else { throw wrong }
      defer { currentIndex += 1 }
      if case .object = elements[currentIndex] { return try ValueReader(elements[currentIndex], path: path).read(type) }
      do { return try ValueReader(elements[currentIndex], path: path).read(type) } catch { throw wrong }
    }

    mutating func decodeNil() throws -> Bool { false }
    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { throw wrong }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw wrong }
    mutating func superDecoder() throws -> any Decoder { throw wrong }

    private var wrong: FieldFault { FieldFault(path, "must be an array of \(noun)") }
  }
}
