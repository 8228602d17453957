import Testing
import WirewatchKit

@Suite("Record schemas")
struct SchemaTests {
    static let metric = Metric(
        kind: "orders", span: TextSpan(.body, 10..<24), surface: "20,000 to 30,000",
        amount: .range(low: 20_000, high: nil),
        unit: "robot", qualifier: .upTo,
        change: Change(
            direction: .up, from: Quantity(.value(5), unit: "robot"), to: nil,
            by: Quantity(.range(low: 1, high: 2), unit: "%")),
        per: "year", timeframe: "in 2025", subject: "orders", entity: "unitree",
        equivalents: [Quantity(.value(1.5e6), unit: "USD")], confidence: 0.875, sentence: 0..<40)

    static let plainMetric = Metric(
        kind: "other_count", span: TextSpan(.caption(0), 0..<2), surface: "12", amount: .value(12.5), unit: "1",
        sentence: 0..<2)

    static var article: Article {
        var article = Article()
        article.id = hexadecimal(7)
        article.source = "feed"
        article.url = "https://example.org/a?b=\"c\""
        article.title = "Robots \u{1F916} \"walk\"\n"
        article.subtitle = "Two of them"
        article.authors = ["A. Writer"]
        article.published = PublicationDate(text: "2025-12-30T22:24:00+08:00")
        article.modified = PublicationDate(text: "2025-12-31")
        article.received = Timestamp(milliseconds: 1_767_528_000_123)
        article.language = "en"
        article.tags = ["robots"]
        article.captions = [Caption(text: "12 robots"), Caption(text: "b", credit: "C")]
        article.body = "One.\n\nTwo."
        article.subheadings = [0..<4]
        article.editorsNote = "Corrected."
        article.pageKind = .paywallStub
        article.pageEvidence = ["isAccessibleForFree false"]
        article.origins[.title] = .jsonLD
        article.topics = [
            Topic(
                id: "robotics", score: 0.71239, evidence: [TopicEvidence(term: "robot", span: TextSpan(.tag(0), 0..<6))]
            )
        ]
        article.entities = [
            Entity(id: "unitree", name: "Unitree", type: "company", role: .subject, mentions: [TextSpan(.title, 0..<6)])
        ]
        article.metrics = [metric, plainMetric]
        article.story = Story(id: hexadecimal(3), sources: 2, firstSeen: Timestamp(seconds: 1_767_528_000))
        article.alerts = [richAlert]
        return article
    }

    static var richAlert: Alert {
        Alert(
            id: hexadecimal(9), time: Timestamp(seconds: 1_767_528_000), severity: .critical, rule: "orders",
            title: "T", url: nil, source: "feed", published: PublicationDate(text: "2025-12"), message: "m", story: nil,
            because: [
                AlertReason(condition: "topic robotics >= 0.6", span: TextSpan(.body, 1..<3), text: "ne"),
                AlertReason(condition: "source is feed", span: nil, text: "feed"),
            ], metrics: [metric], topics: [Topic(id: "robotics", score: 1, evidence: [])], labels: ["team": "a"])
    }

    static let letter = DeadLetter(
        id: hexadecimal(11), time: Timestamp(seconds: 0), source: "feed", url: nil, stage: "extract", error: "no text",
        document: "\u{0}<html>")

    static var records: [Record] {
        [
            .article(article),
            .article(
                {
                    var bare = Article()
                    bare.id = hexadecimal(1)
                    return bare
                }()),
            .alert(richAlert), .alert(bareAlert), .deadLetter(letter),
        ]
    }

    private func rendered(_ record: Record, seq: Int?) throws -> JSONValue {
        var json = JSONWriter()
        record.write(to: &json, seq: seq)
        return try JSONValue(json.bytes)
    }

    private func validator(_ kind: RecordKind) throws -> SchemaValidator {
        let schema = try #require(RecordSchema.all.first { $0.kind == kind })
        return SchemaValidator(root: try JSONValue(schema.json))
    }

    @Test("every record fits the schema of its name", arguments: records)
    func fits(record: Record) throws {
        let validator = try validator(record.kind)
        for seq in [nil, 1] {
            let value = try rendered(record, seq: seq)
            #expect(validator.problems(value).isEmpty, "\(validator.problems(value))")
            #expect(RecordSchema.named(value["schema"]?.text ?? "")?.kind == record.kind)
        }
    }

    @Test("every field of a record is in its schema", arguments: records)
    func complete(record: Record) throws {
        let value = try rendered(record, seq: 1)
        let known: Set<String> = Set(try validator(record.kind).root["properties"]?.object.map { Array($0.keys) } ?? [])
        let written: Set<String> = Set(value.object.map { Array($0.keys) } ?? [])
        #expect(written == known)
    }

    @Test("a record that lacks any field, at any depth, or has it of another type is refused", arguments: records)
    func refuses(record: Record) throws {
        let validator = try validator(record.kind)
        let value = try rendered(record, seq: 1)
        var mutations = 0
        for (path, mutant) in Self.mutants(value, []) {
            // Fields that are the user's own, or that may be absent.
            if path.contains("labels") || path == ["seq", "-"] || path == ["origins", "title", "-"] { continue }
            // A reason without a field has no span, so it loses nothing with it.
            if path.first == "because", path.count == 4, path[1] == "1", path[3] == "-", path[2] != "text",
                path[2] != "condition", path[2] != "field"
            {
                continue
            }
            mutations += 1
            #expect(!validator.problems(mutant).isEmpty, "\(path) is not checked")
        }
        #expect(mutations > 8)
    }

    /// The value with one member taken out (`-`) or turned into something else (`!`).
    private static func mutants(_ value: JSONValue, _ path: [String]) -> [([String], JSONValue)] {
        var found: [([String], JSONValue)] = []
        for (name, member) in value.object ?? [:] {
            var without = value
            without[name] = nil
            found.append((path + [name, "-"], without))
            var other = value
            other[name] = .bool(true)
            found.append((path + [name, "!"], other))
            for (inner, mutant) in mutants(member, path + [name]) {
                var changed = value
                changed[name] = mutant
                found.append((inner, changed))
            }
        }
        for (at, element) in (value.array ?? []).enumerated() {
            for (inner, mutant) in mutants(element, path + ["\(at)"]) {
                var changed = value
                changed[at] = mutant
                found.append((inner, changed))
            }
        }
        return found
    }

    @Test(
        "values of the right type and the wrong form are refused",
        arguments: [
            ("id", JSONValue.string("xyz")), ("schema", .string("wirewatch.alert/1")), ("seq", .number(0)),
            ("received", .string("2026-01-04 12:00")), ("published", .string("yesterday")),
        ])
    func forms(field: String, bad: JSONValue) throws {
        var value = try rendered(.article(Self.article), seq: 1)
        value[field] = bad
        #expect(try !validator(.articles).problems(value).isEmpty)
    }
}

private let bareAlert = alert(1)
