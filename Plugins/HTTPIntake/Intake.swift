import Synchronization
import WirewatchKit

/// Answers the requests of one source. Safe to use from any task.
final class Intake: Sendable {
    private struct Account {
        var figures: [String: Int] = [:]
        /// Bytes of bodies that are being read or wait to be durable.
        var waitingBytes = 0
    }

    private let options: HTTPIntakeOptions
    private let context: SourceContext
    private let output: any SourceOutput
    private let senders: SenderCheck
    private let account = Mutex(Account())

    init(_ options: HTTPIntakeOptions, _ context: SourceContext, _ output: any SourceOutput) {
        self.options = options
        self.context = context
        self.output = output
        senders = SenderCheck(options, clock: context.clock)
    }

    /// The order in which `wirewatch status` shows the figures.
    private static let names = [
        "requests", "accepted", "duplicates", "rejected", "refused_bad", "refused_unauthorized", "refused_rate",
        "refused_too_large", "refused_type", "refused_unavailable",
    ]

    /// Refuses strangers before their body is read.
    func screen(_ request: InboundRequest) -> InboundReply? {
        guard case .refused(let reply) = senders.look(at: request) else { return nil }
        return noted(reply)
    }

    func answer(_ request: InboundRequest) async -> InboundReply {
        if senders.goesBySignature(request), let reply = senders.verify(request) {
            return noted(reply)
        }
        // Twice, for a body and what is read from it are there at once; compressed ones may grow to the limit.
        let weight = 2 * (request.header("Content-Encoding") == nil ? request.body.count : options.maxSize)
        let limit = max(64 << 20, 4 * options.maxSize)
        let isTaken = account.withLock { account in
            guard account.waitingBytes == 0 || account.waitingBytes + weight <= limit else { return false }
            account.waitingBytes += weight
            return true
        }
        guard isTaken else { return noted(Self.busy("too much is waiting to be written")) }
        defer { account.withLock { $0.waitingBytes -= weight } }
        do throws(IntakeReading.Refusal) {
            let reading = try IntakeReading(request, options, received: context.clock.now())
            return noted(await deliver(reading))
        } catch {
            return noted(error.reply)
        }
    }

    private func deliver(_ reading: IntakeReading) async -> InboundReply {
        let receipts: [DeliveryReceipt]
        if reading.documents.isEmpty {
            receipts = []
        } else {
            do {
                guard let found = try await durable(reading.documents) else {
                    return Self.busy("the articles could not be written within \(HumanUnits.text(options.timeout))")
                }
                receipts = found
            } catch {
                return Self.busy("the daemon is stopping")
            }
        }
        let duplicates = receipts.count { $0.isDuplicate }
        count(["accepted": receipts.count, "duplicates": duplicates, "rejected": reading.rejections.count])
        if receipts.isEmpty, !reading.rejections.isEmpty {
            return .problem(
                422, "Unprocessable Content", "nothing in the body could be taken: \(reading.rejections[0].reason)"
            ) {
                Self.write(reading.rejections, to: &$0)
            }
        }
        var json = JSONWriter()
        json.beginObject()
        json.member("accepted", receipts.count)
        json.member("duplicates", duplicates)
        json.strings("ids", receipts.map(\.id))
        Self.write(reading.rejections, to: &json)
        json.endObject()
        json.endLine()
        return InboundReply(contentType: "application/json", body: json.bytes)
    }

    /// The receipts once everything is durable; nil when that takes too long.
    private func durable(_ documents: [Document]) async throws -> [DeliveryReceipt]? {
        let (output, clock) = (output, context.clock)
        let deadline = clock.now() + options.timeout
        return try await withThrowingTaskGroup(of: [DeliveryReceipt]?.self) { group in
            group.addTask { try await output.deliver(documents) }
            group.addTask {
                try await clock.sleep(until: deadline)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    private static func write(_ rejections: [IntakeReading.Rejection], to json: inout JSONWriter) {
        json.key("rejected")
        json.beginArray()
        for rejection in rejections {
            json.beginObject()
            json.member("index", rejection.index)
            json.member("reason", rejection.reason)
            json.endObject()
        }
        json.endArray()
    }

    private static func busy(_ why: String) -> InboundReply {
        .problem(503, "Service Unavailable", "\(why); send the same again later", retryAfter: .seconds(5))
    }

    // MARK: Figures

    /// Counts a request with its reply, which it hands on.
    private func noted(_ reply: InboundReply) -> InboundReply {
        let reason: String? =
            switch reply.status {
            case 200, 422: nil
            case 401, 403: "refused_unauthorized"
            case 413: "refused_too_large"
            case 415: "refused_type"
            case 429: "refused_rate"
            case 503: "refused_unavailable"
            default: "refused_bad"
            }
        count(["requests": 1].merging(reason.map { [$0: 1] } ?? [:]) { a, _ in a })
        return reply
    }

    private func count(_ steps: [String: Int]) {
        account.withLock { account in
            for (name, step) in steps { account.figures[name, default: 0] += step }
            // In the lock, so that an older state never comes after a newer one.
            context.report.update(Self.names.map { ($0, String(account.figures[$0] ?? 0)) })
        }
    }
}
