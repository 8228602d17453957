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
    public var contentKey: UInt32 { Self.contentKey(content) }

    static func contentKey(_ content: String) -> UInt32 { UInt32(truncatingIfNeeded: number(content)) }

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
        self.init(key: SHA256.key(text), text: text, urlKey: 0, canonicalURL: canonicalURL, content: content)
    }

    /// The identities of all items of a document, in its order.
    ///
    /// An item is its identifier; where several share one, identifier and URL; and where that does not tell them apart
    /// either, or there is neither, its content.
    /// - Parameter home: the canonical URL of the site's start page, which is no item's own.
    public static func all(_ items: [Traits], home: String? = nil) -> [ItemIdentity] {
        // By keys, which are wanted anyway: texts of one key are one to ``KnownItems`` too.
        let names = items.map { $0.id.map(Self.name) }
        let nameKeys = names.map { $0.map(SHA256.key) }
        let urlKeys = items.map { $0.canonicalURL.map(SHA256.key) }
        let sharedNames = shared(nameKeys)
        let sharedURLs = shared(urlKeys)
        var pairUses: [String: Int] = [:]
        // Made only where identifiers do not suffice, which is rare.
        if !sharedNames.isEmpty { for item in items { pairUses[item.pair, default: 0] += 1 } }
        var identities: [ItemIdentity] = []
        identities.reserveCapacity(items.count)
        for place in items.indices {
            let url = items[place].canonicalURL
            let urlKey = urlKeys[place].flatMap { sharedURLs.contains($0) || url == home ? nil : $0 }
            let text: String
            var key: UInt64?
            if let name = names[place], let nameKey = nameKeys[place], !sharedNames.contains(nameKey) {
                (text, key) = (name, nameKey)
            } else if items[place].id == nil, let url, urlKey != nil {
                text = "url:" + url
            } else if items[place].id != nil, url != nil, pairUses[items[place].pair] == 1 {
                text = "pair:" + items[place].pair
            } else {
                text = "content:" + items[place].pair + " " + items[place].content
            }
            identities.append(
                ItemIdentity(
                    key: key ?? SHA256.key(text), text: text, urlKey: urlKey.map { max(1, $0) } ?? 0, canonicalURL: url,
                    content: items[place].content))
        }
        return identities
    }

    private init(key: UInt64, text: String, urlKey: UInt64, canonicalURL: String?, content: String) {
        self.key = key
        self.text = text
        self.urlKey = urlKey
        self.canonicalURL = canonicalURL
        self.content = content
    }

    /// `guid:` and the identifier, in one piece.
    private static func name(_ id: String) -> String {
        let prefix: StaticString = "guid:"
        return String(unsafeUninitializedCapacity: prefix.utf8CodeUnitCount + id.utf8.count) { room in
            let start = prefix.withUTF8Buffer { room.initialize(fromContentsOf: $0) }
            return room[start...].initialize(from: id.utf8).index
        }
    }

    /// The keys that stand there more than once.
    private static func shared(_ keys: [UInt64?]) -> Set<UInt64> {
        let sorted = keys.compactMap { $0 }.sorted()
        var shared: Set<UInt64> = []
        for place in sorted.indices.dropFirst() where sorted[place] == sorted[place - 1] {
            shared.insert(sorted[place])
        }
        return shared
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
