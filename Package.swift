// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
]

let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "hearback",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "hearback", targets: ["hearback"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CQRCode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .target(name: "OwnThread", swiftSettings: settings),
        .target(name: "Postgres", dependencies: ["CLibpq", "OwnThread", logging], swiftSettings: settings),
        .target(
            name: "EmbeddedPostgres",
            dependencies: ["Postgres", logging, .product(name: "Subprocess", package: "swift-subprocess")],
            swiftSettings: settings),
        .target(
            name: "Feedback", dependencies: [crypto, yams],
            resources: [.embedInCode("Surveys"), .embedInCode("Policies"), .embedInCode("Zones")],
            swiftSettings: settings),
        .target(name: "People", dependencies: [crypto, cryptoExtras], swiftSettings: settings),
        .target(
            name: "OpenIDConnect",
            dependencies: [
                "People", crypto, httpClient, logging,
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings),
        .target(name: "Statistics", swiftSettings: settings),
        .target(name: "Intake", dependencies: [yams], swiftSettings: settings),
        .target(
            name: "Migrations", path: "Migrations",
            resources: [.embedInCode("SQL")],
            swiftSettings: settings),
        .target(
            name: "Store", dependencies: ["Postgres", "Feedback", "Intake", "Migrations", "People", crypto, logging],
            swiftSettings: settings),
        .target(
            name: "Dashboards", dependencies: ["Store", "Statistics", "Feedback", crypto, mustache],
            resources: [.embedInCode("Templates")],
            swiftSettings: settings),
        .target(
            name: "Delivery",
            dependencies: ["CCurl", "CQRCode", "OwnThread", "Store", "Feedback", crypto, logging, mustache],
            resources: [.embedInCode("Templates")],
            swiftSettings: settings),
        .target(
            name: "Web",
            dependencies: [
                "CZlib", "Store", "Delivery", "Feedback", "Intake", "Dashboards", "OpenIDConnect", "People", crypto,
                lifecycle, logging, mustache,
                .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            resources: [.embedInCode("Templates"), .embedInCode("OpenAPI")],
            swiftSettings: settings),
        .target(name: "DemoCentre", dependencies: ["Store", "Feedback", "Intake"], swiftSettings: settings),
        .executableTarget(
            name: "hearback",
            dependencies: [
                "EmbeddedPostgres", "DemoCentre", "Dashboards", "Delivery", "OpenIDConnect", "People", "Web", lifecycle,
                .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .target(
            name: "TestSupport", dependencies: ["EmbeddedPostgres", "Store", httpClient],
            path: "Tests/TestSupport",
            exclude: ["provider_double.py"],
            swiftSettings: settings),
        .testTarget(name: "PostgresTests", dependencies: ["TestSupport"], swiftSettings: settings),
        .testTarget(name: "EmbeddedPostgresTests", dependencies: ["EmbeddedPostgres"], swiftSettings: settings),
        .testTarget(name: "FeedbackTests", dependencies: ["Feedback"], swiftSettings: settings),
        .testTarget(
            name: "StatisticsTests", dependencies: ["Statistics"],
            resources: [.copy("vectors.json")],
            swiftSettings: settings),
        .testTarget(name: "PeopleTests", dependencies: ["People"], swiftSettings: settings),
        .testTarget(
            name: "OpenIDConnectTests",
            dependencies: [
                "OpenIDConnect", "TestSupport", httpClient, .product(name: "InMemoryLogging", package: "swift-log"),
            ],
            swiftSettings: settings),
        .testTarget(name: "IntakeTests", dependencies: ["Intake"], swiftSettings: settings),
        .testTarget(name: "StoreTests", dependencies: ["TestSupport", "DemoCentre"], swiftSettings: settings),
        .testTarget(
            name: "DashboardsTests", dependencies: ["Dashboards", "DemoCentre", "TestSupport"],
            swiftSettings: settings),
        .executableTarget(
            name: "LetterSample", dependencies: ["Delivery", "Feedback"], path: "Tests/LetterSample",
            swiftSettings: settings),
        .testTarget(
            name: "DeliveryTests", dependencies: ["Delivery", "TestSupport"],
            exclude: ["smtp_sink.py", "http_sink.py", "sink_certificates.py"],
            resources: [.copy("read_message.py")],
            swiftSettings: settings),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "OpenIDConnect", "Web", "TestSupport", .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "InMemoryLogging", package: "swift-log"),
                .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings),
    ]
)
