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
    let b = [UInt8](data)
    self.init(
      uuid: (b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]))
  }
}
