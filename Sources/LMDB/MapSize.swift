import Foundation

/// How much address space an environment reserves when its opener does not say: 1 TiB, or what a setting says, for machines where
/// addresses are limited. It is not disk space, and nothing is copied when it is more than is ever used.
enum MapSize {
  /// The environment variable with the number of GiB, 1 to 65,536.
  static let setting = "DOSSIER_MAP_GIB"

  /// - Throws: `.invalidSetting` if the variable is set to something else.
  static func bytes() throws(LMDBError) -> Int {
    guard let text = ProcessInfo.processInfo.environment[setting] else { return 1 << 40 }
    guard let gibibytes = Int(text), (1...65_536).contains(gibibytes) else {
      throw .invalidSetting(name: setting, rule: "a whole number of GiB from 1 to 65536")
    }
    return gibibytes << 30
  }
}
