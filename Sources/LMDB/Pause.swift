import Foundation

enum Pause {
  /// Blocks the thread. For threads of our own and for opening files, never for the cooperative pool.
  static func milliseconds(_ count: UInt32) { usleep(count * 1_000) }
}
