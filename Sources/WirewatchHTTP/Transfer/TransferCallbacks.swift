internal import CWirewatchCurl
internal import Glibc

// libcurl calls these on the transfer thread, during curl_multi_perform. They are global functions because a closure
// written inside isolated code would carry its isolation, and trap. `context` is the Transfer, which the transfer
// thread holds as long as its handle is at work.

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

func receiveBody(
    _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let data, let transfer = transfer(context) else { return 0 }
    let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
    return transfer.receiveBody(bytes) ? bytes.count : 0
}

func receiveHeader(
    _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let data, let transfer = transfer(context) else { return 0 }
    let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
    return transfer.receiveHeaderLine(bytes) ? bytes.count : 0
}

/// What libcurl says about a transfer that is watched; see ``HTTPRequest/onHop``.
func receiveTrace(
    _ easy: UnsafeMutableRawPointer?, _ kind: curl_infotype, _ data: UnsafeMutablePointer<CChar>?, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let data, let transfer = transfer(context) else { return 0 }
    let bytes = UnsafeRawBufferPointer(start: data, count: count)
    switch kind {
    case CURLINFO_HEADER_OUT: transfer.receiveTrace(request: bytes)
    case CURLINFO_TEXT: transfer.receiveTrace(text: bytes)
    default: break
    }
    return 0
}

/// Makes the socket for one address of a host: the only place where connections begin, so neither a redirect nor a name
/// that changes its address gets round the check.
func openSocket(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    // CURL_SOCKET_BAD, a cast macro that is not imported.
    let refused: curl_socket_t = -1
    guard let address, let transfer = transfer(context),
        let offset = MemoryLayout<curl_sockaddr>.offset(of: \curl_sockaddr.addr)
    else { return refused }
    // The address may be longer than the field: libcurl keeps `addrlen` bytes there.
    let start = UnsafeRawPointer(address) + offset
    let isAllowed = transfer.allowsConnection(
        to: IPAddress(socketAddress: start, length: Int(address.pointee.addrlen)))
    guard isAllowed else { return refused }
    // Children of the daemon must not inherit connections.
    let descriptor = socket(
        address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
    if descriptor < 0 {
        transfer.socketError = errno
    } else if purpose == CURLSOCKTYPE_IPCXN {
        // What may come ahead of us: by itself the system lets it grow to 6 or 32 MiB for each connection (tcp(7), tcp_rmem),
        // which a server that does not end would fill. Enough for 10 MB/s from 100 ms away; the system may allow less.
        var size: Int32 = 1 << 20
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    return descriptor
}

/// Checks the peer once more before each request: a kept connection may have been made for a request that allowed more.
func checkBeforeRequest(
    _ context: UnsafeMutableRawPointer?, _ peer: UnsafeMutablePointer<CChar>?, _ local: UnsafeMutablePointer<CChar>?,
    _ peerPort: Int32, _ localPort: Int32
) -> Int32 {
    guard let peer, let transfer = transfer(context) else { return CURL_PREREQFUNC_ABORT }
    return transfer.allowsConnection(to: IPAddress(text: String(cString: peer)))
        ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}
