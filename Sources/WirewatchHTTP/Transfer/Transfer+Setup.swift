internal import CWirewatchCurl

extension Transfer {
    /// Gives the hop's options to a handle at rest. What not every transfer sets makes the handle particular.
    func configure(_ easy: EasyHandle, options: HTTPClientOptions) throws(HTTPError) {
        let limits = request.limits
        easy.setContext(self)
        easy.set(CURLOPT_URL, hop.url.text)
        easy.set(CURLOPT_TIMEOUT_MS, max(1, Self.milliseconds(limits.total - elapsed)))
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, max(1, Self.milliseconds(limits.connect)))
        easy.set(CURLOPT_LOW_SPEED_LIMIT, max(0, limits.lowSpeed))
        easy.set(CURLOPT_LOW_SPEED_TIME, max(1, Int(limits.lowSpeedTime.components.seconds)))

        if request.onHop != nil {
            easy.setParticular()
            easy.setTrace(self)
        }
        if let userAgent = request.userAgent {
            easy.setParticular()
            easy.set(CURLOPT_USERAGENT, userAgent)
        }
        if let proxy = request.proxy {
            easy.setParticular()
            easy.set(CURLOPT_PROXY, proxy)
        }
        if !options.fixedAddresses.isEmpty {
            easy.setParticular()
            easy.set(CURLOPT_RESOLVE, list: options.fixedAddresses.map { "\($0.key):\($0.value)" })
        }
        configureTLS(easy)
        if hop.method != .get {
            easy.setParticular()
            easy.set(CURLOPT_POST, 1)
            easy.setBody(hop.body)
            if hop.method == .put { easy.set(CURLOPT_CUSTOMREQUEST, "PUT") }
        }
        easy.set(CURLOPT_HTTPHEADER, lines: try headerLines(easy))

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
            easy.setParticular()
            easy.set(CURLOPT_CAINFO, file)
            easy.set(CURLOPT_CAPATH, "/nonexistent")
        }
        guard let certificate = request.tls.certificateFile, hop.isAtHome else { return }
        easy.setParticular()
        easy.set(CURLOPT_SSLCERT, certificate)
        easy.set(CURLOPT_SSLKEY, request.tls.keyFile ?? certificate)
        if let password = request.tls.keyPassword { easy.set(CURLOPT_KEYPASSWD, password) }
    }

    private func headerLines(_ easy: EasyHandle) throws(HTTPError) -> HeaderLines {
        var lines = HeaderLines()
        func add(_ name: String, _ value: String) throws(HTTPError) {
            guard let problem = lines.add(name, value) else { return }
            throw HTTPError(
                .badRequest, url: hop.url.redacted, detail: problem, remedy: "correct the request's headers")
        }
        for (name, value) in request.headers where hop.isAtHome || Self.travels(name) { try add(name, value) }
        // A field that the request gives replaces ours.
        let given = request.headers.map(\.name)
        func sends(_ wanted: String) -> Bool {
            given.contains { isSame($0, wanted) && (hop.isAtHome || Self.travels($0)) }
        }
        if let etag = request.validators.etag, !sends("if-none-match") { try add("If-None-Match", etag) }
        if let date = request.validators.lastModified, !sends("if-modified-since") {
            try add("If-Modified-Since", date)
        }
        // libcurl would wait up to a second for a `100 Continue` that few servers send.
        if hop.method != .get, !sends("expect") { lines.leaveOut("Expect") }
        guard hop.isAtHome, !sends("authorization") else { return lines }
        switch request.authentication {
        case .bearer(let token): try add("Authorization", "Bearer \(token)")
        case .basic(let user, let password): configureBasic(easy, user: user, password: password)
        case nil:
            if let user = request.url.user { configureBasic(easy, user: user, password: request.url.password ?? "") }
        }
        return lines
    }

    private func configureBasic(_ easy: EasyHandle, user: String, password: String) {
        easy.setParticular()
        // CURLAUTH_BASIC, a cast macro that is not imported.
        easy.set(CURLOPT_HTTPAUTH, 1)
        easy.set(CURLOPT_USERNAME, user)
        easy.set(CURLOPT_PASSWORD, password)
    }

    private static func travels(_ name: String) -> Bool { isSame(name, "accept") || isSame(name, "accept-language") }
}
