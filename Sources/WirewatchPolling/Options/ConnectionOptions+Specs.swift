public import WirewatchKit

extension ConnectionOptions {
    /// The group of the option `auth`.
    public static let authGroup = OptionGroup(
        "auth", "Who we are to the server. Sent to the host of `url` alone, never after a redirect to another."
    ) {
        [
            OptionSpec("user", .string(), example: "analyst", "The user of basic authentication."),
            OptionSpec(
                "password", .string(), example: "\"${FEED_PASSWORD}\"", "The password of basic authentication."),
            OptionSpec("bearer", .string(), example: "\"${FEED_TOKEN}\"", "The token of bearer authentication."),
        ]
    }

    /// The group of the option `client_certificate`.
    public static let certificateGroup = OptionGroup(
        "client_certificate", "A certificate that we show to the host of `url`, and whom to trust."
    ) {
        [
            OptionSpec("certificate", .path, example: "client.pem", "The PEM file with the certificate and its chain."),
            OptionSpec("key", .path, example: "client.key", "The PEM file of its key, if that is another one."),
            OptionSpec("key_password", .string(), example: "\"${KEY_PASSWORD}\"", "The password of the key."),
            OptionSpec(
                "authorities", .path, example: "ca.pem", "A PEM file of authorities to trust in place of the system's."),
        ]
    }

    /// - Parameters:
    ///   - subject: what is polled: `feed`.
    ///   - linked: what of it is fetched besides, as ` and its pages`.
    public static func specs(of subject: String, linked: String = " and its pages") -> [OptionSpec] {
        [
            OptionSpec(
                "contact", .string(), example: "https://example.org/about-our-reader",
                "A page or mail address of whoever runs this daemon; goes out in the User-Agent, so that publishers can ask."
            ),
            OptionSpec(
                "user_agent", .string(), example: "examplebot/2.1 (+https://example.org/bot)",
                "The whole User-Agent, in place of wirewatch's own. Its first word is the name that robots.txt knows us by."
            ),
            OptionSpec(
                "headers", .map(of: .string(allowsEmpty: true), keyName: "name"), example: "{Accept-Language: en}",
                "Further header fields of each request. They are not sent to another host after a redirect."),
            OptionSpec(
                "auth", .object(authGroup), example: "{bearer: \"${FEED_TOKEN}\"}",
                "Credentials for the server; best by `!secret`."),
            OptionSpec(
                "proxy", .string(), example: "http://proxy.example.org:3128",
                "The proxy for all requests: http, https, socks5 or socks5h. The environment's `http_proxy` is ignored."
            ),
            OptionSpec(
                "client_certificate", .object(certificateGroup), example: "{certificate: client.pem, key: client.key}",
                "A client certificate, and authorities to trust."),
            OptionSpec(
                "timeout", .duration(.seconds(1)...(.seconds(3600))), default: "60s",
                "The longest time for one request with its redirects."),
            OptionSpec(
                "max_size", .size(1024...(1 << 30)), default: "16MiB",
                "The largest reply, after decompression; a larger one is a failed poll."),
            OptionSpec(
                "allow_private_addresses", .bool, default: "false",
                """
                Whether the \(subject)\(linked) may be at loopback, private, link-local and other special addresses. \
                Without it a \(subject) cannot make the daemon fetch from inside your network.
                """),
        ]
    }
}
