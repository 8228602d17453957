import WirewatchKit

/// The URLs that a site's sitemaps listed: 17 bytes each, in 64 shards, so that one new page changes a sixty-fourth of what
/// is stored.
///
/// A URL is kept as long as the sitemap that listed it last does; and for a month after, for news sitemaps list the last two
/// days alone and other sitemaps take over.
struct KnownURLs: Sendable {
    struct Entry: Sendable, Equatable {
        /// The sitemap that it was in last; see ``SitemapNode/id``.
        var owner: UInt16
        /// Its lastmod, in seconds since 1970; 0 when there is none.
        var modified: UInt32
        /// How often it was taken; 0 for one that was there before the source was.
        var versions: UInt8 = 0
        /// The day, since 1970, since which no sitemap lists it; 0 while one does.
        var orphaned: UInt16 = 0
    }

    static let prefix = "known/"
    /// More URLs are not known at once: then those that changed longest ago are forgotten, and taken for old if they are
    /// seen again.
    static let limit = 500_000
    static let daysKept: UInt16 = 30
    /// A page whose text differs at each visit is no news for ever.
    static let mostVersions: UInt8 = 20
    private static let shardCount = 64
    private static let version: UInt8 = 1
    private static let size = 17

    /// As they are stored.
    private var stored: [[UInt8]]
    /// Decoded while there is work.
    private var shards: [[UInt64: Entry]?]
    private var isChanged: [Bool]
    private(set) var count = 0
    /// The day of the last look at what can be forgotten.
    private var pruned: UInt16 = 0

    init(_ state: any StateReader) throws {
        stored = Array(repeating: [], count: Self.shardCount)
        shards = Array(repeating: nil, count: Self.shardCount)
        isChanged = Array(repeating: false, count: Self.shardCount)
        for (key, value) in try state.entries(prefix: Self.prefix) {
            guard let number = Int(key.dropFirst(Self.prefix.count)), stored.indices.contains(number),
                Self.isShard(value)
            else { continue }
            stored[number] = value
            count += value.count / Self.size
        }
    }

    subscript(key: UInt64) -> Entry? {
        mutating get { shard(key)[key] }
        set {
            let number = Self.number(key)
            let old = shard(key)[key]
            guard old != newValue else { return }
            count += (newValue == nil ? 0 : 1) - (old == nil ? 0 : 1)
            shards[number]?[key] = newValue
            isChanged[number] = true
        }
    }

    /// URLs that these sitemaps no longer list have no sitemap from `day` on.
    mutating func orphan(_ owners: Set<UInt16>, except listed: Set<UInt64> = [], day: UInt16) {
        guard !owners.isEmpty else { return }
        for number in stored.indices {
            for (key, entry) in decoded(number) where entry.orphaned == 0 && owners.contains(entry.owner) {
                guard !listed.contains(key) else { continue }
                shards[number]?[key]?.orphaned = max(1, day)
                isChanged[number] = true
            }
        }
    }

    /// Forgets what no sitemap has listed for long, and what is beyond the limit. Returns the keys, and when the newest of
    /// the latter changed.
    mutating func prune(day: UInt16) -> (keys: [UInt64], newest: UInt32) {
        let surplus = count - Self.limit
        guard day != pruned || surplus > 0 else { return ([], 0) }
        pruned = day
        var keys: [UInt64] = []
        var byAge: [(modified: UInt32, key: UInt64)] = []
        for number in stored.indices {
            for (key, entry) in decoded(number) {
                if entry.orphaned != 0, day > entry.orphaned, day - entry.orphaned > Self.daysKept {
                    keys.append(key)
                } else if surplus > 0, entry.modified > 0 {
                    byAge.append((entry.modified, key))
                }
            }
        }
        var newest: UInt32 = 0
        if surplus > keys.count {
            byAge.sort { $0 < $1 }
            for (modified, key) in byAge.prefix(surplus - keys.count) {
                newest = modified
                keys.append(key)
            }
        }
        for key in keys { self[key] = nil }
        return (keys, newest)
    }

    /// What is to be stored since the last call; lets go of what was decoded.
    mutating func changes() -> [StateChange] {
        var changes: [StateChange] = []
        for number in stored.indices {
            if isChanged[number], let shard = shards[number] {
                stored[number] = Self.encode(shard)
                isChanged[number] = false
                changes.append(
                    StateChange(key: Self.prefix + String(number), value: shard.isEmpty ? nil : stored[number]))
            }
            shards[number] = nil
        }
        return changes
    }

    // MARK: Shards

    private static func number(_ key: UInt64) -> Int { Int(key >> 58) }

    private mutating func shard(_ key: UInt64) -> [UInt64: Entry] { decoded(Self.number(key)) }

    private mutating func decoded(_ number: Int) -> [UInt64: Entry] {
        if let shard = shards[number] { return shard }
        let shard = Self.decode(stored[number])
        shards[number] = shard
        return shard
    }

    private static func isShard(_ bytes: [UInt8]) -> Bool {
        bytes.first == version && (bytes.count - 1).isMultiple(of: size)
    }

    private static func encode(_ shard: [UInt64: Entry]) -> [UInt8] {
        var bytes: [UInt8] = [version]
        bytes.reserveCapacity(1 + shard.count * size)
        func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
        }
        for (key, entry) in shard.sorted(by: { $0.key < $1.key }) {
            append(key)
            append(entry.owner)
            append(entry.modified)
            append(entry.versions)
            append(entry.orphaned)
        }
        return bytes
    }

    private static func decode(_ bytes: [UInt8]) -> [UInt64: Entry] {
        var shard: [UInt64: Entry] = [:]
        shard.reserveCapacity(bytes.count / size)
        var at = 1
        func read<Value: FixedWidthInteger>(_ type: Value.Type) -> Value {
            var value: Value = 0
            for place in 0..<(Value.bitWidth / 8) {
                value |= Value(truncatingIfNeeded: bytes[at + place]) << (8 * place)
            }
            at += Value.bitWidth / 8
            return value
        }
        while at + size <= bytes.count {
            let key = read(UInt64.self)
            shard[key] = Entry(
                owner: read(UInt16.self), modified: read(UInt32.self), versions: read(UInt8.self),
                orphaned: read(UInt16.self))
        }
        return shard
    }
}
