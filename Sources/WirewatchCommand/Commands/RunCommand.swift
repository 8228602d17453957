import ArgumentParser
import Glibc
import WirewatchConfig
import WirewatchEngine
import WirewatchKit

/// `wirewatch run`: the daemon, in the foreground.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Watch: run the configured pipeline in the foreground until stopped.",
        discussion: """
            Alerts are printed on standard output unless systemd started it or --quiet is given; messages go to \
            standard error. SIGTERM and Ctrl-C stop after what is in hand is committed, a second one at once; SIGHUP \
            reads the configuration again; SIGUSR1 opens the logs anew. WIREWATCH_LOG_LEVEL=debug tells more.

            EXAMPLES
              wirewatch run
              wirewatch run --config /etc/wirewatch/config.yaml --quiet
              wirewatch run --once                   process what is there, then end
            """)

    @ArgumentParser.OptionGroup var file: ConfigurationFile

    @Flag(help: "Process what is there now, then end; exit code 75 when something could not be processed.")
    var once = false

    @Flag(name: .shortAndLong, help: "Print no alerts and no summary; the configured sinks have the alerts.")
    var quiet = false

    func run() throws {
        FreeMemory.keepSome()
        let configuration = try file.load()
        let path = try file.resolved()
        var log = Logger.standardError(level: configuration.log.level)
        log[metadataKey: "component"] = nil
        let inbox = Inbox()
        let signals = SignalWatch([SIGTERM, SIGINT, SIGHUP, SIGUSR1], inbox: inbox)
        defer { withExtendedLifetime(signals) {} }

        let screen = try console(configuration)
        var options = DaemonOptions(drain: once, log: log)
        options.extraSinks = screen.map { [$0] } ?? []
        options.router = configuration.listen.map { InboundRouter($0) }
        options.onFailure = { inbox.post(.failed("\($0)")) }
        let daemon: Daemon
        do {
            // This also takes the lock of the state folder, on which the control socket relies.
            daemon = try Daemon(configuration: configuration, options: options)
            FreeMemory.giveBackAll()
            try daemon.start()
        } catch {
            throw Failure(.unavailable, "cannot start: \(error)")
        }
        if !quiet { StartupSummary(configuration, path: path, drain: once).log(to: log) }
        let control = try ControlServer(state: configuration.stateDirectory) { request, answer in
            Self.serve(request, daemon: daemon, inbox: inbox, answer)
        }
        defer { control.stop() }
        let endpoint = try configuration.listen.flatMap { listen in
            try options.router.map { try StatusEndpoint(listen, daemon: daemon, router: $0) }
        }
        defer { endpoint?.stop() }
        if let endpoint { log.info("listening on http://\(endpoint.address)/") }

        let manager = ServiceManager(environment: Environment.all)
        manager.ready(status: ServiceLoop.watching(daemon))
        if once {
            Task { inbox.post(.drained(await daemon.waitUntilDrained())) }
        }
        let plugins = Wirewatch.plugins
        var loop = ServiceLoop(
            daemon: daemon, inbox: inbox, manager: manager, log: log,
            stopTimeout: configuration.engine.stopTimeout, endsWithReader: screen != nil,
            loadConfiguration: {
                Configuration.load(
                    path: path, environment: Environment.all, registry: PluginRegistry(plugins))
            })
        try loop.run()
        if !quiet { StartupSummary.logEnd(daemon, to: log) }
    }

    /// The sink that prints alerts for people, when there is somebody to read them and none is configured.
    private func console(_ configuration: Configuration) throws -> Component? {
        let isWanted = Terminal.isTerminal(STDOUT_FILENO) || !Environment.isUnderSystemd
        guard isWanted, !quiet, !configuration.sinks.contains(where: { $0.plugin.name == "console" }) else {
            return nil
        }
        // Without that plugin, alerts go to the configured sinks only.
        guard let plugin = Wirewatch.plugins.first(where: { $0.kind == .sink && $0.name == "console" }) else {
            return nil
        }
        let place = SourceLocation(file: "(command line)", line: 1, column: 1)
        let value = OptionValue(.map([]), at: place)
        let reader = OptionReader(value, specs: plugin.specs, diagnostics: OptionReader.Diagnostics())
        return Component(
            name: "console", plugin: plugin, options: try plugin.readOptions(reader), value: value, location: place)
    }

    /// Answers a request of the control socket, on its thread.
    private static func serve(
        _ request: String, daemon: Daemon, inbox: Inbox, _ answer: @escaping @Sendable ([UInt8]) -> Void
    ) {
        switch request {
        case "status": answer(daemon.statusJSON() + [0x0A])
        case "reload": inbox.post(.reload { answer($0.json) })
        case "reopen":
            daemon.reopen()
            answer(ControlAnswer(isSuccess: true, message: "the logs are being opened anew").json)
        case "rotate":
            daemon.rotate()
            answer(ControlAnswer(isSuccess: true, message: "a new file is begun in each log").json)
        case _ where DeliveriesCommand.parse(request) != nil:
            guard let (sink, asked) = DeliveriesCommand.parse(request) else { return }
            Task {
                do {
                    answer(ControlAnswer(isSuccess: true, message: try await daemon.ask(sink: sink, asked)).json)
                } catch {
                    answer(ControlAnswer(isSuccess: false, message: "\(error)").json)
                }
            }
        case let order where order.hasPrefix("stage ") && order.utf8.count > 6:
            let words = order.split(separator: " ", maxSplits: 2)
            let (stage, request) = (String(words[1]), words.count > 2 ? Array(words[2].utf8) : [])
            Task {
                do {
                    let reply = try await daemon.ask(stage: stage, request)
                    answer(ControlAnswer(isSuccess: true, message: String(decoding: reply, as: UTF8.self)).json)
                } catch {
                    answer(ControlAnswer(isSuccess: false, message: String(describing: error)).json)
                }
            }
        default:
            let message = "unknown request; there are status, reload, reopen, rotate, deliveries and stage"
            answer(ControlAnswer(isSuccess: false, message: message).json)
        }
    }
}
