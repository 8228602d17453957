/// An address with a name perhaps: `analyst@example.org`, `Desk <desk@example.org>`.
struct MailAddress: Sendable, Hashable {
    var name: String
    /// `local@domain`, ASCII without spaces and controls, so that it can stand in a header and in a command as it is.
    var address: String

    init(name: String, address: String) {
        self.name = name
        self.address = address
    }

    init?(_ text: String) {
        var name = ""
        var address = text[...]
        if text.hasSuffix(">"), let open = text.lastIndex(of: "<") {
            name = text[..<open].split(separator: " ").joined(separator: " ")
            if name.hasPrefix("\""), name.hasSuffix("\""), name.count >= 2 {
                name = String(name.dropFirst().dropLast())
            }
            address = text[text.index(after: open)...].dropLast()
        }
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        let forbidden = Array("<>()[],;:\\\"".utf8)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), address.utf8.count <= 254,
            address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !forbidden.contains($0) }),
            name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { return nil }
        self.init(name: name, address: String(address))
    }

    var domain: String { String(address.split(separator: "@").last ?? "") }

    /// As a header has it.
    var header: String {
        guard !name.isEmpty else { return address }
        let isPlain = name.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x20 }
        if isPlain { return "\(name) <\(address)>" }
        if name.utf8.allSatisfy({ $0 < 0x7F }) {
            let quoted = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            return "\"\(quoted)\" <\(address)>"
        }
        return "\(EncodedWords.encode(name)) <\(address)>"
    }
}
