/// Finds what a misspelt word was meant to be, for messages about mistakes in options.
public enum Spelling {
    /// `; did you mean 'threshold'?`, or nothing when no word is close.
    public static func hint(_ word: String, among words: [String]) -> String {
        closest(word, among: words).map { "; did you mean '\($0)'?" } ?? ""
    }

    /// The one of the words that is at most three slips away, or that begins with the word alone; nil when there is none.
    public static func closest(_ word: String, among words: [String]) -> String? {
        // Longer words are no words, and the distance is quadratic.
        guard word.utf8.count <= 64 else { return nil }
        let folded = fold(word)
        let limit = max(1, min(3, folded.count / 3))
        let near = words.map { (word: $0, distance: distance(folded, fold($0))) }
            .filter { $0.distance <= limit }
        if let nearest = near.min(by: { $0.distance < $1.distance }) { return nearest.word }
        // Cut short: `warn` for `warning`.
        let longer = words.filter { folded.count >= 3 && fold($0).starts(with: folded) }
        return longer.count == 1 ? longer[0] : nil
    }

    /// Case and the choice between `-`, `_` and space are the likeliest slips, and cost nothing.
    private static func fold(_ word: String) -> [UInt8] {
        word.lowercased().utf8.map { $0 == 0x2D || $0 == 0x20 ? 0x5F : $0 }
    }

    /// Optimal string alignment: insertions, deletions, substitutions, swaps of neighbours.
    public static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var before: [Int] = []
        var row = Array(0...b.count)
        for i in 0..<a.count {
            var next = [i + 1]
            for j in 0..<b.count {
                var cost = min(row[j] + (a[i] == b[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
                next.append(cost)
            }
            (before, row) = (row, next)
        }
        return row[b.count]
    }
}
