internal import CWirewatchCurl
internal import Glibc
internal import WirewatchKit

extension Transfer {
    enum Step {
        case done(Outcome)
        /// The next hop is set up in ``hop``.
        case redirected
    }

    /// What the end of a hop means.
    func conclude(_ code: CURLcode, _ easy: EasyHandle, now: Timestamp) -> Step {
        guard let onHop = request.onHop else { return outcome(code, easy, now: now) }
        let before = elapsed
        // Of this hop: a redirect sets up the next one.
        let url = hop.url
        let step = outcome(code, easy, now: now)
        var hop = trace(url, easy, duration: elapsed - before)
        if case .done(.failure(let error)) = step { hop.error = error }
        onHop(hop)
        return step
    }

    private func outcome(_ code: CURLcode, _ easy: EasyHandle, now: Timestamp) -> Step {
        elapsed += ContinuousClock.now - hopStart
        sizes.headers += headerBytes
        sizes.wire += easy.offset(CURLINFO_SIZE_DOWNLOAD_T)
        sizes.connections += easy.integer(CURLINFO_NUM_CONNECTS)
        if code != CURLE_OK, !(hasEnough && failure == nil) { return .done(.failure(error(code, easy))) }
        guard headersAreComplete else {
            return .done(.failure(fail(.protocolViolation, "the server sent no reply", "see whether it speaks HTTP")))
        }
        if isRedirect {
            do throws(HTTPError) {
                try follow()
                return .redirected
            } catch {
                return .done(.failure(error))
            }
        }
        if status == 304, !asksConditionally {
            return .done(
                .failure(
                    fail(
                        .protocolViolation, "the server says 304 Not Modified to a request that named no version",
                        "the server or a cache before it is broken; tell its operator")))
        }
        return .done(.success(response(easy, now: now)))
    }

    private var asksConditionally: Bool {
        !request.validators.isEmpty
            || request.headers.contains { ["if-none-match", "if-modified-since"].contains($0.name.lowercased()) }
    }

    private func response(_ easy: EasyHandle, now: Timestamp) -> HTTPResponse {
        sizes.decoded = body.count
        return HTTPResponse(
            status: status, url: hop.url, permanentURL: redirects > 0 && allPermanent ? hop.url : nil,
            redirects: redirects, headers: headers, body: body, received: now, timings: timings(easy, total: elapsed),
            sizes: sizes,
            version: version, peerAddress: easy.text(CURLINFO_PRIMARY_IP) ?? "")
    }

    private func timings(_ easy: EasyHandle, total: Duration) -> HTTPResponse.Timings {
        var timings = HTTPResponse.Timings()
        timings.queued = queued
        timings.total = total
        timings.nameLookup = .microseconds(easy.offset(CURLINFO_NAMELOOKUP_TIME_T))
        timings.connected = .microseconds(easy.offset(CURLINFO_CONNECT_TIME_T))
        timings.secured = .microseconds(easy.offset(CURLINFO_APPCONNECT_TIME_T))
        timings.firstByte = .microseconds(easy.offset(CURLINFO_STARTTRANSFER_TIME_T))
        return timings
    }

    // MARK: Watching

    /// Takes the header block of a request; one to a proxy is not the server's.
    func receiveTrace(request bytes: UnsafeRawBufferPointer) {
        if !bytes.starts(with: "CONNECT ".utf8) { sentBlock = Array(bytes) }
    }

    /// Of libcurl's remarks only the one about TLS is wanted, which nothing else tells.
    func receiveTrace(text bytes: UnsafeRawBufferPointer) {
        let mark = "SSL connection using ".utf8
        guard bytes.starts(with: mark) else { return }
        tls = String(decoding: bytes.dropFirst(mark.count).prefix { $0 >= 0x20 }, as: UTF8.self)
    }

    private func trace(_ url: HTTPURL, _ easy: EasyHandle, duration: Duration) -> HTTPHop {
        var hop = HTTPHop(url)
        hop.setRequest(block: sentBlock, to: url)
        hop.status = headersAreComplete ? status : 0
        hop.version = version
        hop.setReply(headers, from: url)
        hop.timings = timings(easy, total: duration)
        hop.headerBytes = headerBytes
        hop.wireBytes = easy.offset(CURLINFO_SIZE_DOWNLOAD_T)
        hop.isNewConnection = easy.integer(CURLINFO_NUM_CONNECTS) > 0
        hop.peerAddress = easy.text(CURLINFO_PRIMARY_IP) ?? ""
        hop.tls = tls
        return hop
    }

    // MARK: Redirects

    private func follow() throws(HTTPError) {
        let location = headers["location"] ?? ""
        guard redirects < request.limits.redirects else {
            throw fail(
                .tooManyRedirects, "more than \(request.limits.redirects) redirects",
                "open the URL in a browser and configure where it ends")
        }
        let target: HTTPURL
        do throws(HTTPError) { target = try hop.url.resolving(location) } catch {
            throw fail(
                .badRedirect, "redirected to what cannot be fetched: \(error.detail)", "tell the site's operator")
        }
        visited.insert(hop.url.text)
        var next = Hop(url: target, home: request.url, method: hop.method, body: hop.body)
        // As all clients do (RFC 9110, 15.4): only 307 and 308 repeat a POST.
        if status == 303 || (hop.method == .post && (status == 301 || status == 302)) {
            next.method = .get
            next.body = []
        }
        if next.method != .get, hop.url.scheme == .https, target.scheme == .http {
            throw fail(
                .badRedirect, "a \(next.method.rawValue) is redirected from https to http",
                "its body would travel in the open; tell the site's operator")
        }
        // A POST that turns into a GET of the same URL is no loop.
        if next.method == hop.method, visited.contains(target.text) {
            throw fail(
                .redirectLoop, "redirects lead in a circle, back to \(target.redacted)",
                "the site may want cookies or another client; configure another URL")
        }
        redirects += 1
        if status != 301, status != 308 { allPermanent = false }
        hop = next
    }

