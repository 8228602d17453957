internal import CWirewatchCurl

/// One libcurl easy handle: acquired by init, released by deinit, used on the transfer thread alone.
///
/// Most transfers differ in a few options only, which each of them sets: URL, header fields, time limits, the transfer
/// itself. A handle keeps the others (``configureShared(_:)``) from one such transfer to the next. Whatever else a transfer
/// sets makes the handle *particular*: it forgets everything before another one gets it.
///
/// The pointer leaves only for the multi handle, as its key.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    /// Where libcurl writes what went wrong; at the same address as long as the handle lives, as it demands.
    private let errorText: UnsafeMutablePointer<CChar>
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    /// The first option that libcurl refused for this transfer.
    private(set) var refused: (option: CURLoption, code: CURLcode)?
    /// Whether options are set that other transfers do not set themselves.
    private(set) var isParticular = false

    /// Nil when memory has run out.
    init?(_ options: HTTPClientOptions) {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        configureShared(options)
    }

    /// A handle for another protocol than HTTP, with nothing set; nil when memory has run out.
    init?(bare: Void) {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        isParticular = true
        _ = ww_easy_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText)
        set(CURLOPT_NOSIGNAL, 1)
    }

    deinit {
        curl_easy_cleanup(pointer)
        freeLists()
        errorText.deallocate()
    }

    /// Forgets the transfer; connections and looked-up names belong to the multi handle and stay.
    ///
    /// - Returns: false when the handle is not fit for another transfer.
    func reset(_ options: HTTPClientOptions) -> Bool {
        let isParticular = isParticular || refused != nil
        refused = nil
        errorText[0] = 0
        if isParticular {
            curl_easy_reset(pointer)
            configureShared(options)
        } else {
            // libcurl does not copy lists; neither they nor the transfer are there for the next one.
            note(CURLOPT_HTTPHEADER, ww_easy_set_list(pointer, CURLOPT_HTTPHEADER, nil))
            for option in Self.contexts { note(option, ww_easy_set_pointer(pointer, option, nil)) }
        }
        freeLists()
        return refused == nil
    }

    /// What all transfers of a client have in common.
    private func configureShared(_ options: HTTPClientOptions) {
        isParticular = false
        _ = ww_easy_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText)
        note(CURLOPT_WRITEFUNCTION, ww_easy_set_data(pointer, CURLOPT_WRITEFUNCTION, receiveBody))
        note(CURLOPT_HEADERFUNCTION, ww_easy_set_data(pointer, CURLOPT_HEADERFUNCTION, receiveHeader))
        note(CURLOPT_OPENSOCKETFUNCTION, ww_easy_set_open_socket(pointer, openSocket))
        note(CURLOPT_PREREQFUNCTION, ww_easy_set_before_request(pointer, checkBeforeRequest))
        // The URL is in normal form already; nothing is to read it in another way.
        set(CURLOPT_PATH_AS_IS, 1)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        // Redirects are followed by TransferThread, which checks each.
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_NOSIGNAL, 1)
        // Without this, giving up on a look-up would block all transfers until the resolver answers.
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        // All codings that the library knows.
        set(CURLOPT_ACCEPT_ENCODING, "")
        set(CURLOPT_USERAGENT, options.userAgent)
        // A feed in two or three reads; held by transfers at work alone. A handle whose look-up failed keeps its buffer, and
        // refuses another size.
        _ = ww_easy_set_long(pointer, CURLOPT_BUFFERSIZE, 32 << 10)
        set(CURLOPT_DNS_CACHE_TIMEOUT, Int(options.nameCacheTime.components.seconds))
        set(CURLOPT_MAXAGE_CONN, max(1, Int(options.idleTime.components.seconds)))
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        // An empty string keeps libcurl from looking at the environment.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOPROXY, "")
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    }

    /// From here on the handle has options of one transfer alone.
    func setParticular() { isParticular = true }

    func set(_ option: CURLoption, _ value: Int) { note(option, ww_easy_set_long(pointer, option, value)) }

    func set(_ option: CURLoption, offset value: Int) {
        note(option, ww_easy_set_offset(pointer, option, curl_off_t(value)))
    }

    func set(_ option: CURLoption, _ value: String) { note(option, ww_easy_set_string(pointer, option, value)) }

    func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer) {
        note(option, ww_easy_set_pointer(pointer, option, value))
    }

    /// A list is not copied by libcurl; it lives until the handle forgets the transfer.
    func set(_ option: CURLoption, list lines: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                return adopt(list, isWhole: false, option)
            }
            list = longer
        }
        adopt(list, isWhole: true, option)
    }

    /// As ``set(_:list:)``, without a string for each line.
    func set(_ option: CURLoption, lines: HeaderLines) {
        var list: UnsafeMutablePointer<curl_slist>?
        let isWhole = lines.bytes.withUnsafeBytes { bytes in
            var start = 0
            // Every line ends with a zero byte, so that none that begins reads beyond the last.
            while start < bytes.count {
                let line = bytes.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) }
                guard let longer = curl_slist_append(list, line) else { return false }
                list = longer
                while bytes[start] != 0 { start &+= 1 }
                start &+= 1
            }
            return true
        }
        adopt(list, isWhole: isWhole, option)
    }

    /// Sets a list and keeps it for libcurl; frees one for which memory ran out.
    private func adopt(_ list: UnsafeMutablePointer<curl_slist>?, isWhole: Bool, _ option: CURLoption) {
        guard isWhole else {
            curl_slist_free_all(list)
            return note(option, CURLE_OUT_OF_MEMORY)
        }
        guard let list else { return }
        lists.append(list)
        note(option, ww_easy_set_list(pointer, option, list))
    }

    /// A body that libcurl copies.
    func setBody(_ bytes: [UInt8]) {
        set(CURLOPT_POSTFIELDSIZE_LARGE, offset: bytes.count)
        // The cast is for the wrapper's type alone: libcurl reads the bytes during the call.
        let code = bytes.withUnsafeBytes {
            ww_easy_set_pointer(
                pointer, CURLOPT_COPYPOSTFIELDS,
                UnsafeMutableRawPointer(mutating: $0.baseAddress ?? UnsafeRawPointer(pointer)))
        }
        note(CURLOPT_COPYPOSTFIELDS, code)
    }

    /// What is sent, read by libcurl during the transfer; it must outlive that.
    func setUpload(_ upload: UploadBytes) {
        note(CURLOPT_READFUNCTION, ww_easy_set_read(pointer, readUpload))
        set(CURLOPT_READDATA, pointer: Unmanaged.passUnretained(upload).toOpaque())
        set(CURLOPT_UPLOAD, 1)
    }

    /// Where a server's replies go; it must outlive the transfer.
    func setReplies(_ replies: MailReplies) {
        note(CURLOPT_HEADERFUNCTION, ww_easy_set_data(pointer, CURLOPT_HEADERFUNCTION, receiveReply))
        set(CURLOPT_HEADERDATA, pointer: Unmanaged.passUnretained(replies).toOpaque())
    }

    /// Makes the whole transfer, blocking the thread.
    func perform() -> CURLcode { curl_easy_perform(pointer) }

    private static let contexts = [CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_OPENSOCKETDATA, CURLOPT_PREREQDATA]

    /// Hands the transfer to the callbacks of `TransferCallbacks.swift`; it must outlive the handle's use in a transfer.
    func setContext(_ transfer: Transfer) {
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        for option in Self.contexts { set(option, pointer: context) }
    }

    /// Lets libcurl tell what it sends, for a transfer that is watched.
    func setTrace(_ transfer: Transfer) {
        note(CURLOPT_DEBUGFUNCTION, ww_easy_set_debug(pointer, receiveTrace))
        set(CURLOPT_DEBUGDATA, pointer: Unmanaged.passUnretained(transfer).toOpaque())
        set(CURLOPT_VERBOSE, 1)
    }

    func integer(_ info: CURLINFO) -> Int {
        var value = 0
        return ww_easy_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    func offset(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        return ww_easy_get_offset(pointer, info, &value) == CURLE_OK ? Int(value) : 0
    }

    func text(_ info: CURLINFO) -> String? {
        var value: UnsafePointer<CChar>?
        return ww_easy_get_string(pointer, info, &value) == CURLE_OK ? value.map { String(cString: $0) } : nil
    }

    /// What libcurl says about the last failure, or about its code.
    func problem(_ code: CURLcode) -> String {
        if errorText[0] != 0 { return String(cString: errorText) }
        return curl_easy_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
    }

    private func note(_ option: CURLoption, _ code: CURLcode) {
        if code != CURLE_OK, refused == nil { refused = (option, code) }
    }

    private func freeLists() {
        for list in lists { curl_slist_free_all(list) }
        lists = []
    }
}
