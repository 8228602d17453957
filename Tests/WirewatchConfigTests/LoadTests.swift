import Testing
import WirewatchConfig
import WirewatchKit

@Suite("Loading a configuration")
struct LoadTests {
    static let good = """
        state: var/state
        sources:
          - name: seeds
            type: files
            path: articles/
            include: ['*.html', "*.txt"]
            settle: 1m 30s
            follow: true
          - {name: news, type: feed, url: https://example.org/feed, token: 0123}
        pipeline:
          - type: extract
          - type: classify
            topics:
              robots: {terms: [robot, no, on], file: words.txt}
          - type: alert
            name: urgent
            rules:
              - {name: big, when: {topic: robots}, labels: {version: 1.10}}
        sinks:
          - {name: alerts, type: json_log, path: /var/log/alerts.jsonl, records: [alerts, dead_letters]}
        engine: {workers: 3, queue_articles: 2_000, queue_bytes: 1MiB, batch: 8, stop_timeout: 5s, seen_retention: 30d}
        log: {level: debug}
        """

    private func load(
        _ files: [String: String], environment: [String: String] = [:]
    ) throws -> (result: LoadResult, folder: String) {
        let folder = try Files.temporary(files)
        defer { Files.remove(folder) }
        let result = Configuration.load(
            path: folder + "/config.yaml", environment: environment, registry: Sample.registry)
        return (result, folder)
    }

    private func loaded(_ text: String, environment: [String: String] = [:]) throws -> Configuration {
        let result = try load(["config.yaml": text], environment: environment).result
        #expect(result.diagnostics == [])
        return try #require(result.configuration)
    }

    /// A configuration whose one stage is `metrics` or `classify` with these lines.
    private func stage(_ lines: String) -> String {
        """
        sources: [{name: seeds, type: files, path: articles}]
        pipeline:
        \(lines)
        sinks: [{name: a, type: json_log, path: a.jsonl}]
        """
    }

    @Test("A good file gives its values, without a word")
    func values() throws {
        let (result, folder) = try load(["config.yaml": Self.good])
        #expect(result.diagnostics == [])
        let configuration = try #require(result.configuration)
        #expect(configuration.file == folder + "/config.yaml")
        #expect(configuration.files == [folder + "/config.yaml"])
        #expect(configuration.stateDirectory == folder + "/var/state")
        #expect(configuration.sources.map(\.name) == ["seeds", "news"])
        #expect(configuration.pipeline.map(\.name) == ["extract", "classify", "urgent"])
        #expect(configuration.pipeline.map(\.plugin.name) == ["extract", "classify", "alert"])
        #expect(configuration.sinks.map(\.name) == ["alerts"])
        let files = try #require(configuration.sources[0].options as? FilesOptions)
        #expect(files.path == folder + "/articles")
        #expect(files.include == ["*.html", "*.txt"])
        #expect(files.settle == .seconds(90))
        #expect(files.follow)
        #expect(files.maxSize == 16 << 20)
        let feed = try #require(configuration.sources[1].options as? FeedOptions)
        #expect(feed.token == "0123")
        let log = try #require(configuration.sinks[0].options as? JSONLogOptions)
        #expect(log.path == "/var/log/alerts.jsonl")
        #expect(log.records == ["alerts", "dead_letters"])
        #expect(configuration.engine.workers == 3)
        #expect(configuration.engine.queueArticles == 2000)
        #expect(configuration.engine.queueBytes == 1 << 20)
        #expect(configuration.engine.batch == 8)
        #expect(configuration.engine.stopTimeout == .seconds(5))
        #expect(configuration.engine.seenRetention == .seconds(30 * 86400))
        #expect(configuration.log.level == .debug)
    }

    @Test("What is not written has its default; dead letters get a sink of their own")
    func defaults() throws {
        let (result, folder) = try load(["config.yaml": stage("  - type: extract")])
        let configuration = try #require(result.configuration)
        #expect(result.diagnostics == [])
        #expect(configuration.stateDirectory == folder + "/state")
        #expect(configuration.engine.workers == nil)
        #expect(configuration.engine.queueArticles == 256)
        #expect(configuration.engine.queueBytes == 64 << 20)
        #expect(configuration.engine.batch == 32)
        #expect(configuration.engine.stopTimeout == .seconds(20))
        #expect(configuration.engine.seenRetention == .seconds(365 * 86400))
        #expect(configuration.log.level == .info)
        #expect(configuration.sinks.map(\.name) == ["a", "dead_letters"])
        let letters = try #require(configuration.sinks[1].options as? JSONLogOptions)
        #expect(letters.path == folder + "/state/dead_letters.jsonl")
        #expect(letters.records == ["dead_letters"])
    }

