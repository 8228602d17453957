import FoundationEssentials
import Glibc
import WirewatchDigest
import WirewatchKit

/// Articles that people labelled with topics: JSON lines, or a folder with a folder for each topic.
struct LabelledSet {
    /// An article with its topics.
    struct Entry {
        var place: String
        var input: InputDocument
        var topics: [String]
    }

    private(set) var entries: [Entry] = []
    /// What could not be read: the place, and why.
    private(set) var faults: [(place: String, reason: String)] = []

    /// The folder of articles without any of the topics.
    static let noTopic = "none"

    /// - Throws: ``Failure`` with code 66 when a path cannot be read.
    init(paths: [String]) throws {
        for path in paths {
            var status = stat()
            guard stat(path, &status) == 0 else { throw Failure(.noInput, "cannot open \(path): \(errorText(errno))") }
            if status.st_mode & S_IFMT == S_IFDIR { try addFolder(path) } else { try addLines(path) }
        }
    }

    /// All topics that occur, in alphabetical order.
    var topics: [String] { Set(entries.flatMap(\.topics)).sorted() }

    // MARK: JSON lines

    private mutating func addLines(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(.noInput, "cannot open \(path): \(errorText(errno))") }
        defer { close(descriptor) }
        var lines = LineInput(descriptor: descriptor)
        var number = 0
        while let line = try lines.next() {
            number += 1
            guard line.contains(where: { $0 > 0x20 }) else { continue }
            let place = "\(path):\(number)"
            do {
                entries.append(try Self.entry(line, place: place, number: number))
            } catch {
                faults.append((place, "\(error)"))
            }
        }
    }

    /// Tags are not read: labels are often made from them.
    private static func entry(_ line: [UInt8], place: String, number: Int) throws -> Entry {
        guard let fields = try? JSONDecoder().decode(Fields.self, from: Data(line)) else {
            throw InputError(
                JSONValue(line) == nil
                    ? "not valid JSON" : #"not an object {"title": ..., "text": ..., "topics": [...]}"#)
        }
        guard let topics = fields.topics else {
            throw InputError(#"it has no 'topics'; an article without any has "topics": []"#)
        }
        var input: InputDocument
        if fields.content_type != nil {
            input = try InputDocument(jsonLine: line, number: number)
        } else {
            guard fields.title != nil || fields.text != nil || fields.body != nil else {
                throw InputError("it has neither 'title' nor 'text' nor 'body'")
            }
            var article = Article()
            article.title = fields.title ?? ""
            article.subtitle = fields.subtitle
            article.body = fields.body ?? fields.text ?? ""
            article.language = fields.language
            article.captions = (fields.captions ?? []).compactMap { $0.text.map { Caption(text: $0) } }
            let document = Document(identity: fields.id ?? place, article: article)
            input = InputDocument(document: document, source: "labelled", id: fields.id)
        }
        input.document.article.url = input.document.article.url ?? fields.url
        return Entry(place: place, input: input, topics: topics.map(\.id))
    }

    private struct Fields: Decodable {
        var id, url, content_type, title, subtitle, text, body, language: String?
        var captions: [CaptionFields]?
        var topics: [Label]?
    }

    private struct CaptionFields: Decodable {
        var text: String?
    }

    /// `"ai"`, or `{"id": "ai", ...}` as in records.
    private struct Label: Decodable {
        var id: String

        private enum Keys: String, CodingKey { case id }

        init(from decoder: any Decoder) throws {
            if let id = try? decoder.singleValueContainer().decode(String.self) {
                self.id = id
            } else {
                id = try decoder.container(keyedBy: Keys.self).decode(String.self, forKey: .id)
            }
        }
    }

    // MARK: Folders

    private mutating func addFolder(_ path: String) throws {
        // The same document in the folders of two topics has both.
        var known: [String: Int] = [:]
        for topic in try Self.names(path) {
            let folder = "\(path)/\(topic)"
            guard Self.isFolder(folder) else {
                faults.append((folder, "it is in no topic's folder"))
                continue
            }
            for name in try Self.names(folder) where !Self.isFolder("\(folder)/\(name)") {
                for (place, document) in try InputDocument.documents(file: "\(folder)/\(name)") {
                    add(place, document, topic, &known)
                }
            }
        }
    }

    private mutating func add(
        _ place: String, _ document: Result<InputDocument, any Error>, _ topic: String, _ known: inout [String: Int]
    ) {
        let labels = topic == Self.noTopic ? [] : [topic]
        switch document {
        case .failure(let error): faults.append((place, "\(error)"))
        case .success(var input):
            input.document.article.tags = []
            let text =
                input.document.content?.bytes
                ?? Array((input.document.article.title + "\n" + input.document.article.body).utf8)
            let identity = SHA256.identifier(of: text)
            if let index = known[identity] {
                entries[index].topics += labels.filter { !entries[index].topics.contains($0) }
            } else {
                known[identity] = entries.count
                entries.append(Entry(place: place, input: input, topics: labels))
            }
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// What a folder holds, in alphabetical order, without what is hidden.
    private static func names(_ path: String) throws -> [String] {
        guard let folder = opendir(path) else { throw Failure(.noInput, "cannot open \(path): \(errorText(errno))") }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            // d_name is a C string in an array of fixed size.
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
