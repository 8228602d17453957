// swift-tools-version: 6.2
import PackageDescription

/// The public modules that a plugin may import, third-party or built in.
let pluginAPI: [Target.Dependency] = ["WirewatchKit", "WirewatchText"]

/// A built-in plugin: compiled exactly as a third party's would be (no package access).
func plugin(
    _ name: String, path: String, dependencies: [Target.Dependency] = [],
    exclude: [String] = ["README.md"]
) -> Target {
    .target(
        name: name, dependencies: pluginAPI + dependencies, path: "Plugins/\(path)",
        exclude: exclude, packageAccess: false)
}

func system(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let standardPlugins: [Target.Dependency] = [
    "WirewatchFeed", "WirewatchFiles", "WirewatchHTTPIntake", "WirewatchPage", "WirewatchSitemap", "WirewatchExtract",
    "WirewatchClassify",
    "WirewatchEntities", "WirewatchMetrics",
    "WirewatchAlert", "WirewatchNoiseControl", "WirewatchDedupe", "WirewatchStory", "WirewatchJSONLog",
    "WirewatchConsole",
    "WirewatchWebhook", "WirewatchAlertmanager", "WirewatchEmail", "WirewatchExec", "WirewatchAlertFeed",
]

let package = Package(
    name: "wirewatch",
    products: [
        .executable(name: "wirewatch", targets: ["wirewatch"]),
        .library(
            name: "WirewatchKit",
            targets: [
                "WirewatchKit", "WirewatchText", "WirewatchLearning", "WirewatchPattern", "WirewatchMarkup",
                "WirewatchFeeds", "WirewatchHTTP", "WirewatchPolling", "WirewatchDelivery",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        // C libraries: module map and shim header only.
        system("CWirewatchYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
        system("CWirewatchSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        system("CWirewatchZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        system("CWirewatchMicrohttpd", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
        system("CWirewatchCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
        system("CWirewatchPCRE2", pkgConfig: "libpcre2-8", apt: "libpcre2-dev"),
        system("CWirewatchCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        .systemLibrary(name: "CWirewatchMalloc"),

        // The public modules.
        .target(
            name: "WirewatchKit", dependencies: ["WirewatchText", logging],
            resources: [
                .embedInCode("Schemas/article-1.schema.json"), .embedInCode("Schemas/alert-1.schema.json"),
                .embedInCode("Schemas/dead_letter-1.schema.json"),
            ]),
        .target(name: "WirewatchText"),
        .target(name: "WirewatchLearning", dependencies: ["WirewatchKit", "WirewatchText"]),
        .target(name: "WirewatchPattern", dependencies: ["CWirewatchPCRE2"]),
        .target(name: "WirewatchMarkup", dependencies: []),
        .target(name: "WirewatchFeeds", dependencies: ["WirewatchKit", "WirewatchMarkup"]),
        .target(name: "WirewatchHTTP", dependencies: ["CWirewatchCurl", "WirewatchKit"]),
        .target(name: "WirewatchPolling", dependencies: ["WirewatchDigest", "WirewatchHTTP", "WirewatchKit"]),
        .target(
            name: "WirewatchDelivery",
            dependencies: ["WirewatchDigest", "WirewatchHTTP", "WirewatchPolling", "WirewatchKit"],
            exclude: ["README.md"]),
        .target(name: "WirewatchDigest", dependencies: ["CWirewatchCrypto"]),
        .target(name: "WirewatchCompression", dependencies: ["CWirewatchZlib"]),
        .target(name: "WirewatchStore", dependencies: ["CWirewatchSQLite"]),
        .target(name: "WirewatchListener", dependencies: ["CWirewatchMicrohttpd", "WirewatchKit"]),
        .target(name: "WirewatchTesting", dependencies: ["WirewatchKit"]),

        // The daemon.
        .target(name: "WirewatchYAML", dependencies: ["CWirewatchYAML"]),
        .target(
            name: "WirewatchConfig", dependencies: ["WirewatchYAML", "WirewatchKit"]),
        .target(
            name: "WirewatchEngine",
            dependencies: [
                "WirewatchConfig", "WirewatchKit", "WirewatchStore", "WirewatchDigest", logging,
            ]),
        .target(
            name: "WirewatchCommand",
            dependencies: [
                "CWirewatchMalloc", "WirewatchEngine", "WirewatchConfig", "WirewatchFeeds", "WirewatchHTTP",
                "WirewatchPolling", "WirewatchCompression", "WirewatchDigest", "WirewatchLearning", "WirewatchListener",
                "WirewatchMarkup", "WirewatchKit", arguments, logging,
            ]),
        .executableTarget(
            name: "wirewatch", dependencies: ["WirewatchCommand", "WirewatchStandardPlugins"]),

        // The built-in plugins.
        plugin(
            "WirewatchFiles", path: "Files",
            dependencies: ["WirewatchDigest", "WirewatchFeeds", "WirewatchMarkup"]),
        plugin(
            "WirewatchFeed", path: "Feed", dependencies: ["WirewatchFeeds", "WirewatchHTTP", "WirewatchPolling"]),
        plugin(
            "WirewatchHTTPIntake", path: "HTTPIntake",
            dependencies: ["WirewatchCompression", "WirewatchDigest", "WirewatchFeeds", "WirewatchHTTP"]),
        plugin(
            "WirewatchPage", path: "Page",
            dependencies: ["WirewatchDigest", "WirewatchHTTP", "WirewatchMarkup", "WirewatchPolling"]),
        plugin(
            "WirewatchSitemap", path: "Sitemap",
            dependencies: [
                "WirewatchCompression", "WirewatchDigest", "WirewatchFeeds", "WirewatchHTTP", "WirewatchMarkup",
                "WirewatchPolling",
            ]),
        plugin("WirewatchExtract", path: "Extract", dependencies: ["WirewatchMarkup"]),
        plugin(
            "WirewatchClassify", path: "Classify", dependencies: ["WirewatchLearning"],
            exclude: ["README.md", "topics.yaml", "topics-zh.yaml"]),
        plugin("WirewatchEntities", path: "Entities", exclude: ["README.md", "entities.yaml"]),
        plugin("WirewatchMetrics", path: "Metrics"),
        plugin(
            "WirewatchAlert", path: "Alert", dependencies: ["WirewatchDigest", "WirewatchPattern"],
            exclude: ["README.md", "rules.yaml"]),
        plugin("WirewatchNoiseControl", path: "NoiseControl", dependencies: ["WirewatchDigest"]),
        plugin("WirewatchDedupe", path: "Dedupe", dependencies: ["WirewatchDigest"]),
        plugin("WirewatchStory", path: "Story", dependencies: ["WirewatchDigest"]),
        plugin("WirewatchJSONLog", path: "JSONLog", dependencies: ["WirewatchCompression", "WirewatchDigest"]),
        plugin("WirewatchConsole", path: "Console"),
        plugin(
            "WirewatchWebhook", path: "Webhook",
            dependencies: ["WirewatchDelivery", "WirewatchDigest", "WirewatchHTTP"]),
        plugin("WirewatchAlertmanager", path: "Alertmanager", dependencies: ["WirewatchDelivery", "WirewatchHTTP"]),
        plugin(
            "WirewatchEmail", path: "Email", dependencies: ["WirewatchDelivery", "WirewatchDigest", "WirewatchHTTP"]),
        plugin("WirewatchExec", path: "Exec", dependencies: ["WirewatchDelivery"]),
        plugin("WirewatchAlertFeed", path: "AlertFeed", dependencies: ["WirewatchDelivery"]),
        .target(
            name: "WirewatchStandardPlugins", dependencies: ["WirewatchKit"] + standardPlugins,
            path: "Plugins/Standard", packageAccess: false),

        // Tests.
        .testTarget(name: "WirewatchKitTests", dependencies: ["WirewatchTesting", "WirewatchKit"]),
        .testTarget(name: "WirewatchTextTests", dependencies: ["WirewatchText"]),
        .testTarget(name: "WirewatchLearningTests", dependencies: ["WirewatchLearning", "WirewatchKit"]),
        .testTarget(name: "WirewatchPatternTests", dependencies: ["WirewatchPattern"]),
        .testTarget(name: "WirewatchMarkupTests", dependencies: ["WirewatchTesting", "WirewatchMarkup"]),
        .testTarget(
            name: "WirewatchFeedsTests",
            dependencies: ["WirewatchTesting", "WirewatchFeeds", "WirewatchMarkup", "WirewatchKit"]),
        .testTarget(
            name: "WirewatchHTTPTests",
            dependencies: ["WirewatchTesting", "WirewatchHTTP", "WirewatchCompression", "WirewatchKit"]),
        .testTarget(
            name: "WirewatchPollingTests",
            dependencies: ["WirewatchTesting", "WirewatchPolling", "WirewatchHTTP", "WirewatchKit"]),
        .testTarget(
            name: "WirewatchConfigTests",
            dependencies: ["WirewatchTesting", "WirewatchConfig", "WirewatchYAML", "WirewatchKit"],
            exclude: ["Mistakes"]),
        .testTarget(
            name: "WirewatchEngineTests",
            dependencies: ["WirewatchTesting", "WirewatchEngine", "WirewatchConfig", "WirewatchStore", "WirewatchKit"]),
        .testTarget(
            name: "FilesTests",
            dependencies: ["WirewatchTesting", "WirewatchFiles", "WirewatchFeeds", "WirewatchText", "WirewatchKit"]),
        .testTarget(
            name: "FeedTests",
            dependencies: [
                "WirewatchTesting", "WirewatchFeed", "WirewatchFeeds", "WirewatchHTTP", "WirewatchPolling",
                "WirewatchDigest", "WirewatchKit",
            ]),
        .testTarget(
            name: "HTTPIntakeTests",
            dependencies: [
                "WirewatchTesting", "WirewatchHTTPIntake", "WirewatchCompression", "WirewatchDigest", "WirewatchKit",
            ]),
        .testTarget(
            name: "PageTests",
            dependencies: [
                "WirewatchTesting", "WirewatchPage", "WirewatchHTTP", "WirewatchMarkup", "WirewatchPolling",
                "WirewatchKit",
            ]),
        .testTarget(
            name: "SitemapTests",
            dependencies: [
                "WirewatchTesting", "WirewatchSitemap", "WirewatchFeeds", "WirewatchHTTP", "WirewatchPolling",
                "WirewatchCompression", "WirewatchConfig", "WirewatchStandardPlugins", "WirewatchKit",
            ], exclude: ["Mistakes"]),
        .testTarget(
            name: "ExtractTests",
            dependencies: [
                "WirewatchTesting", "WirewatchExtract", "WirewatchConfig", "WirewatchStandardPlugins", "WirewatchKit",
            ], exclude: ["Golden", "Mistakes"]),
        .testTarget(
            name: "ClassifyTests",
            dependencies: [
                "WirewatchTesting", "WirewatchClassify", "WirewatchLearning", "WirewatchConfig",
                "WirewatchStandardPlugins",
                "WirewatchKit",
            ], exclude: ["Mistakes"]),
        .testTarget(
            name: "EntitiesTests",
            dependencies: [
                "WirewatchTesting", "WirewatchEntities", "WirewatchConfig", "WirewatchStandardPlugins", "WirewatchKit",
            ], exclude: ["Mistakes"]),
        .testTarget(name: "StoryTests", dependencies: ["WirewatchTesting", "WirewatchStory", "WirewatchKit"]),
        .testTarget(
            name: "AlertTests",
            dependencies: [
                "WirewatchTesting", "WirewatchAlert", "WirewatchDedupe", "WirewatchConfig", "WirewatchStandardPlugins",
                "WirewatchKit",
            ], exclude: ["Mistakes"]),
        .testTarget(
            name: "NoiseControlTests",
            dependencies: [
                "WirewatchTesting", "WirewatchNoiseControl", "WirewatchConfig", "WirewatchStandardPlugins",
                "WirewatchKit",
            ]),
        .testTarget(
            name: "MetricsTests", dependencies: ["WirewatchTesting", "WirewatchMetrics", "WirewatchKit"],
            exclude: ["Golden"]),
        .testTarget(
            name: "JSONLogTests", dependencies: ["WirewatchTesting", "WirewatchJSONLog", "WirewatchKit"]),
        .testTarget(
            name: "WirewatchDeliveryTests",
            dependencies: [
                "WirewatchTesting", "WirewatchDelivery", "WirewatchWebhook", "WirewatchAlertmanager", "WirewatchEmail",
                "WirewatchExec", "WirewatchAlertFeed", "WirewatchDigest", "WirewatchHTTP", "WirewatchKit",
            ], exclude: ["Servers"]),
        .testTarget(name: "WirewatchListenerTests", dependencies: ["WirewatchListener", "WirewatchKit"]),
        .testTarget(name: "DeliveryTests", dependencies: ["WirewatchTesting", "wirewatch"], exclude: ["Servers"]),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "WirewatchTesting", "WirewatchDigest", "WirewatchKit", "WirewatchCommand", "WirewatchConfig",
                "WirewatchStandardPlugins", "wirewatch",
            ], exclude: ["SourcesEdits", "RuleLanguage"]),
    ],
    swiftLanguageModes: [.v6]
)

// libFuzzer's own main drives these parsers; built only when asked for (see Tests/Fuzz).
if Context.environment["WIREWATCH_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "wirewatch-fuzz",
            dependencies: [
                "WirewatchDigest", "WirewatchKit", "WirewatchMarkup", "WirewatchFeeds", "WirewatchHTTP",
                "WirewatchYAML",
                "WirewatchExtract",
                "WirewatchMetrics", "WirewatchText",
            ],
            path: "Tests/Fuzz", exclude: ["Corpus", "run"],
            swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
}

// What `make bench` measures apart from the daemon; built only when asked for.
if Context.environment["WIREWATCH_BENCH"] != nil {
    package.targets.append(.target(name: "WirewatchBenchmarking", path: "Tests/Benchmarks/Measuring"))
    package.targets.append(
        .executableTarget(
            name: "wirewatch-bench-parsing", dependencies: ["WirewatchBenchmarking", "WirewatchFeeds"],
            path: "Tests/Benchmarks/Parsing"))
    package.targets.append(
        .executableTarget(
            name: "wirewatch-bench-fetching", dependencies: ["CWirewatchMalloc", "WirewatchHTTP"],
            path: "Tests/Benchmarks/Fetching"))
    package.targets.append(
        .executableTarget(
            name: "wirewatch-bench-extracting",
            dependencies: ["WirewatchBenchmarking", "WirewatchExtract", "WirewatchKit"],
            path: "Tests/Benchmarks/Extracting"))
    package.targets.append(.target(name: "CWirewatchAllocations", path: "Tests/Benchmarks/Allocations"))
    package.targets.append(
        .executableTarget(
            name: "wirewatch-bench-metrics",
            dependencies: ["WirewatchBenchmarking", "CWirewatchAllocations", "WirewatchKit", "WirewatchMetrics"],
            path: "Tests/Benchmarks/Metrics"))
    package.targets.append(
        .executableTarget(
            name: "wirewatch-bench-matching", dependencies: ["WirewatchBenchmarking", "WirewatchText"],
            path: "Tests/Benchmarks/Matching"))
    package.targets.append(
        .executableTarget(
            name: "wirewatch-bench-stories",
            dependencies: ["WirewatchBenchmarking", "WirewatchStory", "WirewatchTesting", "WirewatchKit"],
            path: "Tests/Benchmarks/Stories"))
    package.targets.append(
        .executableTarget(
            name: "wirewatch-bench-rules",
            dependencies: ["WirewatchBenchmarking", "WirewatchConfig", "WirewatchKit", "WirewatchStandardPlugins"],
            path: "Tests/Benchmarks/Rules"))
    package.targets.append(
        .executableTarget(
            name: "wirewatch-bench-topics",
            dependencies: [
                "WirewatchBenchmarking",
                "WirewatchClassify", "WirewatchEntities", "WirewatchConfig", "WirewatchKit", "CWirewatchAllocations",
            ],
            path: "Tests/Benchmarks/Topics"))
}

// One set of rules for all of our Swift targets.
for target in package.targets where target.type != .system {
    var settings = target.swiftSettings ?? []
    settings += [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
    target.swiftSettings = settings
}
