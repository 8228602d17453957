public import WirewatchText

/// Which alerts are meant: each of its conditions must hold, as with Alertmanager's matchers.
///
/// People write one as a map in YAML, `{rule: humanoid-*, severity: "< high"}`, or as words on a command line,
/// `rule=humanoid-* severity=low,info source!=acme`. A matcher without conditions matches every alert.
public struct AlertMatcher: Sendable, Hashable {
    /// What a condition looks at.
    public enum Subject: Sendable, Hashable {
        case rule, severity, source, topic, story, key, title
        case label(String)

        /// As it is written: `rule`, `label.team`.
        public var name: String {
            switch self {
            case .rule: "rule"
            case .severity: "severity"
            case .source: "source"
            case .topic: "topic"
            case .story: "story"
            case .key: "key"
            case .title: "title"
            case .label(let name): "label.\(name)"
            }
        }

        /// Nil for none of them.
        public init?(name: String) {
            if let plain = Self.plain.first(where: { $0.name == name }) {
                self = plain
            } else if name.hasPrefix("label."), name.utf8.count > 6 {
                self = .label(String(name.dropFirst(6)))
            } else {
                return nil
            }
        }

        static let plain: [Subject] = [.rule, .severity, .source, .topic, .story, .key, .title]
    }

    /// Holds when one of the patterns matches a value of the subject; when it is negated, if none does.
    public struct Condition: Sendable, Hashable {
        public var subject: Subject
        public var isNegated: Bool
        public var patterns: [Wildcard]

        public init(_ subject: Subject, isNegated: Bool = false, patterns: [Wildcard]) {
            self.subject = subject
            self.isNegated = isNegated
            self.patterns = patterns
        }
    }

    public var conditions: [Condition]

    public init(_ conditions: [Condition] = []) { self.conditions = conditions }

    public func matches(_ alert: Alert) -> Bool {
        conditions.allSatisfy { condition in
            let values = condition.subject.values(alert)
            let found = values.contains { value in condition.patterns.contains { $0.matches(value) } }
            return found != condition.isNegated
        }
    }
}

extension AlertMatcher.Subject {
    /// What an alert has of it; a missing label counts as an empty one, as it does for Alertmanager.
    public func values(_ alert: Alert) -> [String] {
        switch self {
        case .rule: [alert.rule]
        case .severity: [alert.severity.rawValue]
        case .source: [alert.source]
        case .topic: alert.topics.map(\.id)
        case .story: [alert.story ?? ""]
        case .key: [alert.window?.key ?? ""]
        case .title: [alert.title]
        case .label(let name): [alert.labels[name] ?? ""]
        }
    }
}

// MARK: As words

extension AlertMatcher {
    /// A matcher's words that make no sense; says which and why.
    public struct Mistake: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// Reads conditions such as `rule=humanoid-*`, `severity=low,info`, `severity=>=high`, `label.team!=press`.
    public init(words: [String]) throws(Mistake) {
        conditions = []
        for word in words { conditions.append(try Condition(word: word)) }
    }

    /// The conditions as ``init(words:)`` reads them.
    public var words: [String] { conditions.map(\.word) }
}

extension AlertMatcher.Condition {
    init(word: String) throws(AlertMatcher.Mistake) {
        guard let equals = word.firstIndex(of: "=") else {
            throw AlertMatcher.Mistake(
                description: "'\(word)' is no condition; write it as 'rule=humanoid-*' or 'severity!=info'")
        }
        let isNegated = word[..<equals].hasSuffix("!")
        let name = String(isNegated ? word[..<equals].dropLast() : word[..<equals])
        guard let subject = AlertMatcher.Subject(name: name) else {
            let names = AlertMatcher.Subject.plain.map(\.name)
            let rest = "; there are \(names.joined(separator: ", ")) and label.NAME"
            let hint = Spelling.hint(name, among: names)
            throw AlertMatcher.Mistake(description: "alerts have no '\(name)'" + (hint.isEmpty ? rest : hint))
        }
        let values = word[word.index(after: equals)...].split(separator: ",", omittingEmptySubsequences: false)
        try self.init(subject, isNegated: isNegated, values: values.map(String.init))
    }

    /// - Parameter values: patterns; of a severity also `>= high` and the like.
    init(_ subject: AlertMatcher.Subject, isNegated: Bool, values: [String]) throws(AlertMatcher.Mistake) {
        var patterns: [Wildcard] = []
        for value in values {
            if subject == .severity {
                patterns += try Self.severities(value).map { Wildcard($0.rawValue) }
            } else {
                patterns.append(Wildcard(value))
            }
        }
        self.init(subject, isNegated: isNegated, patterns: patterns)
    }

    var word: String {
        "\(subject.name)\(isNegated ? "!=" : "=")" + patterns.map(\.text).joined(separator: ",")
    }

    private static func severities(_ text: String) throws(AlertMatcher.Mistake) -> [Alert.Severity] {
        let all = Alert.Severity.allCases
        let operators: [(sign: String, holds: (Alert.Severity, Alert.Severity) -> Bool)] = [
            (">=", { $0 >= $1 }), ("<=", { $0 <= $1 }), (">", { $0 > $1 }), ("<", { $0 < $1 }), ("", { $0 == $1 }),
        ]
        for (sign, holds) in operators where text.hasPrefix(sign) {
            let rest = text.dropFirst(sign.count).drop { $0 == " " }
            guard let severity = Alert.Severity(rawValue: rest.lowercased()) else { break }
            return all.filter { holds($0, severity) }
        }
        let names = all.map(\.rawValue)
        let rest = "; there are \(names.joined(separator: ", ")), and '>= high' for all from there on"
        let hint = Spelling.hint(text.filter(\.isLetter), among: names)
        throw AlertMatcher.Mistake(description: "'\(text)' is no severity" + (hint.isEmpty ? rest : hint))
    }
}

// MARK: As options

extension AlertMatcher {
    /// What a matcher's map may hold.
    public static let group = OptionGroup(
        "alert_matcher", "Which alerts are meant: all of these must hold; '*' stands for any run of characters."
    ) { specs }

    private static let specs: [OptionSpec] =
        [
            ("rule", "The id of the rule.", "humanoid-*"),
            ("severity", "The severity, or a comparison.", "\">= high\""),
            ("source", "The source's name.", "acme-*"), ("topic", "One of the article's topics.", "robotics"),
            ("story", "The story's id.", nil), ("key", "The key of the rule's window.", "nvidia"),
            ("title", "The article's title.", "\"*recall*\""),
        ].map { name, doc, example in
            OptionSpec(
                name, .oneOrMore(.string(allowsEmpty: true)), example: example, doc + " Of several, one suffices.")
        } + [
            OptionSpec(
                "labels", .map(of: .oneOrMore(.string(allowsEmpty: true)), keyName: "label"), example: "{team: press}",
                "Labels of the alert; one that it does not have counts as empty.")
        ]

    /// Reads a map, reporting what makes no sense.
    public init(_ reader: OptionReader) {
        conditions = []
        func add(_ subject: Subject, _ values: [String], at location: SourceLocation) {
            guard !values.isEmpty else { return }
            do {
                conditions.append(try Condition(subject, isNegated: false, values: values))
            } catch {
                reader.report(error.description, at: location)
            }
        }
        for subject in Subject.plain { add(subject, reader.strings(subject.name), at: reader.location(subject.name)) }
        for entry in reader.entries("labels") {
            let values = OptionReader.elements(entry.value).compactMap(OptionReader.text)
            add(.label(entry.key), values, at: entry.value.location)
        }
    }
}
