import WirewatchDelivery
import WirewatchHTTP
public import WirewatchKit

extension Plugin {
    /// The sink `alertmanager`.
    public static let alertmanager = Plugin.sink(
        "alertmanager", summary: "Hands alerts to a Prometheus Alertmanager, which groups, silences and routes them."
    ) { (options: AlertmanagerOptions, context: SinkContext) in
        guard let url = options.receiver.url else { throw OptionError("the sink has no URL") }
        return DeliverySink(options.delivery, context, transport: try AlertmanagerTransport(options, url: url))
    }
}

/// Posts alerts to `/api/v2/alerts`: firing until their time is up, then resolved.
struct AlertmanagerTransport: AlertTransport {
    let options: AlertmanagerOptions
    let url: HTTPURL

    init(_ options: AlertmanagerOptions, url: HTTPURL) throws {
        self.options = options
        let base = url.path.hasSuffix("/") ? url.path : url.path + "/"
        self.url = try url.resolving(base + "api/v2/alerts")
    }

    func deliver(_ notice: Notice, _ attempt: DeliveryAttempt) async -> DeliveryResult {
        let end = (attempt.deliveredAt ?? attempt.now) + options.activeFor
        let request = options.receiver.request(
            url, .post, body: body(notice, endsAt: end), contentType: "application/json")
        let result = await DeliveryHTTP.deliver(request, now: attempt.now)
        guard case .delivered = result, attempt.now < end else { return result }
        // The last one, at the end or a moment after it, resolves.
        return .deliveredFor(min(options.resendEvery, max(.milliseconds(1), end - attempt.now)))
    }

    func body(_ notice: Notice, endsAt: Timestamp) -> [UInt8] {
        var json = JSONWriter(capacity: 2048)
        json.beginArray()
        for alert in notice.alerts {
            AlertmanagerAlert(alert: alert, endsAt: endsAt, addLabels: options.addLabels).write(to: &json)
        }
        json.endArray()
        return json.take()
    }
}
