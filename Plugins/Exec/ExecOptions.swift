import WirewatchDelivery
import WirewatchKit

/// What the user may set of the `exec` sink.
struct ExecOptions: PluginOptions {
    let delivery: DeliveryOptions
    /// The program and its arguments.
    let command: [String]
    let timeout: Duration
    let environment: [(name: String, value: String)]

    static let specs: [OptionSpec] =
        [
            OptionSpec(
                "command", .list(of: .string(allowsEmpty: true), nonEmpty: true),
                example: "[/usr/local/bin/page-me, --quiet]",
                "The program, by its absolute path or found in PATH, and its arguments. No shell reads them."),
            OptionSpec(
                "shell", .string(), example: "\"jq -r .message | wall\"",
                "In place of `command`: a line for `/bin/sh -c`. Alerts are on its standard input, never in the line."),
            OptionSpec(
                "timeout", .duration(.milliseconds(100)...(.seconds(3600))), default: "30s",
                "After it the command and what it started are ended (SIGTERM, two seconds later SIGKILL), to be run again."
            ),
            OptionSpec(
                "environment", .map(of: .string(allowsEmpty: true), keyName: "name"),
                example: "{PAGER_KEY: !secret pager}",
                "Variables besides PATH, HOME, LANG, TZ and WIREWATCH_*; nothing else of the daemon's own is passed on."
            ),
        ] + DeliveryOptions.specs()

    init(_ options: OptionReader) throws {
        delivery = DeliveryOptions(options)
        timeout = options.duration("timeout") ?? .seconds(30)
        environment = options.entries("environment").map { ($0.key, OptionReader.text($0.value) ?? "") }
        for entry in options.entries("environment") where entry.key.isEmpty || entry.key.contains("=") {
            options.report("'\(entry.key)' is no name of a variable", at: entry.keyLocation)
        }
        switch (options.raw("command") == nil, options.string("shell")) {
        case (false, nil): command = options.strings("command")
        case (true, let line?): command = ["/bin/sh", "-c", line]
        case (false, _?):
            options.report(
                "'command' and 'shell' are two commands: leave one of them out", at: options.location("shell"))
            command = []
        case (true, nil):
            options.report("the sink needs 'command: [program, argument ...]'")
            command = []
        }
        if let first = command.first, first.isEmpty {
            options.report("the command has no program", at: options.location("command"))
        }
        if (command + environment.map(\.value)).contains(where: { $0.utf8.contains(0) }) {
            options.report("a NUL cannot be passed to a command", at: options.location("command"))
        }
    }
}
