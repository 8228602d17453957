/// Finds a run of letters that every match of a pattern must hold, so that most texts need no search at all.
///
/// It reads as much of the syntax as it takes to be sure, and gives up on the rest: no run is no harm, a wrong one would
/// lose matches.
struct RequiredLiteral {
    /// Shorter runs tell too few texts apart.
    static let shortest = 3

    private let pattern: [UInt8]
    private var at = 0
    private var run: [UInt8] = []
    private var best: [UInt8] = []

    /// The longest run, ASCII letters in lower case; nil when there is none.
    static func find(in pattern: [UInt8]) -> [UInt8]? {
        var reader = RequiredLiteral(pattern: pattern)
        guard reader.read(), reader.best.count >= shortest else { return nil }
        return reader.best
    }

    private init(pattern: [UInt8]) { self.pattern = pattern }

    /// False when the pattern holds something that this reader does not know.
    private mutating func read() -> Bool {
        while at < pattern.count {
            let byte = pattern[at]
            at += 1
            switch byte {
            // One of several: what each needs the others do not.
            case UInt8(ascii: "|"): return false
            case UInt8(ascii: "("): if !skipGroup() { return false }
            case UInt8(ascii: "["): if !skipClass() { return false }
            case UInt8(ascii: "\\"): if !escape() { return false }
            case UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "$"): end()
            case UInt8(ascii: "*"), UInt8(ascii: "?"):
                run = Array(run.dropLast())
                end()
            case UInt8(ascii: "+"): end()
            case UInt8(ascii: "{"):
                // A number of times, perhaps none.
                run = Array(run.dropLast())
                end()
                guard let close = pattern[at...].firstIndex(of: UInt8(ascii: "}")) else { return false }
                at = close + 1
            // Letters beyond ASCII have other cases, of other lengths.
            case 0x80...: end()
            case 0x41...0x5A: run.append(byte | 0x20)
            default: run.append(byte)
            }
        }
        end()
        return true
    }

    private mutating func end() {
        if run.count > best.count { best = run }
        run = []
    }

    private mutating func escape() -> Bool {
        guard at < pattern.count else { return false }
        let byte = pattern[at]
        at += 1
        switch byte {
        case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "w"), UInt8(ascii: "W"), UInt8(ascii: "s"),
            UInt8(ascii: "S"), UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "A"), UInt8(ascii: "z"),
            UInt8(ascii: "Z"), UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "v"), UInt8(ascii: "V"),
            UInt8(ascii: "R"):
            end()
            return true
        // Codes, names, back references and quotations.
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: return false
        default:
            run.append(byte)
            return true
        }
    }

    /// Goes behind the `)` of a group whose `(` was read.
    private mutating func skipGroup() -> Bool {
        end()
        var depth = 1
        guard opensPlainGroup() else { return false }
        while at < pattern.count {
            let byte = pattern[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\\"):
                // A quotation could hold brackets.
                if at < pattern.count, pattern[at] == UInt8(ascii: "Q") { return false }
                at += 1
            case UInt8(ascii: "["): if !skipClass() { return false }
            case UInt8(ascii: "("):
                depth += 1
                if !opensPlainGroup() { return false }
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return true }
            default: break
            }
        }
        return false
    }

    /// Whether the group that opens here changes nothing outside it: no option, verb or comment.
    private func opensPlainGroup() -> Bool {
        guard at < pattern.count, pattern[at] != UInt8(ascii: "*") else { return false }
        guard pattern[at] == UInt8(ascii: "?") else { return true }
        guard at + 1 < pattern.count else { return false }
        return [UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">")]
            .contains(pattern[at + 1])
    }

    /// Goes behind the `]` of a class whose `[` was read.
    private mutating func skipClass() -> Bool {
        end()
        if at < pattern.count, pattern[at] == UInt8(ascii: "^") { at += 1 }
        // A bracket that comes first stands for itself.
        if at < pattern.count, pattern[at] == UInt8(ascii: "]") { at += 1 }
        while at < pattern.count {
            let byte = pattern[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\\"):
                if at < pattern.count, pattern[at] == UInt8(ascii: "Q") { return false }
                at += 1
            // `[:alpha:]` has a bracket of its own.
            case UInt8(ascii: "["):
                if at < pattern.count, [UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "=")].contains(pattern[at]) {
                    return false
                }
            case UInt8(ascii: "]"): return true
            default: break
            }
        }
        return false
    }
}
