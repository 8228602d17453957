import Glibc
import WirewatchKit

@testable import WirewatchEngine

func testPlugins(_ recorder: Recorder) -> [Plugin] {
    [
        .source("numbers", summary: "Yields numbered articles.") { (options: NumbersOptions, context) in
            NumbersSource(options: options, context: context, recorder: recorder)
        },
        .source("ticks", summary: "Yields an article at its times.") { (options: TicksOptions, context) in
            TicksSource(options: options, context: context, recorder: recorder)
        },
        .source("served", summary: "Takes what is sent to its path.") { (options: ServedOptions, context) in
            ServedSource(options: options, context: context)
        },
        .stage("shake", summary: "Takes a different time for each article.") { (_: NoOptions, context) in
            ShakeStage(count: context.count)
        },
        .stage("reject", summary: "Fails on or drops chosen titles.") { (options: RejectOptions, _) in
            RejectStage(options: options)
        },
        .statefulStage("count", summary: "Numbers the articles that pass.") { (_: NoOptions, _) in CountStage() },
        .sink("memory", summary: "Keeps records in the recorder.") { (options: MemoryOptions, context) in
            MemorySink(name: context.name, options: options, recorder: recorder)
        },
    ]
}

struct NoOptions: PluginOptions {
    static let specs: [OptionSpec] = []

    init(_ options: OptionReader) {}
}

struct NumbersOptions: PluginOptions {
    static let specs = [
        OptionSpec("count", .integer(0...1_000_000), default: "10", "How many."),
        OptionSpec("repeat", .integer(1...100), default: "1", "How often each is yielded."),
        OptionSpec("fail_after", .integer(0...1_000_000), "Throw after that many."),
        OptionSpec("remember", .bool, default: "true", "Whether to go on after what the state says is done."),
        OptionSpec("together", .bool, default: "false", "Whether all are handed over at once."),
        OptionSpec("padding", .integer(0...1_000_000), default: "0", "Bytes of body."),
    ]
    let count: Int
    let times: Int
    let failAfter: Int?
    let remember: Bool
    let together: Bool
    let padding: Int

    init(_ options: OptionReader) {
        count = options.integer("count") ?? 0
        times = options.integer("repeat") ?? 1
        failAfter = options.integer("fail_after")
        remember = options.bool("remember")
        together = options.bool("together")
        padding = options.integer("padding") ?? 0
    }
}

struct NumbersSource: Source {
    let options: NumbersOptions
    let context: SourceContext
    let recorder: Recorder

    func run(_ output: any SourceOutput) async throws {
        let done = options.remember ? try context.state.value("done") : nil
        let start = done.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
        if options.together {
            try await output.emit(
                (start..<max(start, options.count)).map { number in
                    var article = Article()
                    article.title = "article \(number)"
                    let cursor = [StateChange(key: "done", value: Array("\(number + 1)".utf8))]
                    return Document(identity: "\(number)", article: article, cursor: cursor)
                })
            return
        }
        for number in start..<max(start, options.count) {
            if number == options.failAfter { throw SourceError.stopped("told to fail after \(number)") }
            var article = Article()
            article.title = "article \(number)"
            article.body = String(repeating: "x", count: options.padding)
            let cursor = [StateChange(key: "done", value: Array("\(number + 1)".utf8))]
            for _ in 0..<options.times {
                try await output.emit(Document(identity: "\(number)", article: article, cursor: cursor))
            }
            recorder.with { $0.emitted += 1 }
        }
        if !context.drain { try await Task.sleep(for: .seconds(3600)) }
    }
}

struct TicksOptions: PluginOptions {
    static let specs = [
        OptionSpec("every", .duration(.seconds(1)...(.seconds(86_400))), default: "1m", "How often."),
        OptionSpec("fail_at", .integer(1...100), "The wake to fail at; the start is the first."),
        OptionSpec("end_at", .integer(1...100), "The wake to end at."),
    ]
    let every: Duration
    let failAt: Int?
    let endAt: Int?

    init(_ options: OptionReader) {
        every = options.duration("every") ?? .seconds(60)
        failAt = options.integer("fail_at")
        endAt = options.integer("end_at")
    }
}

/// Yields an article at each wake but the first, which is the start.
final class TicksSource: TimedSource {
    let options: TicksOptions
    let context: SourceContext
    let recorder: Recorder
    private let wakes = Monitor(0)

    init(options: TicksOptions, context: SourceContext, recorder: Recorder) {
        self.options = options
        self.context = context
        self.recorder = recorder
    }

    var clock: any WirewatchClock { context.clock }

    func wake(_ output: any SourceOutput) async throws -> Timestamp? {
        let number = wakes.withLock { wakes in
            wakes += 1
            return wakes
        }
        if number == 1 { recorder.with { $0.started += 1 } }
        if number == options.failAt { throw SourceError.retry(after: .milliseconds(1), "told to") }
        if number == options.endAt { return nil }
        if number > 1 || context.drain {
            var article = Article()
            article.title = "tick \(number)"
            let identity = "\(context.name) \(number) \(context.clock.now().milliseconds)"
            try await output.emit(Document(identity: identity, article: article))
            recorder.with { $0.emitted += 1 }
        }
        return context.drain ? nil : context.clock.now() + options.every
    }
}

