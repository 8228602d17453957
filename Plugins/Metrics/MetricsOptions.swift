public import WirewatchKit

/// Options of the `metrics` stage.
public struct MetricsOptions: PluginOptions {
    /// Which texts of the article are read.
    public var fields: Set<Field>
    public var minConfidence: Double
    /// How many claims of an article are kept at most.
    public var maxClaims: Int
    /// Names or symbols of units, each with the code that is reported.
    public var units: [String: String]
    /// Cue words by kind.
    public var kinds: [String: [String]]
    /// Words that are counted, each with the name that is reported.
    public var nouns: [String: String]

    public enum Field: String, Sendable, CaseIterable { case title, subtitle, body, captions }

    public static let specs: [OptionSpec] = [
        OptionSpec(
            "fields",
            .list(
                of: .choice([
                    ("title", "The headline."), ("subtitle", "The line under the headline."),
                    ("body", "The paragraphs and subheadings."), ("captions", "The texts under pictures."),
                ]), nonEmpty: true),
            example: "[title, body]",
            """
            Which texts are read; all of them unless given. A claim of the title, the subtitle or a caption that \
            repeats one of the body is reported once, where the body has it.
            """),
        OptionSpec(
            "min_confidence", .number(0...1), default: "0.5",
            "Claims below this confidence are left out. Lower values bring bare small numbers and idioms."),
        OptionSpec(
            "max_claims", .integer(1...100_000), default: "1000",
            """
            How many claims of an article are kept at most: those of the headline, then the first of the body and of the \
            captions. An article with more (a table as text) is counted as `claims_cut`, and `explain` says where \
            reading ended.
            """),
        OptionSpec(
            "units", .map(of: .string(), keyName: "name"), example: "{wspm: \"{wafer}/mo\"}",
            "Further units: the name or symbol as articles write it, and the code to report (UCUM where there is one)."),
        OptionSpec(
            "kinds", .map(of: .oneOrMore(.string()), keyName: "kind"),
            example: "{orders_contracts: [tender, framework agreement]}",
            """
            Cue words, of one word or two, that make claims near them of a kind; the kind may be a new one. At most 32 kinds.
            """),
        OptionSpec(
            "nouns", .map(of: .string(), keyName: "word"), example: "{cobots: robot, 机器狗: robot dog}",
            """
            Further words that are counted, each with the name to report: a plural that does not end in 's', a word that \
            is to be counted under another's name, or any Chinese word.
            """),
    ]

    public init(
        fields: Set<Field> = Set(Field.allCases), minConfidence: Double = 0.5, maxClaims: Int = 1_000,
        units: [String: String] = [:],
        kinds: [String: [String]] = [:], nouns: [String: String] = [:]
    ) {
        self.fields = fields
        self.minConfidence = minConfidence
        self.maxClaims = maxClaims
        self.units = units
        self.kinds = kinds
        self.nouns = nouns
    }

    public init(_ options: OptionReader) throws {
        let names = options.strings("fields")
        fields = names.isEmpty ? Set(Field.allCases) : Set(names.compactMap(Field.init(rawValue:)))
        minConfidence = options.number("min_confidence") ?? 0.5
        maxClaims = options.integer("max_claims") ?? 1_000
        units = [:]
        for entry in options.entries("units") {
            guard let code = OptionReader.text(entry.value) else { continue }
            if code.isEmpty || code.contains(where: \.isWhitespace) {
                options.report(
                    "\"\(code)\" is no code of a unit: write it without spaces, in UCUM where there is one, such as "
                        + "'{wafer}/mo'", at: entry.value.location)
            }
            let isName = entry.key.unicodeScalars.contains { $0.properties.isAlphabetic || $0.value > 0x7F }
            if !isName || entry.key.utf8.first.map({ $0 >= 0x30 && $0 <= 0x39 }) ?? true {
                options.report(
                    "\"\(entry.key)\" is no unit's name: it must have a letter and not begin with a digit, for it is "
                        + "looked for behind numbers", at: entry.keyLocation)
            }
            if entry.key.split(separator: " ").count > 3 {
                options.report("a unit's name has at most three words: \"\(entry.key)\"", at: entry.keyLocation)
            }
            units[entry.key] = code
        }
        nouns = [:]
        for entry in options.entries("nouns") {
            guard let name = OptionReader.text(entry.value) else { continue }
            if name.allSatisfy(\.isWhitespace) {
                options.report("no name to report for '\(entry.key)'", at: entry.value.location)
            }
            if entry.key.isEmpty || entry.key.contains(where: { $0.isWhitespace || $0 == "-" || $0.isNumber }) {
                options.report(
                    "\"\(entry.key)\" is no single word: give the last word of what is counted, such as 'dogs'",
                    at: entry.keyLocation)
            }
            nouns[entry.key] = name
        }
        kinds = [:]
        for entry in options.entries("kinds") {
            let cues = OptionReader.elements(entry.value).compactMap(OptionReader.text)
            for cue in cues where cue.split(separator: " ").count > 2 {
                options.report(
                    "a cue has one word or two: \"\(cue)\"; give its most telling words", at: entry.value.location)
            }
            if !Self.isKindName(entry.key) {
                options.report(
                    "\"\(entry.key)\" is no kind's name: small letters, digits and '_', such as orders_contracts",
                    at: entry.keyLocation)
            }
            if cues.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
                options.report("an empty cue word of '\(entry.key)'; leave it out", at: entry.value.location)
            }
            kinds[entry.key] = cues
        }
        if kinds.count > 32 {
            options.report("\(kinds.count) kinds are more than 32", at: options.location("kinds"))
        }
    }

    private static func isKindName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first >= 0x61, first <= 0x7A else { return false }
        return name.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x5F }
    }
}