    // MARK: Errors

    /// The check that needs no connection: an address that stands in the URL.
    func checkAddress() throws(HTTPError) {
        guard !request.allowsPrivateAddresses else { return }
        let isLocalName = request.proxy != nil && (hop.url.host == "localhost" || hop.url.host.hasSuffix(".localhost"))
        if isLocalName { throw forbiddenError("a loopback", hop.url.host) }
        if let address = hop.url.address, let kind = address.special { throw forbiddenError(kind, address.text) }
    }

    func fail(_ kind: HTTPError.Kind, _ detail: String, _ remedy: String) -> HTTPError {
        var text = detail
        if redirects > 0 {
            text += " (after \(redirects == 1 ? "a redirect" : "\(redirects) redirects") from \(request.url.redacted))"
        }
        var error = HTTPError(kind, url: hop.url.redacted, detail: text, remedy: remedy)
        error.receivedBytes = body.count
        return error
    }

    private func forbiddenError(_ kind: String, _ address: String) -> HTTPError {
        fail(
            .forbiddenAddress, "the host is at \(kind) address (\(address)), which is not fetched",
            "set allow_private_addresses for this source if that is meant")
    }

    private func error(_ code: CURLcode, _ easy: EasyHandle) -> HTTPError {
        switch failure {
        case .headersTooLarge:
            return fail(
                .tooLarge(.headers), "the header fields are larger than \(request.limits.headerBytes) bytes",
                "tell the site's operator, or raise the limit")
        case .bodyTooLarge:
            return fail(
                .tooLarge(.body), "the body is larger than \(request.limits.bodyBytes) bytes (decompressed)",
                "raise the limit if the source is to be trusted")
        case .forbiddenAddress, nil: break
        }
        if let forbidden, code == CURLE_COULDNT_CONNECT || code == CURLE_ABORTED_BY_CALLBACK {
            return forbiddenError(forbidden.kind, forbidden.address.text)
        }
        if socketError == EMFILE || socketError == ENFILE {
            return fail(.unavailable, "no file descriptor is free", "raise LimitNOFILE of the service")
        }
        let text = easy.problem(code)
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            return fail(
                .resolve, "no address is known for the host \(hop.url.host)", "check the name, and this machine's DNS")
        case CURLE_COULDNT_RESOLVE_PROXY: return fail(.proxy, text, "check the proxy's name")
        case CURLE_PROXY: return fail(.proxy, "the proxy failed: \(text)", "check the proxy")
        case CURLE_COULDNT_CONNECT:
            return fail(
                request.proxy == nil ? .connect : .proxy, "no connection: \(text)", "see whether the server is up")
        case CURLE_OPERATION_TIMEDOUT: return timeout(easy)
        case CURLE_PARTIAL_FILE:
            return fail(
                .interrupted, "the connection ended before the whole body had come: \(text)",
                "it is tried again; tell the site's operator if it stays so")
        case CURLE_RECV_ERROR where text.contains("CONNECT"):
            return fail(.proxy, text, "check the proxy and its credentials")
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING:
            if let error = refusedCertificate(text) { return error }
            return fail(.interrupted, "the connection broke off: \(text)", "it is tried again")
        // libcurl has a limit of its own on one field, which it reports so.
        case CURLE_OUT_OF_MEMORY where headerBytes > 0 && !headersAreComplete:
            return fail(.tooLarge(.headers), "a header field is too long: \(text)", "tell the site's operator")
        case CURLE_OUT_OF_MEMORY: return fail(.unavailable, text, "give the process more memory")
        case CURLE_BAD_CONTENT_ENCODING:
            return fail(.protocolViolation, "the body cannot be decompressed: \(text)", "tell the site's operator")
        default: return tlsError(code, easy, text) ?? fail(.protocolViolation, text, "tell the site's operator")
        }
    }

    private func timeout(_ easy: EasyHandle) -> HTTPError {
        let phase: HTTPError.Phase
        let what: String
        if headersAreComplete {
            (phase, what) = (.body, "while the body came (\(body.count) bytes so far)")
        } else if easy.offset(CURLINFO_PRETRANSFER_TIME_T) > 0 {
            (phase, what) = (.headers, headerBytes > 0 ? "while the header fields came" : "waiting for the reply")
        } else if hop.url.scheme == .https, easy.integer(CURLINFO_LOCAL_PORT) > 0 {
            // The connection has a port of ours once it stands; libcurl's own times count TLS as part of it.
            (phase, what) = (.tls, "during the TLS handshake")
        } else if easy.offset(CURLINFO_NAMELOOKUP_TIME_T) > 0 {
            (phase, what) = (.connect, "while connecting")
        } else {
            (phase, what) = (.resolve, "while looking up the host's name")
        }
        let seconds = (elapsed * 10).components.seconds
        return fail(
            .timeout(phase), "given up after \(seconds / 10).\(seconds % 10) s \(what)",
            "it is tried again; raise the limits if the server is known to be slow")
    }
}
