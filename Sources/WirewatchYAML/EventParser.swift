import CWirewatchYAML

/// One step of a document as libyaml reports it.
struct Event {
    enum Kind {
        case streamStart, streamEnd, documentStart, documentEnd
        case scalar(String, YAMLNode.ScalarStyle)
        case alias(String)
        case sequenceStart, sequenceEnd, mappingStart, mappingEnd
    }

    var kind: Kind
    var position: YAMLPosition
    /// Where it stands, in characters from the beginning.
    var range = 0..<0
    /// Whether a list or map is written in brackets.
    var isFlow = false
    var tag: String?
    var anchor: String?
}

/// The owner of a libyaml parser and of the bytes it reads; no pointer leaves it.
///
/// libyaml keeps pointers into its own parser struct, so that lives on the heap and never moves. One instance
/// belongs to one thread; different instances share nothing.
final class EventParser {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// libyaml reads from here for as long as it parses.
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let isReady: Bool
    private var words = RecentWords()

    init(_ bytes: [UInt8]) {
        input = .allocate(capacity: max(bytes.count, 1))
        _ = input.initialize(from: bytes)
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        isReady = yaml_parser_initialize(parser) == 1
        guard isReady else { return }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    }

    deinit {
        if isReady { yaml_parser_delete(parser) }
        parser.deinitialize(count: 1)
        parser.deallocate()
        input.deallocate()
    }

    func next() throws(SyntaxFailure) -> Event {
        guard isReady else { throw .outOfMemory }
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }
        var result = self.event(event)
        let start = Int(clamping: event.start_mark.index)
        result.range = start..<max(start, Int(clamping: event.end_mark.index))
        switch event.type {
        case YAML_SEQUENCE_START_EVENT:
            result.isFlow = event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
        case YAML_MAPPING_START_EVENT: result.isFlow = event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
        default: break
        }
        return result
    }

    private func event(_ event: yaml_event_t) -> Event {
        let position = Self.position(event.start_mark)
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return Event(
                kind: .scalar(words.string(bytes), Self.style(scalar.style)),
                position: position, tag: Self.string(scalar.tag), anchor: Self.string(scalar.anchor))
        case YAML_ALIAS_EVENT:
            return Event(kind: .alias(Self.string(event.data.alias.anchor) ?? ""), position: position)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return Event(
                kind: .sequenceStart, position: position, tag: Self.string(start.tag),
                anchor: Self.string(start.anchor))
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return Event(
                kind: .mappingStart, position: position, tag: Self.string(start.tag),
                anchor: Self.string(start.anchor))
        case YAML_SEQUENCE_END_EVENT: return Event(kind: .sequenceEnd, position: position)
        case YAML_MAPPING_END_EVENT: return Event(kind: .mappingEnd, position: position)
        case YAML_STREAM_START_EVENT: return Event(kind: .streamStart, position: position)
        case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, position: position)
        case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, position: position)
        // No event at all comes only after the end of the stream.
        default: return Event(kind: .streamEnd, position: position)
        }
    }

    private func failure() -> SyntaxFailure {
        let state = parser.pointee
        if state.error == YAML_MEMORY_ERROR { return .outOfMemory }
        // The reader, unlike scanner and parser, sets no mark of its own; it stands where it stopped.
        let isReader = state.error == YAML_READER_ERROR
        return SyntaxFailure(
            problem: state.problem.map { String(cString: $0) } ?? "unknown problem",
            position: Self.position(isReader ? state.mark : state.problem_mark),
            context: state.context.map { String(cString: $0) },
            contextPosition: state.context == nil ? nil : Self.position(state.context_mark))
    }

    private static func position(_ mark: yaml_mark_t) -> YAMLPosition {
        YAMLPosition(line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
    }

    private static func string(_ text: UnsafeMutablePointer<UInt8>?) -> String? {
        text.map { String(cString: $0) }
    }

    private static func style(_ style: yaml_scalar_style_t) -> YAMLNode.ScalarStyle {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
        default: .plain
        }
    }
}

/// Words too long to be held without an allocation, of which a document has the same ones over and over: its longer keys.
private struct RecentWords {
    private static let lengths = 16...32
    private var words = [String](repeating: "", count: 64)

    /// The bytes as a text, which shares its storage with the last equal one where that is still known.
    mutating func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard Self.lengths.contains(bytes.count) else { return String(decoding: bytes, as: UTF8.self) }
        let place = (bytes.count &+ Int(bytes[0]) &* 5 &+ Int(bytes[bytes.count - 1]) &* 11) & 63
        let isKnown = words[place].withUTF8 { known in
            guard known.count == bytes.count else { return false }
            for at in 0..<known.count where known[at] != bytes[at] { return false }
            return true
        }
        if isKnown { return words[place] }
        let word = String(decoding: bytes, as: UTF8.self)
        words[place] = word
        return word
    }
}
