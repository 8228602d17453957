import WirewatchDigest

/// What tells an item from the others of its document, now and at later polls.
public struct ItemIdentity: Sendable, Equatable {
    /// For ``KnownItems``.
    public var key: UInt64
    /// The same as text; becomes part of the document's identity.
    public var text: String
    /// The canonical URL's, if no other item has it; else 0.
    public var urlKey: UInt64
    public var canonicalURL: String?
    /// A digest of title and text without markup: what makes a version.
    public var content: String

    /// What ``KnownItems`` keep of ``content``.
    public var contentKey: UInt32 { UInt32(truncatingIfNeeded: Self.number(content)) }

    /// What a document says of an item, as far as it tells it from others.
    public struct Traits: Sendable {
        /// The identifier that its publisher gives it.
        public var id: String?
        public var canonicalURL: String?
        /// ``ItemIdentity/digest(title:text:)``, or any other digest in hexadecimal digits.
        public var content: String

        public init(id: String? = nil, canonicalURL: String?, content: String) {
            self.id = id
            self.canonicalURL = canonicalURL
            self.content = content
        }

        fileprivate var pair: String { "\(id ?? "") \(canonicalURL ?? "")" }
    }

    /// An identity by a text alone: an item of which there is one under that name.
    public init(_ text: String, canonicalURL: String? = nil, content: String) {
        key = SHA256.key(text)
        self.text = text
        urlKey = 0
        self.canonicalURL = canonicalURL
        self.content = content
    }

    /// The identities of all items of a document, in its order.
    ///
    /// An item is its identifier; where several share one, identifier and URL; and where that does not tell them apart
    /// either, or there is neither, its content.
    /// - Parameter home: the canonical URL of the site's start page, which is no item's own.
    public static func all(_ items: [Traits], home: String? = nil) -> [ItemIdentity] {
        var idUses: [String: Int] = [:]
        var urlUses: [String: Int] = [:]
        var pairUses: [String: Int] = [:]
        idUses.reserveCapacity(items.count)
        urlUses.reserveCapacity(items.count)
        for item in items {
            if let id = item.id { idUses[id, default: 0] += 1 }
            if let url = item.canonicalURL { urlUses[url, default: 0] += 1 }
        }
        // Made only where identifiers do not suffice, which is rare.
        if items.contains(where: { $0.id.map { idUses[$0] != 1 } ?? false }) {
            for item in items { pairUses[item.pair, default: 0] += 1 }
        }
        return items.map { item in
            let url = item.canonicalURL
            let isOwnURL = url.map { urlUses[$0] == 1 && $0 != home } ?? false
            let text: String
            if let id = item.id, idUses[id] == 1 {
                text = "guid:" + id
            } else if item.id == nil, let url, isOwnURL {
                text = "url:" + url
            } else if item.id != nil, url != nil, pairUses[item.pair] == 1 {
                text = "pair:" + item.pair
            } else {
                text = "content:" + item.pair + " " + item.content
            }
            var identity = ItemIdentity(text, canonicalURL: url, content: item.content)
            identity.urlKey = isOwnURL ? url.map { max(1, SHA256.key($0)) } ?? 0 : 0
            return identity
        }
    }

    /// A digest of what makes a version of an item: 32 hexadecimal digits.
    public static func digest(title: String, text: String) -> String { digest(title: title, text: Array(text.utf8)) }

    /// The same of a text in UTF-8.
    public static func digest(title: String, text: [UInt8]) -> String {
        SHA256.identifier(title, text)
    }

    /// A 64-bit key of a text, the same in every process.
    public static func key(of text: String) -> UInt64 { SHA256.key(text) }

    /// The first 16 of an identifier's hexadecimal digits.
    private static func number(_ identifier: String) -> UInt64 {
        var identifier = identifier
        return identifier.withUTF8 { digits in
            var number: UInt64 = 0
            for digit in digits.prefix(16) {
                number = number << 4 | UInt64(digit < 0x3A ? digit &- 0x30 : digit &- 0x57)
            }
            return number
        }
    }
}
