import Glibc
import WirewatchKit

/// Articles of a length, from a file of texts, a line each, or made of sentences with the names and words of technology news.
struct Articles {
    let all: [Article]

    init(bytes: Int, count: Int, from lines: [String]) {
        var dice = Dice(7)
        var next = 0
        all = (0..<count).map { _ in
            var title = ""
            var body = ""
            while body.utf8.count < bytes {
                let piece: String
                if lines.isEmpty {
                    piece = Self.paragraph(&dice)
                } else {
                    piece = lines[next % lines.count]
                    next += 1
                }
                if title.isEmpty { title = String(piece.prefix(70)) }
                body += body.isEmpty ? piece : "\n\n" + piece
            }
            return Self.article(title, String(decoding: body.utf8.prefix(bytes), as: UTF8.self))
        }
    }

    private init(_ all: [Article]) { self.all = all }

    /// The same articles with their bodies so many times over: more words, and nothing new in them.
    func longer(_ times: Int) -> Articles {
        Articles(
            all.map { article in
                Self.article(article.title, [String](repeating: article.body, count: times).joined(separator: "\n\n"))
            })
    }

    /// Megabytes of title and body.
    var megabytes: Double {
        Double(all.reduce(0) { $0 + $1.title.utf8.count + $1.body.utf8.count }) / 1e6
    }

    private static func article(_ title: String, _ body: String) -> Article {
        var article = Article()
        article.id = "0"
        article.title = title
        article.body = body
        article.language = "en"
        article.tags = ["technology", "industry"]
        article.captions = [Caption(text: "A worker beside one of the machines.")]
        return article
    }

    private static func paragraph(_ dice: inout Dice) -> String {
        (0..<Int.random(in: 3...5, using: &dice)).map { _ in sentence(&dice) }.joined(separator: " ")
    }

    private static func sentence(_ dice: inout Dice) -> String {
        var text = ""
        for word in (sentences.randomElement(using: &dice) ?? "").split(separator: " ") {
            if !text.isEmpty { text += " " }
            switch word {
            case "NAME": text += names.randomElement(using: &dice) ?? ""
            case "THING": text += things.randomElement(using: &dice) ?? ""
            case "PLAIN": text += plain.randomElement(using: &dice) ?? ""
            default: text += word
            }
        }
        return text + "."
    }

    private static let sentences = [
        "The PLAIN plant on the edge of the city has outgrown its old halls and the PLAIN owners say that they will build again",
        "Analysts who follow NAME expect little from THING before the end of a PLAIN year",
        "Nobody in the room had seen so many visitors since the PLAIN days when the yard still built boats",
        "It took four years and a PLAIN patience to bring THING to the point where people could try it for themselves",
        "Sales rose by a tenth and the PLAIN stores were empty within a week of the announcement",
        "Critics say that NAME has promised as much before and that PLAIN neighbours were never asked",
        "Engineers walked guests past the benches where PLAIN hands still do what machines cannot",
        "A spokesperson for NAME declined to comment on THING or on what it costs",
        "What remains is a PLAIN question of who pays for it when the first grants run out next spring",
        "The team tried THING in three PLAIN towns and wrote down every failure in a book that anybody may read",
    ]
    private static let names = [
        "Nvidia", "Tesla", "the European Commission", "Waymo", "Huawei", "a small firm from Ghent", "the ministry",
        "OpenAI",
        "the owners", "Boston Dynamics", "their bank", "Rocket Lab",
    ]
    private static let things = [
        "the new battery cells", "a humanoid robot", "the chip", "their software", "quantum error correction",
        "the line",
        "a language model", "the second reactor", "robotaxis", "the network", "its foundry", "the vaccine",
        "the old scheme",
    ]
    private static let plain = [
        "long", "quiet", "narrow", "former", "patient", "wet", "northern", "careful", "early", "public", "heavy",
        "plain",
        "young", "double", "local", "recent", "simple", "empty", "broad", "steady",
    ]
}

/// Numbers that look random and are the same each time (SplitMix64, Steele et al., 2014).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
