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

    /// The bytes that ``of(_:_:)`` compares: the case's own name.
    fileprivate var spelling: [UInt8] { Array("\(self)".utf8) }

    /// The name of a range of bytes, whatever its case; `-` and `_` are read over.
    static func of(_ bytes: [UInt8], _ range: Range<Int>) -> ElementName {
        let table = Table.shared
        guard range.count <= Table.longest else { return .other }
        var hash: UInt32 = 0
        for at in range {
            let byte = Table.folded(bytes[at])
            if byte != 0 { hash = hash &* 31 &+ UInt32(byte) }
        }
        var slot = Int(hash & Table.mask)
        while true {
            let found = table.slots[slot]
            if found == 0 { return .other }
            if table.matches(Int(found), bytes, range) { return ElementName(rawValue: found) ?? .other }
            slot = (slot &+ 1) & Int(Table.mask)
        }
    }

    /// An open-addressed table from spelling to case, made at first use; about 3 KB.
    private struct Table: Sendable {
        static let shared = Table()
        static let longest = 24
        static let mask: UInt32 = 511

        /// Raw values; 0 for an empty slot.
        var slots = [UInt8](repeating: 0, count: 512)
        private var spellings: [UInt8] = []
        /// Where each raw value's spelling ends; it begins where the one before ends.
        private var ends: [Int] = []

        init() {
            for name in ElementName.allCases {
                let spelling = name.spelling
                spellings += spelling
                ends.append(spellings.count)
                guard name != .other else { continue }
                var slot = Int(spelling.reduce(UInt32(0)) { $0 &* 31 &+ UInt32($1) } & Self.mask)
                while slots[slot] != 0 { slot = (slot + 1) & Int(Self.mask) }
                slots[slot] = name.rawValue
            }
        }

        /// The byte in lower case; 0 for one that does not count.
        @inline(__always)
        static func folded(_ byte: UInt8) -> UInt8 {
            if byte &- 0x41 < 26 { return byte | 0x20 }
            return byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") ? 0 : byte
        }

        func matches(_ value: Int, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
            var at = ends[value &- 1]
            let end = ends[value]
            for place in range {
                let byte = Self.folded(bytes[place])
                if byte == 0 { continue }
                guard at < end, spellings[at] == byte else { return false }
                at &+= 1
            }
            return at == end
        }
    }
}
