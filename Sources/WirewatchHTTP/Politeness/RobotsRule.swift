/// One `Allow` or `Disallow` line: a prefix of paths, in which `*` stands for anything and a last `$` for the end.
struct RobotsRule: Sendable {
    let isAllowed: Bool
    /// How specific the rule is (RFC 9309, 2.2.2: the match of most octets).
    private let length: Int
    /// The literal pieces between the stars.
    private let pieces: [[UInt8]]
    private let isAnchored: Bool
    /// `Allow: /folder/index.html` allows `/folder/` as well, for the reference parser.
    private let folder: [UInt8]?

    init(pattern: [UInt8], isAllowed: Bool) {
        self.isAllowed = isAllowed
        var encoded: [UInt8] = []
        for byte in pattern {
            if byte >= 0x80 { URLParser.appendEncoded(byte, to: &encoded) } else { encoded.append(byte) }
        }
        encoded = PercentCoding.normalized(encoded)
        length = encoded.count
        var body = encoded[...]
        isAnchored = body.last == UInt8(ascii: "$")
        if isAnchored { body.removeLast() }
        pieces = body.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
        let index = Array("/index.htm".utf8)
        if isAllowed, let slash = encoded.lastIndex(of: UInt8(ascii: "/")), encoded[slash...].starts(with: index),
            !encoded.contains(UInt8(ascii: "*"))
        {
            folder = Array(encoded[...slash])
        } else {
            folder = nil
        }
    }

    /// The rule's length if it matches; the leftmost place for each piece is always right, so no backtracking is needed.
    func match(_ path: [UInt8]) -> Int? {
        if let folder, folder == path { return folder.count + 1 }
        var at = 0
        for (number, piece) in pieces.enumerated() {
            let isLast = number == pieces.count - 1
            if number == 0 {
                guard path.starts(with: piece) else { return nil }
                at = piece.count
                if isLast, isAnchored, at != path.count { return nil }
            } else if isLast, isAnchored {
                guard path.count - at >= piece.count, path.suffix(piece.count).elementsEqual(piece) else { return nil }
            } else {
                guard let found = Self.find(piece, in: path, from: at) else { return nil }
                at = found + piece.count
            }
        }
        return length
    }

    private static func find(_ piece: [UInt8], in path: [UInt8], from start: Int) -> Int? {
        guard let first = piece.first else { return start }
        guard path.count - start >= piece.count else { return nil }
        for place in start...(path.count - piece.count) where path[place] == first {
            var length = 1
            while length < piece.count, path[place + length] == piece[length] { length += 1 }
            if length == piece.count { return place }
        }
        return nil
    }
}
