import ArgumentParser

struct Act: AsyncParsableCommand {
  func run() async throws {}
}
