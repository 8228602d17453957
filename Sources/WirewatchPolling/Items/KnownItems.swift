/// The items of a source that were seen, small enough to be kept for ten thousand sources: 25 bytes each.
public struct KnownItems: Sendable, Equatable {
    /// What is known of one item.
    public struct Entry: Sendable, Equatable {
        /// Of the canonical URL; 0 when it does not tell the item from others.
        public var url: UInt64
        /// Of title and text.
        public var content: UInt32
        /// The document that the item was last in.
        public var seen: UInt32
        /// How often it was yielded; a publisher's text that differs at each poll is no news for ever.
        public var versions: UInt8

        public init(url: UInt64, content: UInt32, seen: UInt32, versions: UInt8) {
            self.url = url
            self.content = content
            self.seen = seen
            self.versions = versions
        }
    }

    /// Items are forgotten when so many documents with news have come without them.
    public static let documentsKept: UInt32 = 200
    /// Items kept beyond those of the newest document.
    public static let spare = 2000
    /// More versions of one item are not yielded.
    public static let mostVersions: UInt8 = 20
    /// Under this key they are in a source's state.
    public static let key = "items"

    public private(set) var entries: [UInt64: Entry] = [:]
    private var keyOfURL: [UInt64: UInt64] = [:]

    public init() {}

    /// Makes room for so many more items, in one step.
    public mutating func reserve(_ count: Int) {
        entries.reserveCapacity(entries.count + count)
        keyOfURL.reserveCapacity(keyOfURL.count + count)
    }

    /// The key and entry of an item, by its own key or else by its URL: publishers change identifiers.
    public func find(key: UInt64, url: UInt64) -> (key: UInt64, entry: Entry)? {
        if let entry = entries[key] { return (key, entry) }
        guard url != 0, let other = keyOfURL[url], let entry = entries[other] else { return nil }
        return (other, entry)
    }

    /// The key and entry of the item that has a canonical URL.
    public func find(url: UInt64) -> (key: UInt64, entry: Entry)? {
        guard url != 0, let key = keyOfURL[url], let entry = entries[key] else { return nil }
        return (key, entry)
    }

    public subscript(key: UInt64) -> Entry? {
        get { entries[key] }
        set {
            if let old = entries[key], keyOfURL[old.url] == key { keyOfURL[old.url] = nil }
            entries[key] = newValue
            if let newValue, newValue.url != 0 { keyOfURL[newValue.url] = key }
        }
    }

    /// Forgets what has long not been seen.
    public mutating func prune(document: UInt32, items: Int) {
        for (key, entry) in entries where document &- entry.seen > Self.documentsKept && document > entry.seen {
            self[key] = nil
        }
        let surplus = entries.count - items - Self.spare
        guard surplus > 0 else { return }
        let byAge = entries.sorted { ($0.value.seen, $0.key) < ($1.value.seen, $1.key) }
        for (key, _) in byAge.prefix(surplus) { self[key] = nil }
    }

    // MARK: Encoding

    private static let version: UInt8 = 1
    private static let size = 25

    /// As it is stored.
    public var encoded: [UInt8] {
        let count = 1 + entries.count * Self.size
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            // Every field lies within the room asked for, one after the other.
            let room = UnsafeMutableRawBufferPointer(buffer)
            room[0] = Self.version
            var at = 1
            for (key, entry) in entries.sorted(by: { $0.key < $1.key }) {
                room.storeBytes(of: key.littleEndian, toByteOffset: at, as: UInt64.self)
                room.storeBytes(of: entry.url.littleEndian, toByteOffset: at + 8, as: UInt64.self)
                room.storeBytes(of: entry.content.littleEndian, toByteOffset: at + 16, as: UInt32.self)
                room.storeBytes(of: entry.seen.littleEndian, toByteOffset: at + 20, as: UInt32.self)
                room[at + 24] = entry.versions
                at += Self.size
            }
            initialized = count
        }
    }

    /// Reads what ``encoded`` writes; nil for anything else.
    public init?(encoded bytes: [UInt8]) {
        guard bytes.first == Self.version, (bytes.count - 1).isMultiple(of: Self.size) else { return nil }
        var at = 1
        func read<Value: FixedWidthInteger>(_ type: Value.Type) -> Value {
            var value: Value = 0
            for place in 0..<(Value.bitWidth / 8) {
                value |= Value(truncatingIfNeeded: bytes[at + place]) << (8 * place)
            }
            at += Value.bitWidth / 8
            return value
        }
        reserve(bytes.count / Self.size)
        while at < bytes.count {
            let key = read(UInt64.self)
            self[key] = Entry(
                url: read(UInt64.self), content: read(UInt32.self), seen: read(UInt32.self), versions: read(UInt8.self))
        }
    }
}
