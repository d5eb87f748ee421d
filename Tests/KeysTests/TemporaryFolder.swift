import Foundation

/// A folder that is gone when the value is.
final class TemporaryFolder {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("dossier-\(UUID().uuidString)").path

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }
}
