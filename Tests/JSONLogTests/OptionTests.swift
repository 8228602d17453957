import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchJSONLog

@Suite("Options of json_log")
struct OptionTests {
    private func read(_ extra: [(String, OptionLiteral)]) throws -> JSONLogOptions {
        try WirewatchTesting.options(
            JSONLogOptions.self, .map([("path", "logs/a.jsonl"), ("records", "articles")] + extra))
    }

    @Test("the defaults are those that the specs name")
    func defaults() throws {
        for options in [try read([]), try read([("rotate", [:])])] {
            #expect(options.rotation.maxSize == 64 << 20)
            #expect(options.rotation.every == nil)
            #expect(options.rotation.keep == 30)
            #expect(options.rotation.compresses)
            #expect(options.rotation.minInterval == .seconds(10))
            #expect(options.sync == .interval)
            #expect(options.mode == 0o640)
            #expect(options.whenFull == .block)
        }
    }

    @Test("the plugin makes a sink from its options, and refuses bad ones")
    func plugin() throws {
        #expect(Plugin.jsonLog.name == "json_log")
        let folder = LogFolder()
        let diagnostics = OptionReader.Diagnostics()
        let literal: OptionLiteral = ["path": .string(folder.live), "records": "alerts"]
        let options = try Plugin.jsonLog.readOptions(
            OptionReader(literal.value, specs: Plugin.jsonLog.specs, diagnostics: diagnostics))
        guard case .sink(let make) = Plugin.jsonLog.factory else {
            Issue.record("it is no sink")
            return
        }
        let sink = try make(options, .test())
        let state = MemoryState()
        try sink.open(state)
        try sink.write(records(1...3))
        try sink.checkpoint(state)
        try sink.close()
        try folder.expectRecords(3)
        #expect(try permissions(folder.live) == 0o640)
    }

    @Test("what is written is read")
    func values() throws {
        let options = try read([
            (
                "rotate",
                [
                    "max_size": "1MiB", "every": "1d", "keep": 3, "max_age": "90d", "max_total": "1GiB",
                    "keep_free": "5GiB", "compress": "none", "min_interval": "0s",
                ]
            ),
            ("fsync", "batch"), ("mode", "0644"), ("on_full", "drop_newest"),
        ])
        #expect(options.rotation.maxSize == 1 << 20)
        #expect(options.rotation.every == .seconds(86_400))
        #expect(options.rotation.maxAge == .seconds(90 * 86_400))
        #expect(options.rotation.maxTotal == 1 << 30)
        #expect(options.rotation.keepFree == 5 << 30)
        #expect(!options.rotation.compresses)
        #expect(options.rotation.minInterval == .zero)
        #expect(options.sync == .batch)
        #expect(options.mode == 0o644)
        #expect(options.whenFull == .dropNewest)
    }

    @Test("a mode that is no mode is refused", arguments: ["rw-r-----", "0240", "640640", "8", "0999", ""])
    func badModes(text: String) {
        #expect(throws: RefusedOptions.self) { try read([("mode", .string(text))]) }
    }

    @Test("files are made with the mode that was asked for, whatever the umask")
    func mode() throws {
        let engine = EngineModel(more: [("mode", "0666")])
        try engine.start()
        #expect(try permissions(engine.folder.live) == 0o666)
    }

    @Test("syncs happen when the policy says", arguments: [("never", 0), ("interval", 1), ("batch", 1), ("rotate", 0)])
    func policies(policy: String, syncs: Int) throws {
        let engine = EngineModel(more: [("fsync", .string(policy))])
        let log = try engine.start()
        try log.write(records(1...3))
        engine.files.forgetCalls()
        try log.checkpoint(engine.state)
        #expect(engine.files.calls.filter { $0 == "sync" }.count == syncs)
        #expect(log.checkpointInterval == (policy == "batch" ? .zero : .seconds(1)))
        engine.files.forgetCalls()
        try log.checkpoint(engine.state)
        #expect(engine.files.calls.isEmpty, "nothing was written, so there is nothing to sync")
    }

    @Test("only records of the kind asked for are written")
    func kinds() throws {
        let engine = EngineModel()
        let log = try engine.start()
        try log.write([.article(Article()), .alert(alert(1)), .deadLetter(SchemaTests.letter)])
        try engine.checkpoint(done: 1)
        try engine.folder.expectRecords(1)
        #expect(log.status.first { $0.name == "seq" }?.value == "1")
    }
}
