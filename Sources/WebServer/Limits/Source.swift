import Foundation
import NIOCore

/// Where a request comes from.
struct Source: Equatable, Sendable {
  /// The address, such as `192.0.2.7`.
  let address: String

  /// What limits count: an IPv4 address, or the /64 of an IPv6 address, which one customer has.
  var limitKey: String { address.contains(":") ? Self.prefix(of: address, bytes: 8) : address }

  /// What a session keeps: /24 or /64.
  var network: String { Self.prefix(of: address, bytes: address.contains(":") ? 8 : 3) }

  private static func prefix(of address: String, bytes: Int) -> String {
    guard let packed = packed(address) else { return address }
    return Hex.text(packed.prefix(bytes)) + "/\(bytes * 8)"
  }

  static func packed(_ address: String) -> [UInt8]? {
    switch try? SocketAddress(ipAddress: address, port: 0) {
    case .v4(let v4): IPBytes.of(v4: v4.address.sin_addr.s_addr)
    case .v6: IPBytes.of(v6: address)
    default: nil
    }
  }
}

enum IPBytes {
  static func of(v4 networkOrder: UInt32) -> [UInt8] {
    let value = UInt32(bigEndian: networkOrder)
    return [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
  }

  /// An IPv6 address that was already found to be one; a part in dotted form is left out of the prefix.
  static func of(v6 address: String) -> [UInt8] {
    let halves = address.split(separator: "%")[0].components(separatedBy: "::")
    func groups(_ text: String) -> [UInt16] {
      text.split(separator: ":").flatMap { group in group.contains(".") ? [0, 0] : [UInt16(group, radix: 16) ?? 0] }
    }
    let left = groups(halves[0])
    let right = halves.count > 1 ? groups(halves[1]) : []
    let all = left + Array(repeating: 0, count: max(0, 8 - left.count - right.count)) + right
    return all.prefix(8).flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
  }
}

/// Which proxies are believed about the addresses of others.
public struct TrustedProxies: Sendable {
  private let addresses: Set<String>

  public init(_ addresses: [String] = []) { self.addresses = Set(addresses) }

  /// The right-most address that is not a proxy of ours; what stands left of it may be invented.
  func source(peer: String, forwarded: [String]) -> Source {
    guard addresses.contains(peer) else { return Source(address: peer) }
    let hops = forwarded.joined(separator: ",").split(separator: ",").map { $0.trimmed }
    for hop in hops.reversed() where !addresses.contains(hop) {
      guard Source.packed(hop) != nil else { break }
      return Source(address: hop)
    }
    return Source(address: peer)
  }
}

extension Substring {
  /// Without blanks at both ends.
  var trimmed: String {
    var text = drop { $0 == " " || $0 == "\t" }
    while text.last == " " || text.last == "\t" { text = text.dropLast() }
    return String(text)
  }
}
