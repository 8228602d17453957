import WirewatchKit
import WirewatchMarkup

/// A page to show as the HTML parser sees it.
struct MarkupRequest {
    var kind: MarkupCommand.Kind
    var bytes: [UInt8] = []
    var charset: String?
    var context: String?
    var scripting = false
    var limits = MarkupTree.Limits()
    /// Where tokenizing begins, start tags then changing nothing; nil follows them as a tree builder does.
    private var state: HTMLTokenizer.ContentModel?
    private var lastStartTag: String?
    /// Whether the bytes are text already.
    private var isText = false

    init(kind: MarkupCommand.Kind) { self.kind = kind }

    /// Reads `{"text" or "hex", "context"?, "scripting"?, "state"?, "last_start_tag"?}`; nil for anything else.
    init?(jsonLine line: [UInt8], like other: MarkupRequest) {
        self = other
        guard let value = JSONValue(line) else { return nil }
        if case .string(let text) = value["text"] {
            bytes = Array(text.utf8)
            isText = true
        } else if let hex = value["hex"]?.text, let found = Self.bytes(hex: hex) {
            bytes = found
        } else {
            return nil
        }
        context = value["context"]?.text ?? context
        if case .bool(let value) = value["scripting"] { scripting = value }
        if let name = value["state"]?.text {
            guard let model = Self.states[name] else { return nil }
            state = model
        }
        lastStartTag = value["last_start_tag"]?.text
    }

    private static let states: [String: HTMLTokenizer.ContentModel] = [
        "data": .data, "rcdata": .rcdata, "rawtext": .rawText, "script": .scriptData, "plaintext": .plainText,
        "cdata": .cdata,
    ]

    private static func bytes(hex: String) -> [UInt8]? {
        let digits = hex.utf8.map { byte -> UInt8? in
            switch byte {
            case 0x30...0x39: byte - 0x30
            case 0x41...0x46: byte - 0x37
            case 0x61...0x66: byte - 0x57
            default: nil
            }
        }
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private var decoded: [UInt8] { isText ? bytes : Charset.decode(bytes, contentTypeCharset: charset) }

    private func tree() -> MarkupTree {
        var options = MarkupTree.ParsingOptions()
        options.scripting = scripting
        options.limits = limits
        options.context = context.map { context in
            if context.hasPrefix("svg ") {
                return MarkupTree.FragmentContext(name: String(context.dropFirst(4)), namespace: .svg)
            }
            if context.hasPrefix("math ") {
                return MarkupTree.FragmentContext(name: String(context.dropFirst(5)), namespace: .mathML)
            }
            return MarkupTree.FragmentContext(name: context)
        }
        return MarkupTree(html: decoded, options: options)
    }

    // MARK: Answers

    /// For people.
    func text() -> [UInt8] {
        switch kind {
        case .tree: return Array(tree().outline().utf8)
        case .tokens:
            var json = JSONWriter()
            writeTokens(to: &json, asLines: true)
            return json.bytes
        case .encoding:
            let declared = Charset.declared(bytes) ?? "nothing"
            let name = Charset.read(bytes, contentTypeCharset: charset).name
            return Array("declared: \(declared)\nread as:  \(name)\n".utf8)
        }
    }

    /// For programs.
    func jsonLine() -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        switch kind {
        case .tree:
            json.key("tree")
            json.string(tree().outline())
        case .tokens:
            json.key("tokens")
            json.beginArray()
            writeTokens(to: &json, asLines: false)
            json.endArray()
        case .encoding:
            json.key("declared")
            json.string(Charset.declared(bytes))
            json.key("encoding")
            json.string(Charset.read(bytes, contentTypeCharset: charset).name)
        }
        json.endObject()
        json.endLine()
        return json.bytes
    }

    /// Writes `["StartTag", name, attributes]` and its like; text that comes in parts is one token.
    private func writeTokens(to json: inout JSONWriter, asLines: Bool) {
        var tokenizer = HTMLTokenizer(decoded)
        tokenizer.followsElements = state == nil
        tokenizer.begin(in: state ?? .data, lastStartTag: lastStartTag)
        var text: [UInt8] = []
        func write(_ name: String, to json: inout JSONWriter, _ rest: (inout JSONWriter) -> Void) {
            json.beginArray()
            json.string(name)
            rest(&json)
            json.endArray()
            if asLines { json.endLine() }
        }
        func flush(to json: inout JSONWriter) {
            guard !text.isEmpty else { return }
            write("Character", to: &json) { $0.string(String(decoding: text, as: UTF8.self)) }
            text.removeAll(keepingCapacity: true)
        }
        while let token = tokenizer.next() {
            if token.kind == .text || token.kind == .null {
                tokenizer.append(token.range, to: &text)
                continue
            }
            flush(to: &json)
            let name = tokenizer.string(token.range)
            switch token.kind {
            case .startTag:
                write("StartTag", to: &json) { json in
                    json.string(name)
                    json.beginObject()
                    for attribute in tokenizer.attributes {
                        json.key(tokenizer.string(attribute.name))
                        json.string(tokenizer.string(attribute.value))
                    }
                    json.endObject()
                    if token.isSelfClosing { json.bool(true) }
                }
            case .endTag: write("EndTag", to: &json) { $0.string(name) }
            case .comment: write("Comment", to: &json) { $0.string(name) }
            case .doctype:
                let doctype = tokenizer.doctype
                write("DOCTYPE", to: &json) { json in
                    json.string(doctype.name)
                    json.string(doctype.publicID)
                    json.string(doctype.systemID)
                    json.bool(!doctype.forcesQuirks)
                }
            case .text, .null: break
            }
        }
        flush(to: &json)
    }
}
