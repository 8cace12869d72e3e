// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "widen",
  products: [.executable(name: "widen", targets: ["widen"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .target(name: "WidenLanguage", swiftSettings: strict),
    .target(name: "WidenStatistics", swiftSettings: strict),
    .target(name: "CKernels"),
    .target(
      name: "WidenEngine",
      dependencies: [
        "CKernels", "CZlib", "CExpat", "CSQLite", "WidenLanguage", "WidenStatistics",
      ],
      swiftSettings: strict),
    .target(
      name: "WidenPublish",
      dependencies: [
        "CSQLite", "CXLSXWriter", "WidenEngine", "WidenLanguage", "WidenStatistics",
      ],
      swiftSettings: strict),
    .systemLibrary(name: "CRemote"),
    .target(
      name: "WidenRemote", dependencies: ["CRemote", "WidenEngine", "WidenLanguage"],
      swiftSettings: strict),
    .target(
      name: "WidenShell",
      dependencies: [
        "WidenPublish", "WidenRemote", "WidenEngine", "WidenLanguage", "WidenStatistics",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "widen",
      dependencies: [
        "WidenShell", "WidenPublish", "WidenRemote", "WidenEngine", "WidenLanguage", "CReadline",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "WidenLanguageTests", dependencies: ["WidenLanguage"], swiftSettings: strict),
    .testTarget(
      name: "WidenStatisticsTests", dependencies: ["WidenStatistics"], swiftSettings: strict),
    .target(
      name: "SQLiteOracle", dependencies: ["WidenEngine", "WidenLanguage", "CSQLite"],
      path: "Tests/SQLiteOracle", swiftSettings: strict),
    .target(
      name: "PrivateServer", dependencies: ["WidenRemote", "WidenEngine", "WidenLanguage"],
      path: "Tests/PrivateServer", swiftSettings: strict),
    .testTarget(
      name: "WidenEngineTests",
      dependencies: [
        "CKernels", "CSQLite", "CZlib", "WidenRemote", "WidenEngine", "WidenLanguage",
        "SQLiteOracle", "PrivateServer",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "WidenPublishTests", dependencies: ["WidenPublish", "WidenEngine", "WidenLanguage"],
      swiftSettings: strict),
    .testTarget(
      name: "WidenShellTests",
      dependencies: [
        "WidenShell", "WidenPublish", "WidenEngine", "WidenLanguage", "WidenStatistics",
        "SQLiteOracle", "PrivateServer", "WidenRemote", "widen",
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
