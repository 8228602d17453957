import ArgumentParser
import Glibc
import WirewatchKit

/// `wirewatch silence`: times of quiet.
struct SilenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence",
        abstract: "Hold alerts back for a time: add, list or expire silences of the running daemon.",
        discussion: """
            The pipeline needs a stage `noise_control` after `alert`. Alerts that are held back stand in the log with the \
            reason; nobody else is told of them.

            EXAMPLES
              wirewatch silence add rule=humanoid-* --for 4h --comment "trade fair"
              wirewatch silence add 'severity=<= low' source!=acme --until 2026-03-01
              wirewatch silence list
              wirewatch silence expire 3f09a1
            """,
        subcommands: [AddSilence.self, ListSilences.self, ExpireSilence.self])
}

/// `wirewatch silence add`
struct AddSilence: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Begin a silence.")

    @Argument(
        help: ArgumentHelp(
            "What an alert must have, all of it: rule, severity, source, topic, story, key, title or label.NAME, with = or "
                + "!=; * stands for any run of characters, a comma for 'or'.", valueName: "condition"))
    var match: [String]

    @Option(name: .customLong("for"), help: "For how long, such as 4h or 2d.")
    var duration: String?

    @Option(help: "Until when, such as 2026-03-01 or 2026-03-01T08:00:00Z.")
    var until: String?

    @Option(help: "From when. Default: now.")
    var from: String?

    @Option(help: "Who asks for it. Default: the name of your account.")
    var author: String?

    @Option(help: "Why; it stands in the records of what is held back.")
    var comment = ""

    @ArgumentParser.OptionGroup var target: StageTarget

    func run() throws {
        let begin = try from.map { try Self.time($0) } ?? SystemClock().now()
        let end: Timestamp
        switch (duration, until) {
        case (let duration?, nil):
            guard let length = HumanUnits.duration(duration), length > .zero else {
                throw Failure(.usage, "'\(duration)' is no duration; write it as 30m, 4h or 2d")
            }
            end = begin + length
        case (nil, let until?): end = try Self.time(until)
        default: throw Failure(.usage, "say how long, with either --for or --until")
        }
        let matcher: AlertMatcher
        do {
            matcher = try AlertMatcher(words: match)
        } catch {
            throw Failure(.usage, error.description)
        }
        let silence = Silence(
            id: "", matcher: matcher, from: begin, until: end, author: author ?? Self.account, comment: comment)
        for silence in try target.ask(.add(silence)) {
            try StandardOutput.write("silence \(silence.id), until \(silence.until.rfc3339)\n")
        }
    }

    private static func time(_ text: String) throws -> Timestamp {
        guard let time = PublicationDate(text: text)?.timestamp else {
            throw Failure(.usage, "'\(text)' is no time; write it as 2026-03-01 or 2026-03-01T08:00:00Z")
        }
        return time
    }

    private static var account: String { getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "" }
}

/// `wirewatch silence list`
struct ListSilences: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show the silences that are active or to come.")

    @Flag(help: "Show those too that have ended within the last month.")
    var expired = false

    @Flag(help: "Print one JSON list.")
    var json = false

    @ArgumentParser.OptionGroup var target: StageTarget

    func run() throws {
        let silences = try target.ask(.list(expired: expired))
        if json { return try StandardOutput.write(Silence.json(silences) + [0x0A]) }
        let terminal = Terminal.text(for: STDOUT_FILENO)
        let now = SystemClock().now()
        var out = ""
        for silence in silences {
            let id = silence.id.isEmpty ? "configuration" : silence.id
            let state = silence.until <= now ? "ended" : silence.isActive(at: now) ? "active" : "to come"
            let until = silence.until < Silence.never ? "until \(AlertText.time(silence.until))" : "for good"
            out += terminal.paint(id, .heading) + "  \(state), \(until), \(silence.held) held back\n"
            out += "  " + TerminalText.safe(silence.matcher.words.joined(separator: " ")) + "\n"
            let why = [silence.author, silence.comment].filter { !$0.isEmpty }.joined(separator: ": ")
            if !why.isEmpty { out += "  " + terminal.paint(TerminalText.safe(why), .dim) + "\n" }
        }
        try StandardOutput.write(out.isEmpty ? "there are no silences\n" : out)
    }
}

/// `wirewatch silence expire`
struct ExpireSilence: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expire", abstract: "End silences now.")

    @Argument(help: ArgumentHelp("The beginning of its id, as `list` shows it.", valueName: "id"))
    var ids: [String]

    @ArgumentParser.OptionGroup var target: StageTarget

    func run() throws {
        for id in ids {
            for silence in try target.ask(.expire(id)) {
                try StandardOutput.write("silence \(silence.id) has ended; it held back \(silence.held)\n")
            }
        }
    }
}

/// The stage of a running daemon that keeps silences.
struct StageTarget: ParsableArguments {
    @Option(help: ArgumentHelp("The stage, where several control noise.", valueName: "name"))
    var stage = "noise_control"

    @ArgumentParser.OptionGroup var daemon: DaemonTarget

    func ask(_ request: SilenceRequest) throws -> [Silence] {
        let line = "stage \(stage) " + String(decoding: request.json, as: UTF8.self)
        guard line.utf8.count < ControlServer.maximumRequest else {
            throw Failure(.usage, "that is too long for one silence; shorten the comment")
        }
        let answer = ControlAnswer(json: try daemon.request(line, timeout: .seconds(10)))
        guard answer.isSuccess else { throw Failure(.dataError, answer.message) }
        return try Silence.list(json: Array(answer.message.utf8))
    }
}
