import ArgumentParser
import WirewatchConfig
import WirewatchEngine
import WirewatchKit

/// `wirewatch process`: the pipeline as a filter.
struct ProcessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "process",
        abstract: "Run documents through the pipeline and print their article records, without any state.",
        discussion: """
            Reads the files given, or JSON lines on standard input, each {"id": ..., "url": ..., "content_type": ..., \
            "text": ...}; content types are text/html, text/plain (a page-text dump) and \
            application/vnd.wirewatch.article+json (an article already extracted: "title" and "body" are used byte for \
            byte, and "text" is not needed). Records come out in the order of the input, with the id given.

            A document that cannot be read or processed, or that a stage drops, gets a line on standard error and no \
            record. The exit code is 0 when at least one document, or an empty input, went through; 65 when none did; \
            66 when a file cannot be opened.

            EXAMPLES
              wirewatch process page.html dump.txt
              wirewatch process < documents.jsonl > records.jsonl
            """)

    @ArgumentParser.OptionGroup var file: ConfigurationFile

    @Argument(
        help: "Pages, text dumps, feeds, JSON lines. None reads JSON lines from standard input.", completion: .file())
    var files: [String] = []

    func run() throws {
        let configuration = try file.load(showingDoubts: false)
        let log = Logger.standardError(level: configuration.log.level)
        let pipeline = try InlinePipeline(configuration: configuration, clock: SystemClock(), log: log)
        var tally = Tally()
        if files.isEmpty {
            var lines = LineInput(descriptor: 0)
            var number = 0
            while let line = try lines.next() {
                number += 1
                if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
                try tally.process("line \(number)", pipeline) { [try InputDocument(jsonLine: line, number: number)] }
            }
        } else {
            for path in files {
                let documents = try InputDocument.documents(file: path)
                for (place, document) in documents { try tally.process(place, pipeline) { [try document.get()] } }
            }
        }
        if tally.succeeded == 0, tally.failed > 0 {
            throw Failure(.dataError, "no document could be processed")
        }
    }

    private struct Tally {
        var succeeded = 0
        var failed = 0

        /// Processes what `read` yields; what goes wrong with it is told and counted, and the next one comes.
        mutating func process(
            _ place: String, _ pipeline: InlinePipeline, _ read: () throws -> [InputDocument]
        ) throws {
            let documents: [InputDocument]
            do {
                documents = try read()
            } catch {
                return fail(place, "\(error)")
            }
            for input in documents {
                let result = pipeline.process(input.document, source: input.source, id: input.id)
                if let failure = result.failed {
                    fail(place, "stage '\(failure.stage)' failed: \(failure.error)")
                    continue
                }
                succeeded += 1
                if let drop = result.dropped {
                    tell(place, "dropped by stage '\(drop.stage)': \(drop.reason)")
                    continue
                }
                var json = JSONWriter(capacity: 8192)
                Record.article(result.article).write(to: &json, seq: nil)
                try StandardOutput.write(json.bytes)
            }
        }

        private mutating func fail(_ place: String, _ reason: String) {
            failed += 1
            tell(place, reason)
        }

        private func tell(_ place: String, _ text: String) {
            StandardOutput.message("wirewatch: \(place): \(TerminalText.safe(text))")
        }
    }
}
