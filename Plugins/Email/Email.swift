import WirewatchDelivery
import WirewatchHTTP
public import WirewatchKit

extension Plugin {
    /// The sink `email`.
    public static let email = Plugin.sink(
        "email", summary: "Mails alerts by SMTP, as plain text and HTML, one by one or in digests."
    ) { (options: EmailOptions, context: SinkContext) in
        DeliverySink(options.delivery, context, transport: EmailTransport(options, name: context.name))
    }
}

/// Sends notices by mail.
struct EmailTransport: AlertTransport {
    let options: EmailOptions
    let message: MailMessage

    init(_ options: EmailOptions, name: String) {
        self.options = options
        message = MailMessage(options: options, name: name)
    }

    func deliver(_ notice: Notice, _ attempt: DeliveryAttempt) async -> DeliveryResult {
        do throws(MailError) {
            try await MailClient.send(
                message.bytes(notice), from: options.from.address, to: options.recipients.map(\.address),
                by: options.server)
            return .delivered
        } catch {
            guard error.isTransient else { return .refused(error.detail) }
            return .failed(error.detail, after: nil, blames: error.code >= 400 ? .notice : .receiver)
        }
    }
}
