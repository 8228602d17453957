/// The local names that feeds use, in lower case, interned so that the reader compares numbers.
enum ElementName: UInt8, CaseIterable {
    case other
    // Structure.
    case rss, rdf, feed, channel, item, entry, source, head, items
    // Texts.
    case title, subtitle, tagline, description, abstract, summary, content, encoded, body, div, fullitem, text, info
    case browserfriendly, rights, copyright, license
    // Identity and links.
    case id, guid, identifier, link, origlink, comments, commentrss, enclosure, docs, icon, logo, image, thumbnail, url
    case href
    // Dates.
    case date, pubdate, published, issued, available, created, modified, updated, lastbuilddate, expirationdate, valid
    // People.
    case author, creator, managingeditor, webmaster, contributor, publisher, owner, name, email, uri, homepage
    // Tags.
    case category, subject, keywords, tags, tag
    // The feed.
    case language, generator, generatoragent, ttl, skiphours, skipdays, hour, day, cloud, textinput, width, height
    case updateperiod, updatefrequency, updatebase
    // Modules.
    case group, block, explicit, duration, episode, season, episodetype, type, complete, newfeedurl, total, point, lat
    case long, pos, credit, player

    /// The name of a range of bytes, whatever its case; `-` and `_` are read over.
    static func of(_ bytes: [UInt8], _ range: Range<Int>) -> ElementName {
        guard range.count <= Table.longest else { return .other }
        return Table.shared.find(Key(bytes.span.extracting(range)))
    }

    /// A name's letters as they are compared: in lower case, without `-` and `_`, eight to a word.
    private struct Key: Equatable {
        private var words: (UInt64, UInt64, UInt64) = (0, 0, 0)

        /// - Parameter name: at most 24 bytes.
        @inline(__always)
        init(_ name: Span<UInt8>) {
            // Most names are of eight letters at most, and nothing else.
            if name.count <= 8, name.count > 0, let word = Self.letters(name) {
                words.0 = word
                return
            }
            var count = 0
            for place in name.indices {
                var byte = name[place]
                if byte &- 0x41 < 26 { byte |= 0x20 }
                if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") { continue }
                if count & 7 == 0, count > 0 { words = (0, words.0, words.1) }
                words.0 = words.0 << 8 | UInt64(byte)
                count &+= 1
            }
        }

        /// Up to eight bytes as the loop above puts them together; nil where one is no letter.
        @inline(__always)
        private static func letters(_ name: Span<UInt8>) -> UInt64? {
            var word: UInt64 = 0
            var others: UInt8 = 0
            for place in name.indices {
                let letter = name[unchecked: place] | 0x20
                others |= letter &- 0x61 < 26 ? 0 : 1
                word = word << 8 | UInt64(letter)
            }
            return others == 0 ? word : nil
        }

        static func == (a: Key, b: Key) -> Bool { a.words == b.words }

        /// Multiplied by the golden ratio and an odd number, of which the high bits depend on all of the key (Knuth, 6.4).
        var hash: Int {
            let mixed = (words.0 ^ words.1 &* 0x9E37_79B9_7F4A_7C15 ^ words.2) &* 0xD6E8_FEB8_6659_FD93
            return Int(truncatingIfNeeded: mixed >> 55)
        }
    }

    /// An open-addressed table from spelling to case, made at first use; about 3 KB.
    private struct Table: Sendable {
        static let shared = Table()
        static let longest = 24
        static let mask = 511

        /// Raw values; 0 for an empty slot.
        private var slots = [UInt8](repeating: 0, count: 512)
        /// By raw value.
        private var keys: [Key] = []

        init() {
            for name in ElementName.allCases {
                let spelling = Array("\(name)".utf8)
                let key = Key(spelling.span)
                keys.append(key)
                guard name != .other else { continue }
                var slot = key.hash
                while slots[slot] != 0 { slot = (slot + 1) & Self.mask }
                slots[slot] = name.rawValue
            }
        }

        func find(_ key: Key) -> ElementName {
            var slot = key.hash
            while true {
                let found = slots[slot]
                if found == 0 { return .other }
                if keys[Int(found)] == key { return ElementName(rawValue: found) ?? .other }
                slot = (slot &+ 1) & Self.mask
            }
        }
    }
}
