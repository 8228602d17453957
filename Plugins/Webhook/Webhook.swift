import WirewatchDelivery
import WirewatchHTTP
public import WirewatchKit

extension Plugin {
    /// The sink `webhook`.
    public static let webhook = Plugin.sink(
        "webhook", summary: "Sends alerts to a URL: your own receiver, Slack, Teams, Discord, Mattermost, ntfy, Matrix."
    ) { (options: WebhookOptions, context: SinkContext) in
        guard let url = options.receiver.url else { throw OptionError("the webhook has no URL") }
        return DeliverySink(options.delivery, context, transport: WebhookTransport(options, url: url))
    }
}

/// Sends notices to a URL.
struct WebhookTransport: AlertTransport {
    let options: WebhookOptions
    let url: HTTPURL

    init(_ options: WebhookOptions, url: HTTPURL) {
        self.options = options
        self.url = url
    }

    func deliver(_ notice: Notice, _ attempt: DeliveryAttempt) async -> DeliveryResult {
        let target: HTTPURL
        do throws(HTTPError) { target = try options.preset.url(url, notice) } catch {
            return .refused("no URL can be made of \(url.origin): \(error.detail)")
        }
        let (body, contentType) = content(notice)
        let method = options.method ?? options.preset.method
        var request = options.receiver.request(
            target, method == .put ? .put : .post, body: body, contentType: contentType)
        // draft-ietf-httpapi-idempotency-key-header: a quoted string.
        request.headers.append(("Idempotency-Key", "\"\(notice.id)\""))
        if let signature = options.signature {
            request.headers += signature.headers(id: notice.id, body: body, now: attempt.now)
        }
        return await DeliveryHTTP.deliver(request, now: attempt.now)
    }

    private func content(_ notice: Notice) -> (body: [UInt8], type: String) {
        var json = JSONWriter(capacity: 4096)
        switch options.body {
        case .preset: options.preset.write(notice, to: &json)
        case .json(let template): template.write(notice, to: &json)
        case .text(let template, let type): return (Array(NoticeTemplate.filled(template, notice).utf8), type)
        }
        return (json.take(), "application/json")
    }
}
