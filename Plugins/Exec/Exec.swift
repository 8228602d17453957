import WirewatchDelivery
public import WirewatchKit

extension Plugin {
    /// The sink `exec`.
    public static let exec = Plugin.sink(
        "exec", summary: "Runs a command for each alert, with the alert's JSON on its standard input."
    ) { (options: ExecOptions, context: SinkContext) in
        DeliverySink(options.delivery, context, transport: ExecTransport(options))
    }
}

/// Runs a command for each notice.
///
/// Exit codes are those of sysexits(3): 0 is done, 75 (EX_TEMPFAIL) comes again, any other would fail again. A command that
/// cannot be started, is killed or takes too long comes again.
struct ExecTransport: AlertTransport {
    let options: ExecOptions

    init(_ options: ExecOptions) { self.options = options }

    func deliver(_ notice: Notice, _ attempt: DeliveryAttempt) async -> DeliveryResult {
        let command = ChildCommand(
            arguments: options.command, environment: environment(notice, attempt), input: notice.json + [0x0A],
            timeout: options.timeout)
        let ending = await command.run()
        let said = ending.errorText.isEmpty ? "" : ": \(ending.errorText)"
        switch ending.kind {
        case .exited(0): return .delivered
        case .exited(75):
            return .failed("the command wants it later (exit code 75)\(said)", after: nil, blames: .receiver)
        case .exited(126), .exited(127):
            return .failed("the command cannot be run\(said)", after: nil, blames: .receiver)
        case .exited(let code): return .refused("the command failed with exit code \(code)\(said)")
        case .killed(let signal):
            return .failed("the command was killed by signal \(signal)\(said)", after: nil, blames: .notice)
        case .timedOut:
            return .failed(
                "the command was ended after \(HumanUnits.text(options.timeout))\(said)", after: nil, blames: .notice)
        case .notStarted(let why):
            return .failed("\(options.command.first ?? "") cannot be started: \(why)", after: nil, blames: .receiver)
        }
    }

    private func environment(_ notice: Notice, _ attempt: DeliveryAttempt) -> [String] {
        var variables = ChildCommand.inherited(["PATH", "HOME", "LANG", "TZ"])
        if !variables.contains(where: { $0.name == "PATH" }) {
            variables.append(("PATH", "/usr/local/bin:/usr/bin:/bin"))
        }
        variables += [
            ("WIREWATCH_ID", notice.id), ("WIREWATCH_ATTEMPT", String(attempt.number)),
            ("WIREWATCH_KIND", notice.kind.rawValue), ("WIREWATCH_COUNT", String(notice.alerts.count)),
            ("WIREWATCH_SEVERITY", notice.severity.rawValue), ("WIREWATCH_RULE", notice.alerts.first?.rule ?? ""),
        ]
        variables += options.environment
        return variables.map { "\($0.name)=\($0.value)" }
    }
}
