internal import CWirewatchMicrohttpd
import WirewatchKit

/// One request on its way to its reply.
///
/// Used on the listener's thread alone but for `phase`, which is read and changed under the lock of ``ListenerCore``;
/// that makes it safe to share with the task that answers.
final class Exchange: @unchecked Sendable {
    enum Phase {
        /// Its body is arriving, or it is refused and waits for the end of it.
        case reading
        /// A handler is at work; the connection is suspended and belongs to whoever resumes it.
        case answering(OpaquePointer, Task<Void, Never>?)
        /// The reply is there for the listener's thread to send.
        case answered(InboundReply)
    }

    var request: InboundRequest
    let route: InboundRoute?
    /// What to reply in place of the handler; the rest of the body is thrown away.
    var refusal: InboundReply?
    var discarded = 0
    let begun = ContinuousClock.now
    var phase = Phase.reading

    init(_ request: InboundRequest, route: InboundRoute?, refusal: InboundReply?) {
        self.request = request
        self.route = route
        self.refusal = refusal
    }
}

extension InboundRequest {
    /// What the library has read of a request's head.
    init(_ connection: OpaquePointer, method: String, path: String) {
        var address = [CChar](repeating: 0, count: 64)
        let isKnown = ww_mhd_peer(connection, &address, UInt32(address.count)) != 0
        self.init(
            method: method, path: path, query: Self.values(connection, .GET_ARGUMENT_KIND),
            headers: Self.values(connection, .HEADER_KIND),
            peer: isKnown
                ? String(decoding: address.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : "")
    }

    private static func values(_ connection: OpaquePointer, _ kind: MHD_ValueKind) -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        // The library calls the iterator before it returns and keeps neither pointer.
        withUnsafeMutablePointer(to: &found) { list in
            _ = MHD_get_connection_values_n(
                connection, kind,
                { list, _, name, nameSize, value, valueSize in
                    guard let list, let name else { return .NO }
                    let text = { (start: UnsafePointer<CChar>?, count: Int) in
                        String(
                            decoding: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count),
                            as: UTF8.self)
                    }
                    list.assumingMemoryBound(to: [(name: String, value: String)].self).pointee
                        .append((text(name, nameSize), text(value, valueSize)))
                    return .YES
                }, list)
        }
        return found
    }
}
