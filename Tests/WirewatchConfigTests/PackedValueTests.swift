import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchConfig

@Suite("What is kept of a configuration")
struct PackedValueTests {
    @Test(
        "A source keeps of its options the value that was read, but for its places",
        arguments: [
            OptionLiteral.map([]), ["url": "https://example.org/a", "every": "15m"],
            ["n": 0, "m": -1, "big": .integer(.max)], ["x": 1.5, "y": -0.0, "z": 1e300, "truth": true, "lie": false],
            ["text": .string(String(repeating: "long ", count: 99))],
            ["list": ["a", 2, [], ["deep": ["\u{1F916}", ""]]], "": "no name"],
        ])
    func packing(literal: OptionLiteral) {
        let place = SourceLocation(file: "c.yaml", line: 7, column: 3)
        let value = literal.value
        let back = PackedValue(value).value(at: place)
        #expect(back == value)
        #expect(back.location == place)
        guard case .map(let entries) = value.content, case .map(let others) = back.content else { return }
        #expect(entries.map(\.value.scalarText) == others.map(\.value.scalarText))
        #expect(others.allSatisfy { $0.keyLocation == place && $0.value.location == place })
        #expect(PackedValue(value) == PackedValue(back))
    }

    @Test("Numbers written otherwise configure the same, other texts do not")
    func equality() throws {
        func source(_ value: OptionValue) throws -> Component {
            let plugin = try #require(Sample.registry.plugins(of: .source).first)
            return Component(name: "a", plugin: plugin, options: NoOptions(), value: value, location: value.location)
        }
        func number(_ written: String) -> OptionValue {
            let place = SourceLocation(file: "c.yaml", line: 1, column: 1)
            return OptionValue(.integer(1000), at: place, scalarText: written)
        }
        #expect(try source(number("1000")) == source(number("1_000")))
        #expect(try source(number("1000")).value.scalarText == "1000")
        #expect(try source((["a": "b"] as OptionLiteral).value) != source((["a": "c"] as OptionLiteral).value))
    }

    private struct NoOptions: PluginOptions {
        static let specs: [OptionSpec] = []
        init() {}
        init(_ options: OptionReader) {}
    }

    @Test("Places of one file are alike, those of others are not")
    func places() {
        let place = SourceLocation(file: "a.yaml", line: 3, column: 70_000)
        #expect(place == SourceLocation(file: "a.yaml", line: 3, column: 70_000))
        #expect(place != SourceLocation(file: "b.yaml", line: 3, column: 70_000))
        #expect((place.file, place.line, place.column) == ("a.yaml", 3, 70_000))
        #expect(SourceLocation(file: "b.yaml", line: -1, column: 0).line == 0)
    }
}
