import ArgumentParser
import Glibc
import WirewatchHTTP
import WirewatchKit

/// `wirewatch sources robots`
struct CheckRobots: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "robots",
        abstract: "Say whether a site's robots.txt lets pages be fetched.",
        discussion: """
            Fetches the robots.txt of each address's site, once, or reads the file given with --file. The exit code is 0 \
            when all addresses are allowed, 1 when one is not.

            With - for ADDRESS, JSON lines on standard input ask: {"robots": TEXT, "agent": ..., "url": ...}.

            EXAMPLES
              wirewatch sources robots https://example.org/news/robot.html
              wirewatch sources robots --file robots.txt --agent examplebot https://example.org/a https://example.org/b
            """)

    @Option(help: ArgumentHelp("A robots.txt to go by, in place of the site's.", valueName: "file"))
    var file: String?

    @Option(help: "The name that robots.txt knows us by.")
    var agent = "wirewatch"

    @ArgumentParser.OptionGroup var web: WebOptions

    @Argument(help: ArgumentHelp("Addresses of pages; - for JSON lines.", valueName: "address"))
    var pages: [String]

    func run() throws {
        let fetcher = try web.fetcher()
        let given = try file.map { RobotsTXT(try LineInput.contents($0)) }
        var isAllowed = true
        for page in pages {
            if page == "-" {
                try Questions.answer { question in
                    guard let robots = question["robots"]?.text else { return nil }
                    let rules = RobotsTXT(Array(robots.utf8))
                    // What is no address stands for the site's root.
                    let url = (try? HTTPURL(question["url"]?.text ?? "")) ?? Self.root
                    return { $0.optional("allowed", rules.allows(url, agent: question["agent"]?.text ?? agent)) }
                }
                continue
            }
            let url: HTTPURL
            do throws(HTTPError) { url = try HTTPURL(page) } catch { throw Failure(.usage, error.description) }
            let allows = (given ?? fetcher.robots(url)).allows(url, agent: agent)
            isAllowed = isAllowed && allows
            try StandardOutput.write("\(allows ? "allowed" : "disallowed")  \(TerminalText.safe(page))\n")
        }
        if !isAllowed { throw ExitCode(1) }
    }

    private static var root: HTTPURL {
        // This text is a URL.
        do { return try HTTPURL("https://localhost/") } catch { preconditionFailure("\(error)") }
    }
}

/// `wirewatch sources canonical`
struct CanonicalAddresses: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "canonical",
        abstract: "Print the form of addresses by which articles are known as one: without tracking parameters.",
        discussion: """
            With - for ADDRESS, JSON lines on standard input ask: {"url": ..., "base": ..., "feed": ...}, the last two the \
            page's and its feed's address.

            EXAMPLE
              wirewatch sources canonical 'https://example.org/a?utm_source=newsletter&id=3'
            """)

    @Option(help: ArgumentHelp("Hosts of the site and its feed: 'ref=HOST' is tracking then.", valueName: "host"))
    var ownHost: [String] = []

    @Argument(help: ArgumentHelp("Addresses; - for JSON lines.", valueName: "address"))
    var addresses: [String]

    func run() throws {
        var isGood = true
        for address in addresses {
            if address == "-" {
                try Questions.answer { question in
                    guard let text = question["url"]?.text else { return nil }
                    let pages = [question["base"]?.text, question["feed"]?.text].compactMap {
                        $0.flatMap { try? HTTPURL($0) }
                    }
                    let canonical = CanonicalURL(text, ownHosts: ownHost + pages.map(\.host))
                    return { $0.member("url", canonical?.text) }
                }
                continue
            }
            guard let canonical = CanonicalURL(address, ownHosts: ownHost) else {
                StandardOutput.message("wirewatch: no address: \(TerminalText.safe(address))")
                isGood = false
                continue
            }
            try StandardOutput.write(canonical.text + "\n")
        }
        if !isGood { throw Failure(.dataError, "") }
    }
}

/// JSON lines that ask, one answered by one.
private enum Questions {
    /// - Parameter answer: gives what writes the answer's members; nil for a line that asks nothing.
    static func answer(_ answer: (JSONValue) -> ((inout JSONWriter) -> Void)?) throws {
        var lines = LineInput(descriptor: STDIN_FILENO)
        var number = 0
        while let line = try lines.next() {
            number += 1
            guard line.contains(where: { $0 > 0x20 }) else { continue }
            guard let question = JSONValue(line), let write = answer(question) else {
                throw Failure(.dataError, "standard input, line \(number): not such an object")
            }
            var json = JSONWriter(capacity: 256)
            json.beginObject()
            json.optional("case", question["case"]?.text)
            write(&json)
            json.endObject()
            json.endLine()
            try StandardOutput.write(json.bytes)
        }
    }
}
