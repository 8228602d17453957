import Glibc

/// The real binary over folders of its own.
struct DaemonUnderTest {
    let folder: Folder
    let inbox: String
    let logs: String

    init() throws {
        folder = try Folder()
        inbox = folder.makeFolder("inbox")
        logs = folder.makeFolder("logs")
    }

    /// The binary that the package has built, or the one that `WIREWATCH_BINARY` names.
    static var binary: String {
        if let named = getenv("WIREWATCH_BINARY") { return String(cString: named) }
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/" + root + "/.build/debug/wirewatch"
    }

    /// A number from the environment, for the long forms of these tests.
    static func setting(_ name: String, default value: Int) -> Int {
        getenv(name).flatMap { Int(String(cString: $0)) } ?? value
    }

    var configPath: String { folder.path + "/config.yaml" }
    var log: String { logs + "/articles.jsonl" }
    var output: String { folder.path + "/output" }

    /// Writes the configuration: every article raises one alert, so that both logs can be counted.
    ///
    /// - Parameter sources: whole items of the list; the inbox unless given.
    func configure(
        rotate: String, fsync: String = "interval", engine: String = "", state: String = "state",
        sources: [String] = ["- {name: inbox, type: files, path: inbox}"]
    ) throws {
        try Folder.write(
            """
            state: \(state)
            sources:
            \(sources.map { "  " + $0 }.joined(separator: "\n"))
            pipeline:
              - {type: extract}
              - type: alert
                rules:
                  - id: every-one
                    when: {all: [{text: {any: [delivery]}}]}
                    alert: {severity: low, message: "{title}"}
            sinks:
              - {name: articles, type: json_log, path: logs/articles.jsonl, records: articles, fsync: \(fsync), \(rotate)}
              - {name: alerts, type: json_log, path: logs/alerts.jsonl, records: alerts, fsync: \(fsync), \(rotate)}
              - {name: dead, type: json_log, path: logs/dead.jsonl, records: dead_letters}
            engine: {stop_timeout: 60s\(engine.isEmpty ? "" : ", " + engine)}

            """, to: configPath)
    }

    /// Puts numbered articles into the inbox, each moved in whole.
    func deliver(_ numbers: Range<Int>, padding: Int = 300) throws {
        let filler = String(
            repeating: "The delivery went on as planned and nobody had to look after it. ", count: padding / 64)
        for number in numbers {
            let part = inbox + "/.\(number).part"
            try Folder.write(
                """
                Delivery report number \(number)

                by Test Writer
                December 3, 2025

                The delivery of parcel \(number) was made by a machine that counts what it carries. \(filler)

                Nothing else happened on that day, said the operator of delivery \(number).

                """, to: part)
            rename(part, inbox + "/article-\(number).txt")
        }
    }

    static func titles(_ numbers: Range<Int>) -> [String] { numbers.map { "Delivery report number \($0)" } }

    func start(once: Bool = false) throws -> Program {
        try Program(
            [Self.binary, "run", "--config", configPath, "--quiet"] + (once ? ["--once"] : []), output: output)
    }

    /// What is wrong with both logs.
    func verdict(
        _ numbers: Range<Int>, isRelated: (String) -> ((String) -> Bool) = Oracle.ownArchives
    ) throws -> [String] {
        try ["articles", "alerts"].flatMap { name in
            let oracle = try Oracle(log: "\(logs)/\(name).jsonl", isRelated: isRelated(name))
            return oracle.verdict(expecting: Self.titles(numbers)).map { "\(name): \($0)" }
        }
    }

    /// The last sequence number in the live article log, by its end; nil right after a rotation.
    var lastSequence: Int? {
        let file = open(log, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        let size = lseek(file, 0, SEEK_END)
        var tail = [UInt8](repeating: 0, count: 8192)
        let count = pread(file, &tail, tail.count, max(0, size - 8192))
        guard count > 0 else { return nil }
        let text = String(decoding: tail[..<count], as: UTF8.self)
        guard let last = text.ranges(of: "\"seq\":").last else { return nil }
        return Int(text[last.upperBound...].prefix { $0.isNumber })
    }

    /// Waits until the article log has come that far; false when the daemon ends or a minute passes.
    func waitForSequence(_ target: Int, _ program: Program, patience: Int = 60_000) -> Bool {
        for _ in 0..<patience {
            if let last = lastSequence, last >= target { return true }
            if !program.isRunning { return false }
            usleep(1000)
        }
        return false
    }

    func text(of path: String) -> String { String(decoding: (try? Folder.read(path)) ?? [], as: UTF8.self) }
}
