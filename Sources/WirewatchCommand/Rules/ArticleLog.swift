import FoundationEssentials
import Glibc
import WirewatchCompression
import WirewatchKit

/// The articles of a log and of its archives, in the order in which they were written.
struct ArticleLog {
    private let archives: LogArchives

    init(path: String) { archives = LogArchives(live: path) }

    /// A line that was read: an article with the time of its arrival, or why there is none.
    typealias Line = Result<Article, InputError>

    /// Hands over every article that arrived at this time or later.
    ///
    /// - Throws: ``Failure`` when there is no such log, or a file of it cannot be read.
    func read(since: Timestamp, _ take: (_ place: String, Line) throws -> Void) throws {
        let old = archives.list()
        let live = LogFile(archives.live)
        if live == nil, old.isEmpty {
            throw Failure(.noInput, "no log at \(archives.live) and no archives beside it")
        }
        for archive in old {
            guard let file = LogFile(archive.path) else {
                throw Failure(.ioError, "cannot open \(archive.path): \(errorText(errno))")
            }
            var number = 0
            func line(_ bytes: [UInt8]) throws {
                number += 1
                try Self.hand(bytes, "\(archive.path):\(number)", since, take)
            }
            if archive.isCompressed {
                let reader = try GunzipReader { try file.read(into: &$0) }
                while let bytes = try reader.nextLine() { try line(bytes) }
            } else {
                try file.readLines { try line(Array($0)) }
            }
        }
        var number = 0
        try live?.readLines { bytes in
            number += 1
            try Self.hand(Array(bytes), "\(archives.live):\(number)", since, take)
        }
    }

    private static func hand(
        _ bytes: [UInt8], _ place: String, _ since: Timestamp, _ take: (String, Line) throws -> Void
    ) throws {
        if bytes.isEmpty { return }
        do {
            let arrival = try JSONDecoder().decode(Arrival.self, from: Data(bytes))
            guard arrival.schema == nil || arrival.schema == "wirewatch.article/1" else {
                return try take(place, .failure(InputError("it is no article record")))
            }
            guard let received = arrival.received.flatMap({ PublicationDate(text: $0) })?.timestamp else {
                return try take(place, .failure(InputError("it does not say when the article was received")))
            }
            if received < since { return }
            var article = try Article(json: bytes)
            article.received = received
            try take(place, .success(article))
        } catch let error as DecodingError {
            try take(place, .failure(InputError("not valid JSON: \(error)")))
        } catch let error as RecordDecodingError {
            try take(place, .failure(InputError(error.description)))
        }
    }

    private struct Arrival: Decodable {
        var schema, received: String?
    }
}
