import Testing
import WirewatchKit

@Suite struct JSONQuotingTests {
    /// By the grammar, a scalar at a time (RFC 8259, 7).
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..."\u{1F}":
                result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    @Test func `what needs an escape gets it wherever it stands`() {
        let marks: [Unicode.Scalar] = [
            "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{1F}", "\u{7F}", "\u{E9}", "\u{2019}", "!", "\u{1F600}",
        ]
        for length in 0...26 {
            for place in 0...length {
                for mark in marks {
                    var text = String(repeating: "x", count: length)
                    text.insert(Character(mark), at: text.index(text.startIndex, offsetBy: place))
                    var json = JSONWriter()
                    json.string(text)
                    #expect(String(decoding: json.bytes, as: UTF8.self) == Self.quoted(text))
                }
            }
        }
    }
}
