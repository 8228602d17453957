import Glibc
import Testing
import WirewatchKit

@testable import WirewatchCommand

/// `wirewatch train`, `wirewatch topics eval` and `wirewatch explain --why`, with the real binary.
@Suite("Learning and judging topics from the command line")
struct TrainCommandTests {
    private static let configuration = """
        pipeline:
          - type: extract
          - type: classify
            topics:
              cranes: {terms: [crane, tower crane], vague: [hook]}

        """

    private static let lines = (0..<120).map { number in
        let fillers = ["Prices rose and fell again.", "A committee met and wrote a letter.", "Rain fell at noon."]
        let cranes = ["The hoist swung its jib around.", "Riggers checked the counterweight.", "A crane lifted glass."]
        let isCrane = number % 3 == 0
        let text = fillers[number % 2] + " " + fillers[number % 3] + (isCrane ? " " + cranes[(number / 3) % 3] : "")
        return
            #"{"id": "\#(number)", "title": "Report", "text": "\#(text)", "topics": [\#(isCrane ? #""cranes""# : "")]}"#
    }

    private static func folder() throws -> TestFolder {
        let folder = try TestFolder()
        try folder.write(configuration, to: "config.yaml")
        try folder.write(lines.joined(separator: "\n"), to: "set.jsonl")
        return folder
    }

    private static func run(
        _ arguments: [String], in folder: TestFolder
    ) throws -> (code: Int32, output: String, errors: String) {
        let program = try RunningProgram(arguments, in: folder)
        let code = program.waitForExit()
        return (code, program.output, program.errors)
    }

    @Test("Training prints figures of held-out articles and writes a model that classify uses")
    func trains() throws {
        let folder = try Self.folder()
        let trained = try Self.run(["train", "set.jsonl", "--json"], in: folder)
        #expect(trained.code == 0, "\(trained.errors)")
        let report = try #require(JSONValue(Array(trained.output.utf8)))
        #expect(report["articles"]?.text == "120")
        #expect(report["trained"]?["topics"]?["cranes"]?["support"]?.text == "40")
        #expect(report["decided_by"]?["cranes"]?.text == "words")
        let table = try Self.run(["train", "set.jsonl", "-o", "again.model"], in: folder)
        #expect(table.output.contains("terms alone") && table.output.contains("wrote again.model: 1 topics"))
        #expect(folder.text("again.model") == folder.text("topics.model") && !folder.text("topics.model").isEmpty)

        let alone = try Self.run(["topics", "eval", "set.jsonl", "--json"], in: folder)
        try folder.write(Self.configuration + "    model: topics.model\n", to: "config.yaml")
        let both = try Self.run(["topics", "eval", "set.jsonl", "--json"], in: folder)
        func f1(_ output: String) -> Double {
            guard case .number(let value)? = JSONValue(Array(output.utf8))?["micro"]?["f1"] else { return -1 }
            return value
        }
        #expect(f1(alone.output) < 0.6 && f1(both.output) > 0.9, "\(alone.errors)\(both.errors)")
        let without = try Self.run(["topics", "eval", "set.jsonl", "--json", "--no-model"], in: folder)
        #expect(without.output == alone.output)
        try folder.write(#"{"title": "Report", "body": "Riggers checked the counterweight."}"#, to: "a.jsonl")
        let processed = try Self.run(["process", "a.jsonl"], in: folder)
        let topic = JSONValue(Array(processed.output.utf8))?["topics"]?.elements.first
        #expect(topic?["id"]?.text == "cranes" && topic?["evidence"]?.elements.first?["field"]?.text == "body")
        let why = try Self.run(["explain", "a.jsonl", "--why", "cranes"], in: folder)
        #expect(why.output.contains("words for it") && why.output.contains("by its terms alone"))
    }

    @Test("A folder of a folder for each topic is a set too")
    func folders() throws {
        let folder = try Self.folder()
        for name in ["set", "set/cranes", "set/none"] { mkdir(folder.path(name), 0o700) }
        for number in 0..<24 {
            let topic = number % 2 == 0 ? "cranes" : "none"
            let text = number % 2 == 0 ? "The hoist swung its jib, number \(number)." : "Rain fell, number \(number)."
            try folder.write(#"{"title": "Report", "body": "\#(text)"}"#, to: "set/\(topic)/\(number).jsonl")
        }
        let result = try Self.run(["train", "set", "--dry-run", "--json"], in: folder)
        #expect(JSONValue(Array(result.output.utf8))?["articles"]?.text == "24", "\(result.errors)")
        #expect(try Self.run(["topics", "eval", "set"], in: folder).output.hasPrefix("24 articles\n"))
    }

    @Test(
        "Wrong input is refused with what is wrong",
        arguments: [
            ("", "the set is empty"), (#"{"title": "x"}"#, "it has no 'topics'"), ("[1", "not valid JSON"),
            (#"{"title": "x", "topics": ["cranes"]}"#, "all 1 articles have the one topic 'cranes'"),
            (
                String(repeating: #"{"title": "x", "topics": ["cranes"]}"# + "\n", count: 20),
                "have the one topic 'cranes'"
            ),
            (String(repeating: #"{"title": "x", "topics": []}"# + "\n", count: 20), "has a topic"),
        ])
    func refused(_ set: String, _ message: String) throws {
        let folder = try Self.folder()
        try folder.write(set, to: "set.jsonl")
        let result = try Self.run(["train", "set.jsonl"], in: folder)
        #expect(result.code == 65 && result.errors.contains(message), "\(result.errors)")
        #expect(folder.text("topics.model").isEmpty)
    }

    @Test("A model that cannot be used is a mistake of the configuration")
    func models() throws {
        let folder = try Self.folder()
        try folder.write(Self.configuration + "    model: topics.model\n", to: "config.yaml")
        #expect(try Self.run(["check"], in: folder).errors.contains("cannot be opened"))
        for (content, message) in [
            ("pipeline: []\n", "no topic model"), ("wirewatch-topic-model 9\n", "of version 9"),
            ("wirewatch-topic-model 1\nlexicon cranes\n", "torn"),
        ] {
            try folder.write(content, to: "topics.model")
            let result = try Self.run(["check"], in: folder)
            #expect(result.code == 78 && result.errors.contains(message), "\(result.errors)")
        }
    }

    @Test("A model that was trained beside other topics is refused")
    func foreign() throws {
        let folder = try Self.folder()
        _ = try Self.run(["train", "set.jsonl"], in: folder)
        try folder.write(
            "pipeline:\n  - {type: classify, model: topics.model, topics: {boats: {terms: [boat]}}}\n",
            to: "config.yaml")
        let result = try Self.run(["check"], in: folder)
        #expect(result.code == 78 && result.errors.contains("topics that 'topics' does not have: 'cranes'"))
    }

    @Test("What a topic lacked is told")
    func why() throws {
        let folder = try Self.folder()
        try folder.write(#"{"title": "A tower", "body": "A hook hangs over the hall."}"#, to: "a.jsonl")
        let result = try Self.run(["explain", "a.jsonl", "--why", "cranes"], in: folder)
        for expected in ["2.5 short", "tower crane: without 'crane'", "heaviest terms that do not occur: crane (1)"] {
            #expect(result.output.contains(expected), "\(result.output)\(result.errors)")
        }
        let unknown = try Self.run(["explain", "a.jsonl", "--why", "crane"], in: folder)
        #expect(unknown.code == 64 && unknown.errors.contains("did you mean 'cranes'?"))
    }
}
