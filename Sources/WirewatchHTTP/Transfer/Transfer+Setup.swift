internal import CWirewatchCurl

extension Transfer {
    /// Gives the hop's options to a handle that has been reset.
    func configure(_ easy: EasyHandle, options: HTTPClientOptions) throws(HTTPError) {
        let limits = request.limits
        easy.setCallbacks(self)
        if request.onHop != nil { easy.setTrace(self) }
        easy.set(CURLOPT_URL, hop.url.text)
        // The URL is in normal form already; nothing is to read it in another way.
        easy.set(CURLOPT_PATH_AS_IS, 1)
        easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        // Redirects are followed by TransferThread, which checks each.
        easy.set(CURLOPT_FOLLOWLOCATION, 0)
        easy.set(CURLOPT_NOSIGNAL, 1)
        // Without this, giving up on a look-up would block all transfers until the resolver answers.
        easy.set(CURLOPT_QUICK_EXIT, 1)
        easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        // All codings that the library knows.
        easy.set(CURLOPT_ACCEPT_ENCODING, "")
        easy.set(CURLOPT_USERAGENT, request.userAgent ?? options.userAgent)
        // A feed in one or two reads; held by transfers at work alone.
        easy.prefer(CURLOPT_BUFFERSIZE, 100 << 10)
        easy.set(CURLOPT_DNS_CACHE_TIMEOUT, Int(options.nameCacheTime.components.seconds))
        easy.set(CURLOPT_MAXAGE_CONN, max(1, Int(options.idleTime.components.seconds)))
        easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))

        let left = limits.total - elapsed
        easy.set(CURLOPT_TIMEOUT_MS, max(1, Self.milliseconds(left)))
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, max(1, Self.milliseconds(limits.connect)))
        if limits.lowSpeed > 0 {
            easy.set(CURLOPT_LOW_SPEED_LIMIT, limits.lowSpeed)
            easy.set(CURLOPT_LOW_SPEED_TIME, max(1, Int(limits.lowSpeedTime.components.seconds)))
        }

        // An empty string keeps libcurl from looking at the environment.
        easy.set(CURLOPT_PROXY, request.proxy ?? "")
        easy.set(CURLOPT_NOPROXY, "")
        easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        if !options.fixedAddresses.isEmpty {
            easy.set(CURLOPT_RESOLVE, list: options.fixedAddresses.map { "\($0.key):\($0.value)" })
        }
        configureTLS(easy)
        if hop.method == .post {
            easy.set(CURLOPT_POST, 1)
            easy.setBody(hop.body)
        }
        easy.set(CURLOPT_HTTPHEADER, list: try headerLines(easy))

        if let refused = easy.refused {
            throw HTTPError(
                .badRequest, url: hop.url.redacted,
                detail: "the request cannot be set up (libcurl option \(refused.option.rawValue), "
                    + "error \(refused.code.rawValue))",
                remedy: "check the proxy, certificate and limits of this request")
        }
    }

    /// Longest 24 days, what fits the library's counters on every machine.
    private static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        return seconds >= 2_000_000 ? 2_000_000_000 : Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }

    private func configureTLS(_ easy: EasyHandle) {
        if let file = request.tls.authoritiesFile {
            easy.set(CURLOPT_CAINFO, file)
            easy.set(CURLOPT_CAPATH, "/nonexistent")
        }
        guard isAtHome, let certificate = request.tls.certificateFile else { return }
        easy.set(CURLOPT_SSLCERT, certificate)
        easy.set(CURLOPT_SSLKEY, request.tls.keyFile ?? certificate)
        if let password = request.tls.keyPassword { easy.set(CURLOPT_KEYPASSWD, password) }
    }

    private func headerLines(_ easy: EasyHandle) throws(HTTPError) -> [String] {
        var lines: [String] = []
        var names: Set<String> = []
        func add(_ name: String, _ value: String) throws(HTTPError) {
            try Self.check(name: name, value: value, url: hop.url)
            names.insert(name.lowercased())
            // libcurl's form for a field without a value.
            lines.append(value.isEmpty ? "\(name);" : "\(name): \(value)")
        }
        for (name, value) in request.headers where isAtHome || Self.travels(name) { try add(name, value) }
        if let etag = request.validators.etag, !names.contains("if-none-match") { try add("If-None-Match", etag) }
        if let date = request.validators.lastModified, !names.contains("if-modified-since") {
            try add("If-Modified-Since", date)
        }
        // libcurl would wait up to a second for a `100 Continue` that few servers send.
        if hop.method == .post, !names.contains("expect") { lines.append("Expect:") }
        guard isAtHome, !names.contains("authorization") else { return lines }
        switch request.authentication {
        case .bearer(let token): try add("Authorization", "Bearer \(token)")
        case .basic(let user, let password): configureBasic(easy, user: user, password: password)
        case nil:
            if let user = request.url.user { configureBasic(easy, user: user, password: request.url.password ?? "") }
        }
        return lines
    }

    private func configureBasic(_ easy: EasyHandle, user: String, password: String) {
        // CURLAUTH_BASIC, a cast macro that is not imported.
        easy.set(CURLOPT_HTTPAUTH, 1)
        easy.set(CURLOPT_USERNAME, user)
        easy.set(CURLOPT_PASSWORD, password)
    }

    private static func travels(_ name: String) -> Bool {
        switch name.lowercased() {
        case "accept", "accept-language": true
        default: false
        }
    }

    /// A line end in a field would let its writer add fields of his own (RFC 9110, 5.5).
    private static func check(name: String, value: String, url: HTTPURL) throws(HTTPError) {
        let marks = "!#$%&'*+-.^_`|~".utf8
        let isName =
            !name.isEmpty && name.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || marks.contains($0) }
        let isValue = !value.utf8.contains { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F }
        guard isName, isValue else {
            throw HTTPError(
                .badRequest, url: url.redacted,
                detail: isName
                    ? "the header field \(name) holds a control character" : "a header field has no valid name",
                remedy: "correct the request's headers")
        }
    }
}
