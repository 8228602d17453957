import WirewatchFeeds
import WirewatchHTTP

/// Makes names for sources: from titles, in the form that the configuration allows, each once.
struct SourceNames {
    private var taken: Set<String>
    /// Names are cut between words when they get longer.
    private static let comfortable = 40
    private static let longest = 58

    init(taken: some Sequence<String>) { self.taken = Set(taken) }

    /// - Parameter title: the feed's; where nothing of it can stand in a name, the host of its address does.
    mutating func make(title: String, url: String) -> String {
        var base = Self.words(title)
        if base.utf8.count < 2 {
            let host = (try? HTTPURL(url))?.host ?? "feed"
            base = Self.words(host.hasPrefix("www.") ? String(host.dropFirst(4)) : host)
        }
        if base.isEmpty { base = "feed" }
        var name = base
        var number = 2
        while !taken.insert(name).inserted {
            name = "\(base)-\(number)"
            number += 1
        }
        return name
    }

    /// Letters and digits in lower case, everything between as one hyphen.
    private static func words(_ text: String) -> String {
        var out: [UInt8] = []
        var isBetween = false
        for scalar in text.unicodeScalars.prefix(400) {
            guard let letters = plain(scalar) else {
                // An apostrophe joins: `Robot's` is one word.
                if scalar != "'" && scalar != "\u{2019}" { isBetween = !out.isEmpty }
                continue
            }
            if isBetween {
                if out.count >= comfortable { break }
                out.append(UInt8(ascii: "-"))
                isBetween = false
            }
            out += letters
            if out.count > longest { break }
        }
        return String(decoding: out.prefix(longest), as: UTF8.self)
    }

    /// A Latin letter without its accents, or a digit.
    private static func plain(_ scalar: Unicode.Scalar) -> [UInt8]? {
        if scalar.isASCII {
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            if byte &- 0x30 < 10 || byte &- 0x61 < 26 { return [byte] }
            return byte &- 0x41 < 26 ? [byte | 0x20] : nil
        }
        switch scalar {
        case "ß": return Array("ss".utf8)
        case "æ", "Æ": return Array("ae".utf8)
        case "œ", "Œ": return Array("oe".utf8)
        case "ø", "Ø": return Array("o".utf8)
        case "đ", "Đ", "ð", "Ð": return Array("d".utf8)
        case "ł", "Ł": return Array("l".utf8)
        default:
            // `LATIN SMALL LETTER E WITH ACUTE`
            guard let name = scalar.properties.name, name.hasPrefix("LATIN ") else { return nil }
            let words = name.split(separator: " ")
            guard words.count > 4, words[2] == "LETTER", words[3].utf8.count == 1, words[4] == "WITH" else {
                return nil
            }
            return words[3].utf8.map { $0 | 0x20 }
        }
    }
}
