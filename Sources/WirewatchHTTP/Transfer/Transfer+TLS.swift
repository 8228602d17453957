internal import CWirewatchCurl

extension Transfer {
    /// Says what is wrong with TLS; nil for a code that is not about it.
    func tlsError(_ code: CURLcode, _ easy: EasyHandle, _ text: String) -> HTTPError? {
        switch code {
        case CURLE_PEER_FAILED_VERIFICATION:
            let problem = Self.verification(easy.integer(CURLINFO_SSL_VERIFYRESULT), text)
            return fail(.tls(problem.kind), problem.detail, problem.remedy)
        case CURLE_SSL_CERTPROBLEM:
            return fail(
                .tls(.clientCertificate), "our certificate cannot be used: \(text)",
                "check certificate file, key file and password")
        case CURLE_SSL_CACERT_BADFILE:
            return fail(
                .badRequest, "the file of authorities cannot be used: \(text)", "check its path; it must be PEM")
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_USE_SSL_FAILED:
            // A server asks for a certificate by breaking off.
            let wantsOurs = text.contains("certificate required") || text.contains("bad certificate")
            return wantsOurs
                ? fail(
                    .tls(.clientCertificate), "the server wants another certificate of ours: \(text)", "configure it")
                : fail(.tls(.handshake), "no TLS connection: \(text)", "see whether the server speaks TLS 1.2 or newer")
        case CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED,
            CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT:
            return fail(.tls(.other), "TLS failed: \(text)", "see the server's TLS set-up")
        default: return nil
        }
    }

    /// A server that wants a certificate, or another one, breaks off: in TLS 1.3 only after the handshake.
    func refusedCertificate(_ text: String) -> HTTPError? {
        guard text.contains("certificate required") || text.contains("bad certificate")
        else { return nil }
        return fail(
            .tls(.clientCertificate), "the server wants another certificate of ours: \(text)",
            "configure the certificate that it expects")
    }

    /// By OpenSSL's codes (X509_V_ERR_*), and its text where the code does not tell.
    private static func verification(
        _ result: Int, _ text: String
    ) -> (kind: HTTPError.TLSProblem, detail: String, remedy: String) {
        let operatorRemedy = "tell the site's operator"
        switch result {
        case 10: return (.expired, "the server's certificate has expired", operatorRemedy)
        case 9: return (.notYetValid, "the server's certificate is not valid yet", "check this machine's clock")
        case 18, 19:
            return (
                .selfSigned, "the server's certificate is signed by itself or a private authority",
                "name that authority's file if it is to be trusted"
            )
        case 2, 20, 21:
            return (
                .unknownIssuer, "the issuer of the server's certificate is not known",
                "the server may leave out an intermediate certificate; or name the authority's file"
            )
        case 23: return (.revoked, "the server's certificate has been revoked", operatorRemedy)
        case 62, 64: return (.wrongHost, "the server's certificate is for another host", operatorRemedy)
        default:
            if text.contains("subject name") || text.contains("hostname") {
                return (.wrongHost, "the server's certificate is for another host", operatorRemedy)
            }
            return (.other, "the server's certificate is not accepted: \(text)", operatorRemedy)
        }
    }
}
