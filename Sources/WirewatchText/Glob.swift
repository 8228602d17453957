/// A pattern of paths, of files or of URLs: `*`, `?`, `[a-z]`, `[!a-z]`, `{a,b}`, and `**` across folders.
///
/// Matched by following all possibilities at once, so the time is the product of the lengths and nothing worse. ASCII
/// letters match in either case. A backslash takes the next character literally.
public struct Glob: Sendable, Hashable {
    /// Why a text is no glob.
    public struct Mistake: Error, Sendable, CustomStringConvertible {
        public var description: String
    }

    private enum Token: Sendable, Hashable {
        case literal(Unicode.Scalar)
        /// One character but `/`.
        case any
        /// Any run without `/`.
        case star
        /// Any run.
        case deep
        /// Any number of whole folders, each with its `/`.
        case folders
        case set([ClosedRange<Unicode.Scalar>], negated: Bool)
    }

    /// As written.
    public let text: String
    /// One for each choice of the braces.
    private let alternatives: [[Token]]
    /// Whether it is matched with the path rather than with the name alone.
    private let isPath: Bool

    /// A glob without `/` inside is matched with the last part of a path, any other with all of it; a `/` at its ends is left out.
    public init(_ text: String) throws(Mistake) {
        self.text = text
        guard !text.isEmpty else { throw Mistake(description: "an empty glob matches nothing; remove it") }
        var pattern = Array(text.unicodeScalars)
        if pattern.starts(with: "./".unicodeScalars) { pattern.removeFirst(2) }
        isPath = pattern.dropLast().contains("/")
        if pattern.first == "/" { pattern.removeFirst() }
        if pattern.last == "/" { pattern.removeLast() }
        var parsed: [[Token]] = []
        for choice in try Self.expand(pattern, in: text) { parsed.append(try Self.parse(choice, in: text)) }
        alternatives = parsed
    }

    /// Whether a path matches; it begins without `/`.
    public func matches(_ path: String) -> Bool {
        var scalars = Array(path.unicodeScalars)
        if !isPath, let slash = scalars.lastIndex(of: "/") { scalars.removeFirst(slash + 1) }
        return alternatives.contains { Self.match($0, scalars) }
    }

    // MARK: - Matching

    private static func match(_ tokens: [Token], _ path: [Unicode.Scalar]) -> Bool {
        var active = [Bool](repeating: false, count: tokens.count + 1)
        enter(0, tokens, &active)
        for scalar in path {
            var next = [Bool](repeating: false, count: tokens.count + 1)
            for (at, token) in tokens.enumerated() where active[at] {
                switch token {
                case .literal(let wanted):
                    if fold(scalar) == fold(wanted) { enter(at + 1, tokens, &next) }
                case .any:
                    if scalar != "/" { enter(at + 1, tokens, &next) }
                case .star:
                    if scalar != "/" { enter(at, tokens, &next) }
                case .deep:
                    enter(at, tokens, &next)
                case .folders:
                    next[at] = true
                    if scalar == "/" { enter(at + 1, tokens, &next) }
                case .set(let ranges, let negated):
                    let found = ranges.contains {
                        $0.contains(scalar) || $0.contains(fold(scalar)) || $0.contains(raise(scalar))
                    }
                    if scalar != "/", found != negated { enter(at + 1, tokens, &next) }
                }
            }
            active = next
        }
        return active[tokens.count]
    }

    /// Marks a place of the pattern, and those beyond it that need nothing to be reached.
    private static func enter(_ place: Int, _ tokens: [Token], _ active: inout [Bool]) {
        var at = place
        while !active[at] {
            active[at] = true
            guard at < tokens.count else { return }
            switch tokens[at] {
            case .star, .deep, .folders: at += 1
            default: return
            }
        }
    }

    private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
    }

    private static func raise(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        ("a"..."z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) - 32) : scalar
    }

    // MARK: - Parsing

    /// Writes out the choices of `{a,b}`, from left to right; braces do not nest.
    private static func expand(_ pattern: [Unicode.Scalar], in text: String) throws(Mistake) -> [[Unicode.Scalar]] {
        var done: [[Unicode.Scalar]] = [[]]
        var at = 0
        while at < pattern.count {
            guard pattern[at] == "{" else {
                let length = pattern[at] == "\\" && at + 1 < pattern.count ? 2 : 1
                for index in done.indices { done[index] += pattern[at..<at + length] }
                at += length
                continue
            }
            guard let end = pattern[at...].firstIndex(of: "}") else {
                throw Mistake(description: "the glob '\(text)' has a '{' without its '}'")
            }
            let choices = pattern[(at + 1)..<end].split(separator: ",", omittingEmptySubsequences: false)
            guard !choices.contains(where: { $0.contains("{") }) else {
                throw Mistake(description: "the glob '\(text)' has braces inside braces; write two globs")
            }
            guard done.count * choices.count <= 256 else {
                throw Mistake(description: "the glob '\(text)' has more than 256 choices; write several globs")
            }
            done = done.flatMap { start in choices.map { start + $0 } }
            at = end + 1
        }
        return done
    }

    private static func parse(_ pattern: [Unicode.Scalar], in text: String) throws(Mistake) -> [Token] {
        var tokens: [Token] = []
        var at = 0
        while at < pattern.count {
            let scalar = pattern[at]
            at += 1
            switch scalar {
            case "?": tokens.append(.any)
            case "*":
                var stars = 1
                while at < pattern.count, pattern[at] == "*" {
                    stars += 1
                    at += 1
                }
                let startsName = at - stars == 0 || pattern[at - stars - 1] == "/"
                if stars > 1, startsName, at < pattern.count, pattern[at] == "/" {
                    tokens.append(.folders)
                    at += 1
                } else {
                    tokens.append(stars > 1 ? .deep : .star)
                }
            case "[": tokens.append(try set(pattern, &at, in: text))
            case "\\" where at < pattern.count:
                tokens.append(.literal(pattern[at]))
                at += 1
            default: tokens.append(.literal(scalar))
            }
        }
        return tokens
    }

    /// Reads `a-z]` behind its `[`; a `]` in the first place stands for itself.
    private static func set(_ pattern: [Unicode.Scalar], _ at: inout Int, in text: String) throws(Mistake) -> Token {
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        let negated = at < pattern.count && (pattern[at] == "!" || pattern[at] == "^")
        if negated { at += 1 }
        let start = at
        while at < pattern.count, pattern[at] != "]" || at == start {
            let low = pattern[at]
            var high = low
            if at + 2 < pattern.count, pattern[at + 1] == "-", pattern[at + 2] != "]" {
                high = pattern[at + 2]
                at += 2
            }
            guard low <= high else {
                throw Mistake(description: "the glob '\(text)' has the range '\(low)-\(high)', which runs backwards")
            }
            ranges.append(low...high)
            at += 1
        }
        guard at < pattern.count else {
            throw Mistake(description: "the glob '\(text)' has a '[' without its ']'")
        }
        at += 1
        return .set(ranges, negated: negated)
    }
}
