import Foundation

/// How much the long tests do: a sample in every run of the tests, everything when `DOSSIER_DEPTH` is `deep`.
public enum Depth {
  public static let isDeep = ProcessInfo.processInfo.environment["DOSSIER_DEPTH"] == "deep"

  /// The minutes one test may take when it is deep (`DOSSIER_MINUTES`); what was not reached by then is left out.
  public static let minutes = ProcessInfo.processInfo.environment["DOSSIER_MINUTES"].flatMap(Double.init) ?? 20

  /// When a deep test that begins now has to end.
  public static var deadline: ContinuousClock.Instant { .now + .seconds(minutes * 60) }

  /// Seeds whatever is random (`DOSSIER_SEED`); it is said with every failure.
  public static let seed = ProcessInfo.processInfo.environment["DOSSIER_SEED"].flatMap(UInt64.init) ?? 1

  /// Says what was counted, and appends it to the file `DOSSIER_COUNTS`, where `scripts/test-deep` looks while the tests run.
  public static func report(_ text: String) {
    let line = Data("counted: \(text)\n".utf8)
    FileHandle.standardError.write(line)
    guard let path = ProcessInfo.processInfo.environment["DOSSIER_COUNTS"], let file = FileHandle(forWritingAtPath: path) else {
      return
    }
    defer { try? file.close() }
    _ = try? file.seekToEnd()
    try? file.write(contentsOf: line)
  }
}
