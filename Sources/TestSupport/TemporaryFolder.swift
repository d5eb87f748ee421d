import Foundation

/// A folder that is gone when the test is.
public final class TemporaryFolder: Sendable {
  public let path: String

  /// - Parameter parent: Ends with a slash.
  public init(in parent: String = NSTemporaryDirectory()) {
    path = parent + "dossier-test-" + UUID().uuidString.lowercased()
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      preconditionFailure("No temporary folder can be made: \(error)")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of `name` inside the folder.
  public func path(_ name: String) -> String { path + "/" + name }
}
