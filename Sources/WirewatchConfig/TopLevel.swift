import WirewatchKit

extension OptionReader {
    /// A reader that gives nothing but defaults.
    static func empty(_ specs: [OptionSpec]) -> OptionReader {
        let nowhere = SourceLocation(file: "", line: 1, column: 1)
        return OptionReader(OptionValue(.map([]), at: nowhere), specs: specs, diagnostics: Diagnostics())
    }
}

/// The keys at the top of a configuration file; reference and schema are made from them too.
enum TopLevel {
    static let engine = OptionGroup("engine", "How much runs at once, and how long things are kept.") {
        EngineOptions.specs
    }
    static let log = OptionGroup("log", "What the daemon says about itself.") { LogOptions.specs }

    static let listen = OptionGroup(
        "listen", "The daemon's HTTP endpoint: figures, health, and what is pushed to sources; off without it."
    ) {
        ListenOptions.specs
    }

    static let state = OptionSpec(
        "state", .path, example: "/var/lib/wirewatch",
        "The folder of the daemon's durable state. Without it, `$STATE_DIRECTORY` when the environment sets it, "
            + "as systemd does, else `state` beside the configuration file.")

    /// What each of the lists holds, by the kind of its plugins.
    static func doc(_ kind: Plugin.Kind) -> String {
        switch kind {
        case .source: "Where documents come from. Each has a `type`, a `name` of its own and the options of its type."
        case .stage:
            "What is done with each article, in this order. Each has a `type` and its options; `name` is the type "
                + "unless given, as it must be for a second stage of the same type."
        case .sink: "Where records go. Each has a `type`, a `name` of its own and the options of its type."
        }
    }

    static let specs: [OptionSpec] =
        [state]
        + Plugin.Kind.allCases.map { OptionSpec($0.section, .list(of: .any), doc($0)) }
        + [
            OptionSpec("engine", .object(engine), engine.doc),
            OptionSpec("log", .object(log), log.doc),
            OptionSpec("listen", .object(listen), listen.doc),
            ExchangeRates.spec,
        ]

    static let typeDoc = "Which plugin it is."
    static let nameDoc =
        "The name in logs, records and figures: letters, digits, '_', '.' and '-', beginning with a letter or "
        + "digit, at most 64 characters, unique within its list."
    static let namePattern = "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"

    /// Whether a component may have this name.
    static func isName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= 64, isAlphanumeric(first) else { return false }
        return bytes.allSatisfy { isAlphanumeric($0) || $0 == 0x5F || $0 == 0x2E || $0 == 0x2D }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
