import Testing
import WirewatchYAML

@Suite("YAML")
struct YAMLTests {
    @Test(
        "Plain scalars mean what the core schema says",
        arguments: [
            ("", .null), ("~", .null), ("null", .null), ("true", .bool(true)), ("False", .bool(false)),
            ("yes", .text), ("no", .text), ("on", .text), ("off", .text), ("y", .text),
            ("0", .integer(0)), ("-12", .integer(-12)), ("+7", .integer(7)), ("010", .integer(10)),
            ("0x1F", .integer(31)), ("0o17", .integer(15)), ("0x", .text), ("0x-1", .text), ("0xg", .text),
            ("1_000_000", .integer(1_000_000)), ("1__0", .text), ("_1", .text), ("1_", .text),
            ("9223372036854775807", .integer(.max)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
            ("1.5", .number(1.5)), (".5", .number(0.5)), ("5.", .number(5)), ("1e3", .number(1000)),
            ("-1.5E-2", .number(-0.015)), (".", .text), ("-", .text), ("+", .text), ("1e", .text), ("e3", .text),
            (".inf", .number(.infinity)), ("-.inf", .number(-.infinity)), ("inf", .text), ("nan", .text),
            ("1.2.3", .text), ("2026-01-04", .text), ("10m", .text), ("12:30", .text), ("0b1", .text),
        ] as [(String, CoreSchema)])
    func scalars(_ text: String, _ expected: CoreSchema) {
        #expect(CoreSchema.resolve(text) == expected)
    }

    @Test("Nodes know where they begin, in characters")
    func positions() throws {
        let document = YAMLDocument.parse(Array("größe: [ä, {ö😀: x}]\nb: |\n  text\n".utf8))
        #expect(document.problems == [])
        guard case .mapping(let entries)? = document.root?.content,
            case .sequence(let items) = entries[0].value.content,
            case .mapping(let inner) = items[1].content
        else {
            Issue.record("not the tree expected")
            return
        }
        #expect(entries.map(\.keyPosition) == [place(1, 1), place(2, 1)])
        #expect(entries.map(\.value.position) == [place(1, 8), place(2, 4)])
        #expect(items.map(\.position) == [place(1, 9), place(1, 12)])
        #expect(inner[0].keyPosition == place(1, 13))
        #expect(inner[0].value.position == place(1, 17))
    }

    @Test("A byte order mark takes no column")
    func byteOrderMark() {
        let document = YAMLDocument.parse([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8))
        #expect(document.root?.position == place(1, 1))
        #expect(document.problems == [])
    }

    @Test(
        "Bytes that are not UTF-8 are found where they stand",
        arguments: [
            ([0x61, 0x3A, 0x20, 0xFF], 1, 4), ([0x61, 0x0A, 0xC3], 2, 1), ([0xC3, 0xA4, 0xC3, 0x28], 1, 2),
            ([0xED, 0xA0, 0x80], 1, 1), ([0xF0, 0x9F, 0x98], 1, 1), ([0x80], 1, 1), ([0xC0, 0x80], 1, 1),
            ([0x61, 0x0D, 0x0A, 0xF4, 0x90, 0x80, 0x80], 2, 1),
        ] as [([UInt8], Int, Int)])
    func encoding(_ bytes: [UInt8], _ line: Int, _ column: Int) {
        let document = YAMLDocument.parse(bytes)
        #expect(document.root == nil)
        #expect(document.problems.map(\.position) == [place(line, column)])
        #expect(document.problems.first?.message.contains("not valid UTF-8") == true)
    }

    @Test("Depth is limited, through aliases too")
    func depth() {
        let limits = YAMLLimits(depth: 4)
        #expect(problems("[[[[1]]]]", limits) == [])
        #expect(problems("[[[[[1]]]]]", limits) == ["lists and maps are nested deeper than 4 levels"])
        #expect(problems("{a: &x [[1]], b: [*x]}", limits) == [])
        #expect(problems("{a: &x [[1]], b: [[*x]]}", limits) == ["lists and maps are nested deeper than 4 levels"])
    }

    @Test("Values are counted with every alias replaced")
    func nodes() {
        let text = "a: &a [1, 2, 3]\nb: &b [*a, *a, *a]\nc: [*b, *b]\n"
        // Keys 3, map 1; a 4; b 1 + 3 * 4; c 1 + 2 * 13.
        #expect(problems(text, YAMLLimits(nodes: 48)) == [])
        #expect(problems(text, YAMLLimits(nodes: 47)) == ["the document has more than 47 values, aliases included"])
    }

    @Test("A file beyond the limit of size is refused unread")
    func size() {
        #expect(problems("a: 1", YAMLLimits(bytes: 4)) == [])
        #expect(problems("a: 12", YAMLLimits(bytes: 4)).count == 1)
    }

    @Test("An alias within its own anchor is refused")
    func recursion() {
        #expect(problems("a: &x [1, *x]", YAMLLimits()) == ["the alias '*x' stands inside its own anchor '&x'"])
    }

    @Test("All duplicate keys are reported, each with the first one's place")
    func duplicates() {
        let document = YAMLDocument.parse(Array("a: 1\nb: {c: 1, c: 2}\na: 3\na: 4\n".utf8))
        #expect(document.problems.map(\.position) == [place(2, 11), place(3, 1), place(4, 1)])
        #expect(document.problems[2].message.contains("first at 1:1"))
    }

    @Test("A duplicate key is found however many keys the map has", arguments: [1, 15, 16, 17, 40])
    func duplicatesOfMany(_ count: Int) {
        let keys = (1...count).map { "key\($0): 1\n" }.joined()
        let document = YAMLDocument.parse(Array((keys + "key\(count): 2\nkey1: 3\nnew: 4\n").utf8))
        #expect(document.problems.map(\.position) == [place(count + 1, 1), place(count + 2, 1)])
        #expect(document.problems.first?.message.contains("first at \(count):1;") == true)
        #expect(document.problems.last?.message.contains("first at 1:1;") == true)
    }

    @Test("An empty text has no root and no problem", arguments: ["", "# nothing\n", "\n\n"])
    func empty(_ text: String) {
        let document = YAMLDocument.parse(Array(text.utf8))
        #expect(document.root == nil)
        #expect(document.problems == [])
    }

    @Test("'!!str' makes a text of anything")
    func stringTag() {
        guard case .sequence(let items)? = YAMLDocument.parse(Array("[!!str 12, ! true]".utf8)).root?.content else {
            Issue.record("no list")
            return
        }
        for item in items {
            guard case .scalar(_, let style) = item.content else { continue }
            #expect(style != .plain)
        }
    }

    private func place(_ line: Int, _ column: Int) -> YAMLPosition { YAMLPosition(line: line, column: column) }

    private func problems(_ text: String, _ limits: YAMLLimits) -> [String] {
        YAMLDocument.parse(Array(text.utf8), limits: limits).problems.map(\.message)
    }
}
