// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours is compiled with the same rules.
let rules: [SwiftSetting] = [
  // SE-0458: every unsafe construct must be marked; TidyTests says where a mark may stand.
  .strictMemorySafety(),
  // A warning is a defect: it stops the build instead of scrolling by.
  .treatAllWarnings(as: .error),
  // SE-0446 and its follow-ups: records are lent as values that cannot outlive their transaction.
  .enableExperimentalFeature("Lifetimes"),
  // SE-0335: `any` is written out.
  .enableUpcomingFeature("ExistentialAny"),
]

/// Generated code is compiled as it comes.
let generatedRules: [SwiftSetting] = []

let package = Package(
  name: "dossier",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "EventStore", targets: ["EventStore"]),
    .library(name: "Projections", targets: ["Projections", "Domain", "Schema"]),
    // For the tests alone: it is built as a library that can be preloaded.
    .library(name: "FaultShim", type: .dynamic, targets: ["FaultShim"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.7.0"),
    // The web server. Without its trait for configuration: the options of `portal serve` are ours.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: ["FullFoundation"]),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // System libraries: a module map and what Swift cannot import, no logic.
    .systemLibrary(
      name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"]), .brew(["lmdb"])]),
    .systemLibrary(
      name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]),
    .systemLibrary(
      name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]),

    // The log.
    .target(name: "LMDB", dependencies: ["CLMDB", "CXXHash"], swiftSettings: rules),
    .target(
      name: "EventStore",
      dependencies: [
        "LMDB", .product(name: "Logging", package: "swift-log"), .product(name: "Metrics", package: "swift-metrics"),
      ],
      swiftSettings: rules),

    .testTarget(name: "LMDBTests", dependencies: ["LMDB", "TestSupport"], swiftSettings: rules),
    .executableTarget(name: "stress-writer", dependencies: ["EventStore"], path: "Tests/StressWriter", swiftSettings: rules),
    .executableTarget(name: "log-follower", dependencies: ["EventStore", "LMDB"], path: "Tests/LogFollower", swiftSettings: rules),
    .testTarget(
      name: "EventStoreTests",
      dependencies: [
        "EventStore", "LMDB", "TestSupport", "log-follower", "stress-writer",
        .product(name: "InMemoryLogging", package: "swift-log"), .product(name: "Logging", package: "swift-log"),
        .product(name: "MetricsTestKit", package: "swift-metrics"),
      ],
      swiftSettings: rules),
    .testTarget(name: "TidyTests", swiftSettings: rules),
    // What the documentation of EventStore shows.
    .testTarget(name: "TutorialTests", dependencies: ["EventStore", "TestSupport"], swiftSettings: rules),
    .testTarget(
      name: "EndToEndTests", dependencies: ["CloudEvents", "EventStore", "TestSupport", "portal", "replay"], exclude: ["Golden"],
      swiftSettings: rules),

    // Faults: a library that is preloaded into a process under test, that process, and the tests that break things.
    .target(name: "FaultShim", path: "Tests/FaultShim"),
    .executableTarget(
      name: "fault-child", dependencies: ["EventStore", "LMDB", "TestSupport", .product(name: "Logging", package: "swift-log")],
      path: "Tests/FaultChild", swiftSettings: rules),
    .testTarget(name: "FaultTests", dependencies: ["TestSupport", "fault-child"], swiftSettings: rules),

    // The events and the rows.
    .target(
      name: "Schema",
      dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
      exclude: ["Protos"], swiftSettings: generatedRules),

    // Writes the event catalogue for scripts/generate.
    .executableTarget(
      name: "event-catalogue", dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")], swiftSettings: rules),

    // The rules: pure deciders, texts, the codec.
    .target(
      name: "Domain",
      dependencies: [
        "Schema",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      swiftSettings: rules),
    .target(
      name: "TestSupport",
      dependencies: [
        "Domain", "EventStore", "Schema",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      swiftSettings: rules),
    .testTarget(name: "SchemaTests", dependencies: ["TestSupport", "event-catalogue"], swiftSettings: rules),
    .testTarget(
      name: "DomainTests",
      dependencies: [
        "Domain", "Schema", "TestSupport",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      swiftSettings: rules),

    // The read models.
    .target(
      name: "Projections",
      dependencies: [
        "Domain", "EventStore", "LMDB", "Schema",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      swiftSettings: rules),

    .testTarget(
      name: "ProjectionsTests",
      dependencies: [
        "Domain", "EventStore", "LMDB", "Projections", "Schema", "TestSupport",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      swiftSettings: rules),

    // What programs exchange.
    .target(name: "StrictJSON", swiftSettings: rules),
    .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON"], swiftSettings: rules),
    .target(name: "CloudEvents", dependencies: ["EventStore", "StrictJSON"], swiftSettings: rules),
    .testTarget(
      name: "CloudEventsTests", dependencies: ["CloudEvents", "EventStore", "StrictJSON", "TestSupport"], swiftSettings: rules),

    // The auditor's and developer's command line.
    .target(
      name: "Terminal", dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")], swiftSettings: rules),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal"], swiftSettings: rules),
    .executableTarget(
      name: "replay",
      dependencies: [
        "CloudEvents", "Domain", "EventStore", "Keys", "LMDB", "Projections", "Schema", "StrictJSON", "Terminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      swiftSettings: rules),

    .testTarget(
      name: "ReplayTests",
      dependencies: [
        "Domain", "EventStore", "Projections", "Schema", "TestSupport", "replay",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: rules),

    // Pages and the server that carries them: neither knows the domain.
    .target(
      name: "HTML", dependencies: [.product(name: "Crypto", package: "swift-crypto")],
      resources: [.embedInCode("Assets/portal.css"), .embedInCode("Assets/portal.js")], swiftSettings: rules),
    .testTarget(name: "HTMLTests", dependencies: ["HTML"], exclude: ["Golden"], swiftSettings: rules),
    .target(
      name: "WebServer",
      dependencies: [
        "HTML", "LMDB", "StrictJSON",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: rules),
    .executableTarget(
      name: "web-server-child",
      dependencies: ["HTML", "WebServer", .product(name: "Logging", package: "swift-log")], path: "Tests/WebServerChild",
      swiftSettings: rules),
    // Asks a site without a socket, for tests.
    .target(
      name: "WebClient",
      dependencies: [
        "WebServer",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      path: "Tests/WebClient", swiftSettings: rules),
    .testTarget(
      name: "WebServerTests",
      dependencies: [
        "HTML", "WebClient", "WebServer", "TestSupport", "web-server-child",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: rules),

    // Keys, secrets and the engine.
    .target(name: "Argon2", dependencies: ["CSodium"], swiftSettings: rules),
    .target(
      name: "Keys",
      dependencies: ["LMDB", "EventStore", "Schema", "Domain", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: rules),
    .target(
      name: "CaseEngine",
      dependencies: [
        "LMDB", "EventStore", "Schema", "Domain", "Keys", "Argon2", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: rules),
    .testTarget(name: "Argon2Tests", dependencies: ["Argon2"], swiftSettings: rules),
    .testTarget(
      name: "KeysTests",
      dependencies: [
        "Keys", "EventStore", "Schema", "Domain", "TestSupport", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: rules),
    .testTarget(
      name: "CaseEngineTests",
      dependencies: ["CaseEngine", "EventStore", "Schema", "Domain", "Keys", "LMDB", "TestSupport"],
      swiftSettings: rules),

    // Commands from JSON, for the command line and the API.
    .target(name: "CommandCodec", dependencies: ["Domain", "StrictJSON"], swiftSettings: rules),

    // The representative's pages and the API.
    .target(
      name: "PortalWeb",
      dependencies: [
        "CaseEngine", "CommandCodec", "Domain", "EventStore", "HTML", "Keys", "Projections", "Schema", "StrictJSON", "WebServer",
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: rules),
    .testTarget(
      name: "PortalWebTests",
      dependencies: [
        "PortalWeb", "StrictJSON", "TestSupport", "WebClient", "WebServer", "portal",
      ],
      swiftSettings: rules),

    // The writing side's command line.
    .executableTarget(
      name: "portal",
      dependencies: [
        "CaseEngine", "CommandCodec", "Projections", "EventStore", "Schema", "Domain", "Keys", "LMDB", "Argon2",
        "CloudEvents", "HTML", "PortalWeb", "StrictJSON", "Terminal", "WebServer",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: rules),
    .testTarget(
      name: "PortalTests",
      dependencies: ["portal", "Projections", "EventStore", "Schema", "Domain", "Keys", "StrictJSON", "TestSupport"],
      swiftSettings: rules),
  ],
  swiftLanguageModes: [.v6]
)

// What `scripts/test-deep` builds, optimised and with sanitizers, in a minute or two each: the store and its tests, without
// anything above them.
if Context.environment["DOSSIER_STORE_ALONE"] != nil {
  let names: Set = [
    "CLMDB", "CXXHash", "LMDB", "EventStore", "TestSupport", "LMDBTests", "EventStoreTests", "stress-writer", "log-follower",
    "FaultShim", "fault-child", "FaultTests",
  ]
  package.products.removeAll { !names.contains($0.name) }
  package.targets.removeAll { !names.contains($0.name) }
  for target in package.targets where target.name == "TestSupport" {
    target.dependencies = ["EventStore"]
    target.exclude = ["AccountStory.swift", "DeciderSpec.swift"]
  }
}
