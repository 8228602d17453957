import WirewatchDelivery
import WirewatchKit

/// What the user may set of the `alertmanager` sink.
struct AlertmanagerOptions: PluginOptions {
    let delivery: DeliveryOptions
    let receiver: ReceiverOptions
    let activeFor: Duration
    let resendEvery: Duration
    let addLabels: [(name: String, value: String)]

    static let specs: [OptionSpec] =
        ReceiverOptions.specs(
            url: "The server, up to and without `/api/v2`.", example: "http://localhost:9093") + [
            OptionSpec(
                "active_for", .duration(.seconds(60)...(.seconds(30 * 86_400))), default: "1h",
                """
                How long an alert fires, from its first delivery on; then it is resolved. Alerts with the same labels (rule, \
                story ...) meanwhile are the same alert to Alertmanager.
                """),
            OptionSpec(
                "resend_every", .duration(.seconds(10)...(.seconds(3600))), default: "1m",
                "How often what fires is sent again, for Alertmanager does not remember it across a restart."),
            OptionSpec(
                "add_labels", .map(of: .string(), keyName: "label"), example: "{team: research}",
                "Labels that each alert gets besides its own, for routes."),
        ] + DeliveryOptions.specs(groups: false)

    init(_ options: OptionReader) throws {
        delivery = DeliveryOptions(options)
        receiver = ReceiverOptions(options)
        activeFor = options.duration("active_for") ?? .seconds(3600)
        resendEvery = options.duration("resend_every") ?? .seconds(60)
        var labels: [(name: String, value: String)] = []
        for entry in options.entries("add_labels") {
            if !AlertmanagerAlert.isLabelName(entry.key) {
                options.report(
                    "'\(entry.key)' is no label of Alertmanager: letters, digits and '_', no digit first",
                    at: entry.keyLocation)
            }
            labels.append((entry.key, OptionReader.text(entry.value) ?? ""))
        }
        addLabels = labels
    }
}
