import ArgumentParser
import WirewatchKit

/// `wirewatch deliveries`: what sinks could not deliver.
struct DeliveriesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries",
        abstract: "List the alerts that a sink of the running daemon could not deliver, and try them again.",
        discussion: """
            What waits for its next attempt is no dead letter; `wirewatch status` counts it.

            EXAMPLES
              wirewatch deliveries chat
              wirewatch deliveries chat --requeue
              wirewatch deliveries chat --discard --id 5f0c2a9e4b7d4e0a8c1b2d3e4f5a6b7c
            """)

    @Argument(help: "The sink's name.")
    var sink: String

    @Flag(help: "Put dead letters back into the queue, all or that of --id.")
    var requeue = false

    @Flag(help: "Forget dead letters, all or that of --id.")
    var discard = false

    @Option(help: "The id of one dead letter, as the list has it.")
    var id: String?

    @ArgumentParser.OptionGroup var target: DaemonTarget

    func validate() throws {
        if requeue, discard { throw ValidationError("--requeue and --discard cannot both be done") }
        if id != nil, !requeue, !discard { throw ValidationError("--id needs --requeue or --discard") }
        if sink.contains(where: { $0.isWhitespace }) || (id ?? "").contains(where: { $0.isWhitespace }) {
            throw ValidationError("names and ids have no spaces")
        }
    }

    func run() throws {
        let verb = requeue ? "requeue" : discard ? "discard" : "list"
        let line = (["deliveries", verb, sink] + [id].compactMap { $0 }).joined(separator: " ")
        try target.perform(line, timeout: .seconds(30), failure: .dataError)
    }

    /// Reads what ``run()`` sends; nil for anything else.
    static func parse(_ line: String) -> (sink: String, request: SinkRequest)? {
        let words = line.split(separator: " ").map(String.init)
        guard words.count >= 3, words.count <= 4, words[0] == "deliveries" else { return nil }
        let id = words.count == 4 ? words[3] : nil
        return switch words[1] {
        case "list" where id == nil: (words[2], .list)
        case "requeue": (words[2], .requeue(id: id))
        case "discard": (words[2], .discard(id: id))
        default: nil
        }
    }
}