    @Test("No sink is added for dead letters when one takes them or has that name")
    func deadLetters() throws {
        for sink in [
            "{name: d, type: json_log, path: d, records: dead_letters}",
            "{name: dead_letters, type: json_log, path: d}",
        ] {
            let text = """
                sources: [{name: seeds, type: files, path: articles}]
                sinks: [\(sink)]
                """
            #expect(try loaded(text).sinks.count == 1)
        }
    }

    @Test("A default path is made absolute too")
    func defaultPath() throws {
        let (result, folder) = try load(["config.yaml": Self.good])
        let value = try #require(result.configuration?.sources[1].value["cache"])
        #expect(value.content == .string(folder + "/cache"))
    }

    @Test("Paths are absolute wherever the options hold them")
    func nestedPath() throws {
        let (result, folder) = try load(["config.yaml": Self.good])
        let topic = result.configuration?.pipeline[1].value["topics"]?["robots"]
        #expect(topic?["file"]?.content == .string(folder + "/words.txt"))
        #expect(topic?["terms"]?.content == .list(["robot", "no", "on"].map { text($0) }))
    }

    private func text(_ text: String) -> OptionValue {
        OptionValue(.string(text), at: SourceLocation(file: "", line: 1, column: 1), scalarText: text)
    }

    @Test("systemd's state folder is used unless the file names one")
    func stateDirectory() throws {
        let environment = ["STATE_DIRECTORY": "/var/lib/wirewatch:/var/lib/other"]
        #expect(try loaded(stage("  - type: extract"), environment: environment).stateDirectory == "/var/lib/wirewatch")
        #expect(
            try loaded("state: /srv/w\n" + stage("  - type: extract"), environment: environment).stateDirectory
                == "/srv/w")
    }

    @Test("Two files that configure the same are equal, whatever their layout; a changed option tells them apart")
    func equality() throws {
        let base = stage("  - type: metrics\n    window: 40\n    kinds: [money]")
        let folder = try Files.temporary(["config.yaml": base])
        defer { Files.remove(folder) }
        func load(_ text: String) throws -> Configuration {
            try Files.write(text, to: folder + "/config.yaml")
            let result = Configuration.load(
                path: folder + "/config.yaml", environment: [:], registry: Sample.registry)
            return try #require(result.configuration)
        }
        let first = try load(base)
        let same = try load("# a comment\n\n" + stage("  - {type: metrics, window: 40, kinds: ['money']}"))
        #expect(first == same)
        #expect(first.pipeline[0].location != same.pipeline[0].location)
        let other = try load(stage("  - type: metrics\n    window: 41\n    kinds: [money]"))
        #expect(first != other)
        #expect(first.pipeline[0] != other.pipeline[0])
        #expect(first.sources == other.sources)
        let log = try load(base + "\nlog: {level: error}")
        #expect(first != log)
    }

    @Test("Components carry the place where they stand")
    func positions() throws {
        let (result, folder) = try load(["config.yaml": Self.good])
        let configuration = try #require(result.configuration)
        let file = folder + "/config.yaml"
        #expect(configuration.sources[1].location == SourceLocation(file: file, line: 9, column: 5))
        #expect(configuration.pipeline[2].location == SourceLocation(file: file, line: 15, column: 5))
        #expect(
            configuration.pipeline[2].value["rules"]?.location == SourceLocation(file: file, line: 18, column: 7))
    }

    @Test("Includes join files by name: lists in order, maps by their keys")
    func includes() throws {
        let (result, folder) = try load([
            "config.yaml": stage(
                """
                  - !include stages/first.yaml
                  - type: alert
                    rules: !include rules/*.yaml
                """),
            "stages/first.yaml": "- type: extract\n- type: classify\n  topics: !include '../topics/[ab].yaml'\n",
            "topics/a.yaml": "robots: {terms: [robot], file: words.txt}\n",
            "topics/b.yaml": "chips: {terms: [chip]}\n",
            "topics/c.yaml": "left: {terms: [out]}\n",
            "rules/20.yaml": "- {name: third, when: {topic: c}}\n",
            "rules/10.yaml": "- {name: first, when: {topic: a}}\n- {name: second, when: {topic: b}}\n",
            "rules/.hidden.yaml": "- {name: never, when: {topic: b}}\n",
            "rules/empty.yaml": "# nothing\n",
        ])
        #expect(result.diagnostics == [])
        let configuration = try #require(result.configuration)
        #expect(configuration.pipeline.map(\.name) == ["extract", "classify", "alert"])
        #expect((configuration.pipeline[1].options as? ClassifyOptions)?.topics == ["robots", "chips"])
        #expect((configuration.pipeline[2].options as? AlertOptions)?.names == ["first", "second", "third"])
        // Paths start at the main file's folder, wherever they are written.
        let words = configuration.pipeline[1].value["topics"]?["robots"]?["file"]
        #expect(words?.content == .string(folder + "/words.txt"))
        #expect(configuration.files.count == 7)
        #expect(configuration.files.first == folder + "/config.yaml")
    }

    @Test("A folder whose name looks like a pattern can hold a configuration")
    func patternInFolder() throws {
        let folder = try Files.temporary([
            "a[1]*/config.yaml": stage("  - !include parts/*.yaml"), "a[1]*/parts/x.yaml": "- type: extract\n",
        ])
        defer { Files.remove(folder) }
        let result = Configuration.load(
            path: folder + "/a[1]*/config.yaml", environment: [:], registry: Sample.registry)
        #expect(result.configuration?.pipeline.map(\.name) == ["extract"])
    }

    @Test("Variables are filled in, and read again as what they then are")
    func variables() throws {
        let text = """
            sources:
              - {name: "${NAME}", type: files, path: '${NAME}', include: ["$${NAME}", $5, "a${UNSET:-b}c", "${EMPTY:-d}"]}
            pipeline:
              - type: metrics
                window: ${WINDOW}
                confidence: ${CONFIDENCE:-0.25}
            sinks:
              - name: a
                type: json_log
                path: ${FOLDER}/a.jsonl
            """
        let environment = ["NAME": "seeds", "WINDOW": "12", "EMPTY": "", "FOLDER": "/srv"]
        let configuration = try loaded(text, environment: environment)
        #expect(configuration.sources[0].name == "seeds")
        let files = try #require(configuration.sources[0].options as? FilesOptions)
        #expect(files.path.hasSuffix("/${NAME}"))
        #expect(files.include == ["${NAME}", "$5", "abc", "d"])
        #expect(configuration.pipeline[0].value["window"]?.content == .integer(12))
        #expect(configuration.pipeline[0].value["confidence"]?.content == .number(0.25))
        #expect((configuration.sinks[0].options as? JSONLogOptions)?.path == "/srv/a.jsonl")
    }

    @Test("Anchors repeat a value, and merge keys put a map's entries into another")
    func anchors() throws {
        let configuration = try loaded(
            """
            sources:
              - &base {name: one, type: files, path: articles, settle: 3s}
              - {<<: *base, name: two, settle: 4s}
            sinks: [{name: a, type: json_log, path: a.jsonl}]
            """)
        let options = configuration.sources.compactMap { $0.options as? FilesOptions }
        #expect(configuration.sources.map(\.name) == ["one", "two"])
        #expect(options.map(\.settle) == [.seconds(3), .seconds(4)])
        #expect(options[0].path == options[1].path)
    }

    @Test("Files that include each other in a chain keep to the limit of depth")
    func includedDepth() throws {
        var files = ["config.yaml": stage("  - type: classify\n    topics: {robots: !include part0.yaml}")]
        for index in 0..<40 { files["part\(index).yaml"] = "{terms: [[!include part\(index + 1).yaml]]}\n" }
        files["part40.yaml"] = "end\n"
        let result = try load(files).result
        #expect(result.configuration == nil)
        #expect(result.diagnostics.contains { $0.message.contains("64 levels") })
    }

    @Test("Files that multiply by including each other keep to the limit of files")
    func includedFiles() throws {
        var files = ["config.yaml": stage("  - !include part0.yaml")]
        for index in 0..<20 {
            let next = "!include part\(index + 1).yaml"
            files["part\(index).yaml"] = "- \(next)\n- \(next)\n- \(next)\n"
        }
        files["part20.yaml"] = "[]\n"
        let result = try load(files).result
        #expect(result.configuration == nil)
        #expect(result.diagnostics.contains { $0.message.contains("more than 4096 files are included") })
    }

    @Test("A configuration made by hand has the defaults")
    func byHand() {
        let configuration = Configuration(file: "/etc/w.yaml", stateDirectory: "/var/lib/w")
        #expect(configuration.engine.queueArticles == 256)
        #expect(configuration.engine.stopTimeout == .seconds(20))
        #expect(configuration.log.level == .info)
    }
}
