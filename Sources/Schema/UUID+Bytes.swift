import Foundation

extension UUID {
  /// The sixteen bytes, as identifiers stand in messages.
  public var data: Data {
    let b = uuid
    return Data([b.0, b.1, b.2, b.3, b.4, b.5, b.6, b.7, b.8, b.9, b.10, b.11, b.12, b.13, b.14, b.15])
  }

  /// - Returns: `nil` unless `data` has sixteen bytes.
  public init?(_ data: Data) {
    guard data.count == 16 else { return nil }
    let b = data.span
    self.init(
      uuid: (b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]))
  }
}

extension UUID {
  /// All bits zero: stands for an identifier whose bytes in a message are not sixteen.
  public static let zero = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))

  /// For folds, which are total: `data`, or ``zero`` unless it has sixteen bytes.
  public init(orZero data: Data) { self = UUID(data) ?? .zero }
}