/// Makes batches overtake each other: every third article takes a while.
struct ShakeStage: Stage {
    let count: @Sendable (String) -> Void

    func process(_ event: inout ArticleEvent) -> Verdict {
        if event.article.title.utf8.count % 3 == 0 {
            usleep(300)
            count("shaken")
        }
        return .keep
    }
}

struct RejectOptions: PluginOptions {
    static let specs = [
        OptionSpec("fail", .list(of: .string()), "Titles to fail on."),
        OptionSpec("drop", .list(of: .string()), "Titles to drop."),
    ]
    let fail: Set<String>
    let drop: Set<String>

    init(_ options: OptionReader) {
        fail = Set(options.strings("fail"))
        drop = Set(options.strings("drop"))
    }
}

struct RejectStage: Stage {
    struct Refusal: Error, CustomStringConvertible { let description = "told to fail" }

    let options: RejectOptions

    func process(_ event: inout ArticleEvent) throws -> Verdict {
        if options.fail.contains(event.article.title) { throw Refusal() }
        return options.drop.contains(event.article.title) ? .drop(reason: "chosen") : .keep
    }
}

/// Counts in durable state, so that a lost or doubled step shows in the numbers.
final class CountStage: StatefulStage {
    func process(_ event: inout ArticleEvent, state: any StateAccess) throws -> Verdict {
        let before = try state.value("count").flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
        state.set("count", Array("\(before + 1)".utf8))
        event.article.tags.append("number \(before + 1)")
        return .keep
    }
}

struct MemoryOptions: PluginOptions {
    static let specs = [
        OptionSpec("records", .choice(RecordKind.allCases.map { ($0.rawValue, "these") }), "Which; all unless given."),
        OptionSpec("gated", .bool, default: "false", "Write only while the recorder's gate is open."),
        OptionSpec("broken", .bool, default: "false", "Refuse to open."),
        OptionSpec("note", .string(allowsEmpty: true), "Nothing; changes the configuration."),
    ]
    let kinds: Set<RecordKind>
    let isGated: Bool
    let isBroken: Bool

    init(_ options: OptionReader) {
        kinds = options.string("records").flatMap(RecordKind.init).map { [$0] } ?? Set(RecordKind.allCases)
        isGated = options.bool("gated")
        isBroken = options.bool("broken")
    }
}

final class MemorySink: Sink {
    let name: String
    let options: MemoryOptions
    let recorder: Recorder

    init(name: String, options: MemoryOptions, recorder: Recorder) {
        self.name = name
        self.options = options
        self.recorder = recorder
    }

    var accepts: Set<RecordKind> { options.kinds }

    func open(_ state: any StateAccess) throws {
        if options.isBroken { throw SinkError.unusable("told to be broken") }
        recorder.with { $0.opened[name, default: 0] += 1 }
    }

    func write(_ records: [Record]) throws {
        try recorder.with { state -> Result<Void, SinkError> in
            if options.isGated, !state.gate {
                state.refusals += 1
                return .failure(.blocked("the gate is shut"))
            }
            state.records[name, default: []] += records
            return .success(())
        }.get()
    }

    func reopen() { recorder.with { $0.reopened += 1 } }
}

struct ServedOptions: PluginOptions {
    static let specs = [
        OptionSpec("path", .string(), default: "/in", "Where."),
        OptionSpec("claims", .bool, default: "true", "Whether the configuration is told of the path."),
        OptionSpec("note", .string(allowsEmpty: true), "Nothing; changes the configuration."),
    ]
    let path: String

    init(_ options: OptionReader) {
        path = options.string("path") ?? ""
        if options.bool("claims"), let fault = options.scope.claim(path, owner: options.owner) { options.report(fault) }
    }
}

/// Each word of a body is a document; the reply says what became of them.
struct ServedSource: Source {
    let options: ServedOptions
    let context: SourceContext

    func run(_ output: any SourceOutput) async throws {
        guard let endpoint = context.endpoint else { throw SourceError.stopped("no endpoint") }
        let registration: InboundRegistration
        do throws(InboundRouteError) {
            registration = try endpoint.register(
                InboundRoute(options.path, methods: ["POST"]) { request in
                    let words = String(decoding: request.body, as: UTF8.self).split(separator: " ")
                    let documents = words.map { word in
                        var article = Article()
                        article.title = "article \(word)"
                        return Document(identity: String(word), article: article)
                    }
                    do {
                        let receipts = try await output.deliver(documents)
                        let text = receipts.map { "\($0.id) \($0.isDuplicate)" }.joined(separator: "\n")
                        return InboundReply(contentType: "text/plain", body: Array(text.utf8))
                    } catch {
                        return InboundReply(status: 503)
                    }
                })
        } catch {
            throw SourceError.stopped("\(error)")
        }
        defer { registration.release() }
        try await Task.sleep(for: .seconds(86_400))
    }
}
