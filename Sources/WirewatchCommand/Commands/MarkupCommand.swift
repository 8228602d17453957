import ArgumentParser
import Glibc
import WirewatchKit
import WirewatchMarkup

/// `wirewatch markup`: what the HTML parser makes of a page.
struct MarkupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "markup",
        abstract: "Show what the HTML parser makes of a page: its tree, its tokens or its encoding.",
        discussion: """
            For authors of plugins that read pages: 'tree' prints the elements as a stage sees them, with those that the \
            page's markup only implies; 'tokens' prints one JSON array a token; 'encoding' what the page declares and what \
            it is read as.

            With - for FILE, each line of standard input is a JSON object with the page as "text" or as "hex", and each \
            line of the output one with "tree", "tokens" or "declared" and "encoding". A line may also have "context" (as \
            --context), "scripting" (true or false), and for tokens "state" (data, rcdata, rawtext, script, plaintext or \
            cdata) and "last_start_tag".

            EXAMPLES
              wirewatch markup tree page.html
              wirewatch markup tree --context 'svg desc' fragment.html
              wirewatch markup encoding page.html
            """)

    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case tree, tokens, encoding
    }

    @Option(
        help: ArgumentHelp(
            "Read the files as the content of this element, such as td or 'svg desc'.", valueName: "element"))
    var context: String?

    @Flag(help: "Read noscript as a browser does that runs scripts.")
    var scripting = false

    @Option(help: ArgumentHelp("The charset that the pages were served with.", valueName: "label"))
    var charset: String?

    @Flag(help: "Print no tree: decode and parse all files and print their bytes, nodes and CPU seconds as JSON.")
    var count = false

    @Option(name: .customLong("repeat"), help: "With --count: this often, and the seconds of the fastest time.")
    var repetitions = 1

    @Option(help: "The most nodes of a tree; the rest of the page is left out.")
    var nodes = MarkupTree.Limits().nodes

    @Argument(help: "tree, tokens or encoding.")
    var kind: Kind

    @Argument(help: "HTML files; - for JSON lines on standard input.", completion: .file())
    var files: [String]

    func validate() throws {
        if count, kind != .tree || files.contains("-") {
            throw ValidationError("--count is for 'tree' and files")
        }
        if nodes < 1 { throw ValidationError("--nodes is 1 or more") }
        if repetitions < 0 { throw ValidationError("--repeat is 0 or more") }
    }

    func run() throws {
        var limits = MarkupTree.Limits()
        limits.nodes = nodes
        if count { return try MarkupCount(charset: charset, repetitions: repetitions, limits: limits).print(files) }
        var request = MarkupRequest(kind: kind)
        request.limits = limits
        request.charset = charset
        request.context = context
        request.scripting = scripting
        for file in files {
            guard file == "-" else {
                request.bytes = try Self.bytes(of: file)
                try StandardOutput.write(request.text())
                continue
            }
            var lines = LineInput(descriptor: STDIN_FILENO)
            var number = 0
            while let line = try lines.next() {
                number += 1
                guard line.contains(where: { $0 > 0x20 }) else { continue }
                guard let one = MarkupRequest(jsonLine: line, like: request) else {
                    throw Failure(
                        .dataError, "standard input, line \(number): not an object with the page as \"text\" or \"hex\""
                    )
                }
                try StandardOutput.write(one.jsonLine())
            }
        }
    }

    /// A whole file, in a buffer of just its size where that is known.
    static func bytes(of file: String) throws -> [UInt8] {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(.noInput, "cannot open \(file): \(errorText(errno))") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size > 0, status.st_size <= LineInput.maximumLine else {
            var input = LineInput(descriptor: descriptor)
            return try input.rest()
        }
        let size = Int(status.st_size)
        return try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            while count < size {
                // Within the buffer: `count` bytes of its `size` are filled.
                let got = read(descriptor, base + count, size - count)
                if got < 0, errno == EINTR { continue }
                guard got >= 0 else { throw Failure(.ioError, "cannot read \(file): \(errorText(errno))") }
                if got == 0 { break }
                count += got
            }
        }
    }
}
