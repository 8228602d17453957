internal import WirewatchKit

/// `>= 100 million USD`: an operator, a number and perhaps a unit.
struct Comparison: Sendable, Hashable, CustomStringConvertible {
    enum Operator: String, Sendable {
        case atLeast = ">="
        case atMost = "<="
        case above = ">"
        case below = "<"
        case equal = "="
    }

    var op: Operator
    var number: Double
    /// As records have it: `%`, ISO 4217, or a noun.
    var unit: String?
    /// As it was written.
    var description: String

    /// What is wrong with a text that is no comparison, with an example.
    struct Mistake: Error, CustomStringConvertible { var description: String }

    /// A comparison with a whole number.
    init(_ op: Operator, _ number: Int) {
        self.op = op
        self.number = Double(number)
        description = "\(op.rawValue) \(number)"
    }

    init(_ text: String) throws(Mistake) {
        let example = "write an operator and a number, such as '>= 100 million USD' or '> 25 %'"
        guard case (let op, var rest)? = Self.splitOperator(text) else {
            throw Mistake(description: "'\(text)' is no comparison: it has no operator; \(example)")
        }
        var unit: String?
        for (sign, code) in Units.signs where rest.hasPrefix(sign) {
            unit = code
            rest = rest.dropFirst(sign.count).drop(while: \.isWhitespace)
            break
        }
        let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "," || $0 == "_") }
        guard var number = Self.number(digits) else {
            throw Mistake(description: "'\(text)' is no comparison: '\(rest)' is no number; \(example)")
        }
        rest = rest.dropFirst(digits.count).drop(while: \.isWhitespace)
        let word = rest.prefix { $0.isLetter }
        if let scale = Units.magnitude(String(word)) {
            number *= scale
            rest = rest.dropFirst(word.count).drop(while: \.isWhitespace)
        }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        if !rest.isEmpty {
            let (written, scale) = Units.canonical(String(rest))
            guard written.allSatisfy({ $0.isLetter || "%/. -_°²³".contains($0) }) else {
                throw Mistake(description: "'\(text)' is no comparison: '\(rest)' is no unit; \(example)")
            }
            if let sign = unit, sign != written {
                throw Mistake(description: "'\(text)' names two units, \(sign) and \(written); keep one")
            }
            unit = written
            number *= scale
        }
        self.op = op
        self.number = number
        self.unit = unit
        description = text
    }

    /// The operator at the start of a text and what follows it; nil when there is none.
    static func splitOperator(_ text: String) -> (op: Operator, rest: Substring)? {
        let text = Substring(text).drop(while: \.isWhitespace)
        let symbols: [(String, Operator)] = [
            (">=", .atLeast), ("≥", .atLeast), ("<=", .atMost), ("≤", .atMost), ("==", .equal), (">", .above),
            ("<", .below), ("=", .equal),
        ]
        guard let (symbol, op) = symbols.first(where: { text.hasPrefix($0.0) }) else { return nil }
        return (op, text.dropFirst(symbol.count).drop(while: \.isWhitespace))
    }

    /// `1,000,000`, `1_000.5`: commas only between groups of three digits.
    private static func number(_ digits: Substring) -> Double? {
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, parts.count <= 2 else { return nil }
        let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
        guard let first = groups.first, !first.isEmpty, groups.count == 1 || first.count <= 3,
            groups.dropFirst().allSatisfy({ $0.count == 3 }), parts.count == 1 || !parts[1].contains(",")
        else { return nil }
        return Double(digits.replacing(",", with: "").replacing("_", with: ""))
    }

    func holds(_ value: Double) -> Bool {
        switch op {
        case .atLeast: value >= number
        case .atMost: value <= number
        case .above: value > number
        case .below: value < number
        case .equal: value == number
        }
    }

    /// Whether an amount, multiplied by `scale`, meets the comparison. Of a range, `>=` and `>` look at the upper end that was named, `<=` and
    /// `<` at the lower, and `=` at everything between.
    func holds(_ amount: Amount, scale: Double = 1) -> Bool {
        let (low, high) = (amount.low.map { $0 * scale }, amount.high.map { $0 * scale })
        return switch op {
        case .atLeast, .above: (high ?? low).map(holds) ?? false
        case .atMost, .below: (low ?? high).map(holds) ?? false
        case .equal: (low ?? number) <= number && number <= (high ?? number)
        }
    }
}
