/// Finds the name under which a publication speaks of itself.
enum SelfMention {
    /// The publication's name, when the text leaves no doubt: sources "told the Example Times", the note says that the
    /// Example Times publishes a series, and one such name occurs at least twice.
    static func site(in body: String, note: String?) -> String? {
        var counts: [String: Int] = [:]
        var order: [String] = []
        for text in [note ?? "", body] {
            let bytes = Array(text.utf8)
            for lead in leads {
                var at = 0
                while let found = bytes.find(lead, from: at) {
                    at = found + lead.utf8CodeUnitCount
                    guard let name = name(bytes, at) else { continue }
                    if counts[name] == nil { order.append(name) }
                    counts[name, default: 0] += 1
                }
            }
        }
        let candidates = order.filter { counts[$0, default: 0] >= 2 }
        return candidates.count == 1 ? candidates[0] : nil
    }

    private static let leads: [StaticString] = [
        "told the ", "told ", ", the ", "informed the ", "interview with the ", "interview with ",
    ]

    /// A run of capitalized words that ends in a word that publications end in.
    private static func name(_ bytes: [UInt8], _ start: Int) -> String? {
        var at = start
        var words: [String] = []
        while words.count < 5, at < bytes.count, bytes[at] &- 0x41 < 26 {
            var end = at
            while end < bytes.count, (bytes[end] | 0x20) &- 0x61 < 26 || bytes[end] >= 0x80 { end += 1 }
            let word = String(decoding: bytes[at..<end], as: UTF8.self)
            words.append(word)
            if words.count >= 2, endings.contains(word) { return words.joined(separator: " ") }
            guard end < bytes.count, bytes[end] == 0x20 else { return nil }
            at = end + 1
        }
        return nil
    }

    private static let endings: Set<String> = [
        "Times", "News", "Post", "Daily", "Journal", "Tribune", "Herald", "Review", "Gazette", "Telegraph", "Chronicle",
        "Observer",
        "Standard", "Examiner", "Bulletin", "Dispatch", "Courier", "Mirror", "Magazine", "Monitor",
    ]
}
