// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "dossier-benchmarks",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(name: "dossier", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
  ],
  targets: [
    // The floor: the same bytes through LMDB's C API with nothing around it.
    .systemLibrary(name: "CLMDBSystem", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"]), .brew(["lmdb"])]),
    .target(name: "CBaseline", dependencies: ["CLMDBSystem"], cSettings: [.unsafeFlags(["-O2"])]),
    .executableTarget(
      name: "dossier-bench",
      dependencies: [
        "CBaseline",
        .product(name: "EventStore", package: "dossier"),
        .product(name: "Projections", package: "dossier"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Histogram", package: "hdrhistogram-swift"),
      ],
      swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]),
  ],
  swiftLanguageModes: [.v6]
)
