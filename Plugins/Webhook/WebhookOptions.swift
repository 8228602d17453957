import WirewatchDelivery
import WirewatchHTTP
import WirewatchKit

/// What the user may set of the `webhook` sink.
struct WebhookOptions: PluginOptions {
    let delivery: DeliveryOptions
    let receiver: ReceiverOptions
    /// Nil for what the preset has.
    let method: WebhookMethod?
    let preset: WebhookPreset
    let body: WebhookBody
    let signature: WebhookSignature?

    static let signGroup = OptionGroup("sign", "How a receiver can tell that a request is ours and whole.") {
        [
            OptionSpec(
                "secret", .string(), required: true, example: "!secret webhook",
                "What both sides know; `whsec_` and Base64 is read as Standard Webhooks has it."),
            OptionSpec(
                "scheme",
                .choice([
                    (
                        "standard",
                        "`webhook-id`, `webhook-timestamp` and `webhook-signature`, as standardwebhooks.com has it"
                    ),
                    ("github", "`X-Hub-Signature-256`, as GitHub and WebSub have it"),
                ]), default: "standard", "In which header fields: HMAC with SHA-256 in either case."),
        ]
    }

    static let specs: [OptionSpec] =
        ReceiverOptions.specs(
            url:
                "Where alerts go, over http or https; `{id}` in it stands for the idempotency key. Loopback and private addresses are fine, redirects are not followed.",
            example: "https://hooks.example.org/alerts") + [
            OptionSpec(
                "preset",
                .choice(WebhookPreset.all.map { ($0.name, $0.doc) }), default: "json",
                "Whose form requests have; an own `json` or `body` replaces the preset's."),
            OptionSpec(
                "method", .choice([("POST", "as most want it"), ("PUT", "for a URL with `{id}`")]),
                example: "PUT", "The method; without it the preset's, usually POST."),
            OptionSpec(
                "topic", .string(), example: "robotics-alerts", "For `ntfy`: the topic, if `url` does not end in it."),
            OptionSpec("room", .string(), example: "\"!abc:example.org\"", "For `matrix`: the id of the room."),
            OptionSpec(
                "json", .any, example: "{text: \"{severity}: {message}\", link: \"{url}\", all: \"{alerts}\"}",
                """
                The body as a template: YAML that becomes JSON, with `{message}`, `{title}`, `{url}`, `{severity}`, `{rule}`, \
                `{text}` ... in its texts, which are escaped. A text that is `{alert}`, `{alerts}`, `{notice}`, `{labels}` or \
                `{group}` alone becomes that object or list.
                """),
            OptionSpec(
                "body", .string(), example: "\"{subject}\\n{text}\"",
                "The body as plain text, with the same placeholders, in place of `json`."),
            OptionSpec(
                "content_type", .string(), default: "text/plain; charset=utf-8", "Of what `body` makes."),
            OptionSpec("sign", .object(signGroup), example: "{secret: !secret webhook}", "Signs each request."),
        ] + DeliveryOptions.specs()

    init(_ options: OptionReader) throws {
        delivery = DeliveryOptions(options)
        receiver = ReceiverOptions(options)
        method = options.string("method").flatMap { WebhookMethod(rawValue: $0) }
        preset = WebhookPreset(options, path: receiver.url?.path ?? "/")
        if let value = options.raw("json") {
            if options.raw("body") != nil {
                options.report("'json' and 'body' are two bodies: leave one of them out", at: options.location("body"))
            }
            body = .json(NoticeTemplate(value, options))
        } else if let text = options.string("body") {
            let template = NoticeTemplate.read(text, options, at: options.location("body"))
            body = template.map { .text($0, contentType: options.string("content_type") ?? "text/plain") } ?? .preset
        } else {
            body = .preset
        }
        signature = options.group("sign", Self.signGroup).flatMap { WebhookSignature($0) }
    }
}
