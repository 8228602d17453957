import WirewatchKit

/// Serves its path for as long as the daemon runs.
struct HTTPIntakeSource: Source {
    let options: HTTPIntakeOptions
    let context: SourceContext

    func run(_ output: any SourceOutput) async throws {
        // Nothing is there to be drained.
        if context.drain { return }
        guard let endpoint = context.endpoint else {
            throw SourceError.stopped("there is no HTTP endpoint; add 'listen:' to the configuration and restart")
        }
        let intake = Intake(options, context, output)
        let registration: InboundRegistration
        do throws(InboundRouteError) {
            registration = try endpoint.register(
                InboundRoute(
                    options.path, methods: ["POST"], maxBodyBytes: options.maxSize,
                    screen: { intake.screen($0) }, handler: { await intake.answer($0) }))
        } catch {
            throw SourceError.stopped("\(error)")
        }
        defer { registration.release() }
        while true { try await context.clock.sleep(until: context.clock.now() + .seconds(86_400)) }
    }
}
