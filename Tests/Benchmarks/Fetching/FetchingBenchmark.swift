import CWirewatchMalloc
import Glibc
import WirewatchHTTP

/// Fetches the URLs of a file, one a line, and throws the bodies away: what the HTTP layer costs without the daemon.
///
/// `wirewatch-bench-fetching FILE CONNECTIONS PER_HOST [IF-MODIFIED-SINCE]`
@main
struct FetchingBenchmark {
    /// Hands out the URLs, each read when its turn comes, as curl does.
    private actor Supply {
        private var rest: ArraySlice<ArraySlice<UInt8>>

        init(_ lines: [ArraySlice<UInt8>]) { rest = lines[...] }

        func next() -> HTTPURL? {
            guard let line = rest.popFirst() else { return nil }
            do throws(HTTPError) { return try HTTPURL(String(decoding: line, as: UTF8.self)) } catch {
                fail("\(error)")
            }
        }
    }

    static func main() async {
        // As the daemon does.
        ww_keep_free_memory()
        let arguments = CommandLine.arguments
        guard arguments.count >= 4, let connections = Int(arguments[2]), let perHost = Int(arguments[3]) else {
            fail("usage: wirewatch-bench-fetching FILE CONNECTIONS PER_HOST [IF-MODIFIED-SINCE]")
        }
        let urls = lines(of: arguments[1])
        var options = HTTPClientOptions(version: "0")
        options.maxConnections = connections
        options.maxConnectionsPerHost = perHost
        let client = HTTPClient(options)
        let validators = Validators(lastModified: arguments.count > 4 ? arguments[4] : nil)
        let supply = Supply(urls)
        let bytes = await withTaskGroup(of: Int.self) { group in
            // As in the daemon, some wait for a connection that becomes free.
            for _ in 0..<(connections * 3 / 2) {
                group.addTask { await Self.fetch(supply, by: client, validators) }
            }
            var bytes = 0
            for await part in group { bytes += part }
            return bytes
        }
        print("\(urls.count) replies, \(bytes) bytes")
    }

    private static func fetch(_ supply: Supply, by client: HTTPClient, _ validators: Validators) async -> Int {
        var bytes = 0
        while let url = await supply.next() {
            var request = HTTPRequest(url)
            request.allowsPrivateAddresses = true
            request.validators = validators
            do throws(HTTPError) {
                let response = try await client.fetch(request)
                guard response.status == (validators.isEmpty ? 200 : 304) else {
                    fail("\(url): status \(response.status)")
                }
                bytes += response.body.count
            } catch { fail("\(error)") }
        }
        return bytes
    }

    private static func lines(of path: String) -> [ArraySlice<UInt8>] {
        guard let file = fopen(path, "r") else { fail("\(path): \(String(cString: strerror(errno)))") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
        return bytes.split(separator: 0x0A)
    }

    private static func fail(_ message: String) -> Never {
        print(message)
        exit(1)
    }
}
