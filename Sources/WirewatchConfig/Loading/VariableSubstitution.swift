/// Fills in `${VAR}` and `${VAR:-default}`; `$${` stands for `${` itself.
struct VariableSubstitution {
    /// A mistake in the use of variables; the text cannot be used.
    struct Failure: Error { var message: String }

    var environment: [String: String]

    /// The text with its variables filled in; nil when it has none.
    func fill(_ text: String) throws(Failure) -> String? {
        guard text.utf8.contains(Self.dollar) else { return nil }
        var rest = Array(text.utf8)[...]
        var filled: [UInt8] = []
        var found = false
        while let dollar = rest.firstIndex(of: Self.dollar) {
            filled += rest[..<dollar]
            rest = rest[dollar...]
            if rest.starts(with: "$${".utf8) {
                filled += Array("${".utf8)
                rest = rest.dropFirst(3)
                found = true
            } else if rest.starts(with: "${".utf8) {
                guard let close = rest.firstIndex(of: 0x7D) else {
                    throw Failure(message: "'${' has no closing '}'; write '$${' for '${' itself")
                }
                filled += try value(of: String(decoding: rest[(dollar + 2)..<close], as: UTF8.self)).utf8
                rest = rest[(close + 1)...]
                found = true
            } else {
                filled.append(Self.dollar)
                rest = rest.dropFirst()
            }
        }
        return found ? String(decoding: filled + rest, as: UTF8.self) : nil
    }

    private func value(of expression: String) throws(Failure) -> String {
        let name = expression.prefix { $0 != ":" }
        let rest = expression.dropFirst(name.count)
        guard Self.isName(name), rest.isEmpty || rest.hasPrefix(":-") else {
            throw Failure(
                message: "'${\(expression)}' is not '${NAME}' or '${NAME:-default}'; write '$${' for '${' itself")
        }
        let value = environment[String(name)]
        if rest.isEmpty {
            guard let value else {
                throw Failure(
                    message: "the environment variable '\(name)' is not set; set it, or give a default: "
                        + "${\(name):-default}")
            }
            return value
        }
        // As in the shell: the default also stands for a variable that is set but empty.
        guard let value, !value.isEmpty else { return String(rest.dropFirst(2)) }
        return value
    }

    private static let dollar: UInt8 = 0x24

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte)
        }
    }
}
