internal import WirewatchKit

/// The state of the stage: a log of what each article was reduced to and which story it joined, in chunks, and the table of
/// term frequencies.
///
/// Everything else follows from these. Keys: `meta`; `frequencies`, as they were when the last chunk was full; `counted`, the
/// buckets counted since; `log:` and a number, ``chunkSize`` entries each. An entry costs some 200 to 350 bytes. A chunk
/// goes when all its articles' stories are closed.
struct StoryJournal {
    /// 2 since words are cut to a prefix: terms of the first have other hashes.
    static let version: UInt8 = 2
    static let chunkSize = 32

    struct Meta {
        var firstChunk: UInt32 = 0
        var openChunk: UInt32 = 0
        var oldest: UInt32 = 0
        /// The latest arrival so far, in milliseconds.
        var clock: Int64 = .min
    }

    var meta = Meta()
    private var open: [UInt8] = []
    private var openCount = 0
    private var openKey = (chunk: UInt32.max, key: "")
    private var openNewest: UInt32 = 0
    private var counted: [UInt8] = []
    /// The newest story of each full chunk, from ``Meta/firstChunk`` on.
    private var newest: [UInt32] = []
    private var newestStart = 0

    // MARK: Writing

    /// Records an article, with the frequencies after it and the buckets that it counted.
    mutating func append(
        _ entry: StoryIndex.Entry, _ vector: borrowing ArticleVector, counting terms: UnsafeBufferPointer<CountedTerm>,
        _ frequencies: TermFrequencies, to state: any StateAccess
    ) {
        Self.encode(entry, vector, to: &open)
        openCount += 1
        openNewest = max(openNewest, entry.story)
        Self.encode(terms, to: &counted)
        if openKey.chunk != meta.openChunk { openKey = (meta.openChunk, Self.key(meta.openChunk)) }
        state.set(openKey.key, open)
        if openCount == Self.chunkSize {
            newest.append(openNewest)
            meta.openChunk += 1
            open.removeAll(keepingCapacity: true)
            openCount = 0
            openNewest = 0
            counted.removeAll(keepingCapacity: true)
            var bytes: [UInt8] = []
            bytes.reserveCapacity(4 + frequencies.counts.count * 2)
            bytes.append(little: frequencies.articles.bitPattern)
            bytes.append(little: frequencies.counts)
            state.set("frequencies", bytes)
        }
        state.set("counted", counted)
        meta.oldest = max(meta.oldest, entry.oldest)
        dropClosed(state)
        var bytes: [UInt8] = [Self.version]
        bytes.append(little: meta.firstChunk)
        bytes.append(little: meta.openChunk)
        bytes.append(little: meta.oldest)
        bytes.append(little: meta.clock)
        state.set("meta", bytes)
    }

    private mutating func dropClosed(_ state: any StateAccess) {
        while newestStart < newest.count, newest[newestStart] < meta.oldest {
            state.remove(Self.key(meta.firstChunk))
            meta.firstChunk += 1
            newestStart += 1
        }
        if newestStart > 4096 {
            newest.removeFirst(newestStart)
            newestStart = 0
        }
    }

    private static func encode(_ entry: StoryIndex.Entry, _ vector: borrowing ArticleVector, to bytes: inout [UInt8]) {
        bytes.append(entry.founds == nil ? 0 : 1)
        bytes.append(little: entry.story)
        bytes.append(little: entry.oldest)
        bytes.append(little: entry.received)
        bytes.append(little: entry.time)
        bytes.append(little: entry.source)
        if let id = entry.founds {
            bytes.append(little: id.0)
            bytes.append(little: id.1)
        }
        bytes.append(UInt8(entry.facts.count))
        for fact in entry.facts {
            bytes.append(little: fact.key)
            bytes.append(little: fact.value.bitPattern)
        }
        bytes.append(UInt8(vector.terms.count))
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: vector.terms.count * 6))
        bytes.withUnsafeMutableBytes { bytes in
            var at = start
            for term in vector.terms {
                bytes.storeBytes(of: term.hash.littleEndian, toByteOffset: at, as: UInt32.self)
                bytes[at + 4] = UInt8((term.full & ~1 + 1) / 257)
                bytes[at + 5] = UInt8(term.title / 516) << 1 | UInt8(term.full & 1)
                at += 6
            }
        }
    }

    /// The number of an article's terms and their buckets.
    private static func encode(_ terms: UnsafeBufferPointer<CountedTerm>, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: 2 + terms.count * 2))
        bytes.withUnsafeMutableBytes { bytes in
            bytes.storeBytes(of: UInt16(terms.count).littleEndian, toByteOffset: start, as: UInt16.self)
            var at = start + 2
            for term in terms {
                let bucket = UInt16(TermFrequencies.bucket(term.hash))
                bytes.storeBytes(of: bucket.littleEndian, toByteOffset: at, as: UInt16.self)
                at += 2
            }
        }
    }

    /// `log:0000000042`.
    private static func key(_ chunk: UInt32) -> String {
        let digits = String(chunk)
        return "log:" + String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    }

    // MARK: Reading

    enum Problem: Error { case otherVersion, damaged }

    /// Brings an index and frequencies where the state says they were; false when there is no state.
    ///
    /// - Throws: ``Problem`` for state that is not of this version, or damaged; what the store throws.
    mutating func restore(
        _ index: inout StoryIndex, _ frequencies: inout TermFrequencies, from state: any StateAccess
    ) throws -> Bool {
        guard let bytes = try state.value("meta") else { return false }
        guard bytes.first == Self.version else { throw Problem.otherVersion }
        var reader = LittleReader(bytes, at: 1)
        meta = Meta(
            firstChunk: try reader.read(), openChunk: try reader.read(), oldest: try reader.read(),
            clock: try reader.read())
        guard meta.firstChunk <= meta.openChunk else { throw Problem.damaged }
        index.start(at: meta.oldest)
        for chunk in meta.firstChunk...meta.openChunk {
            let isOpen = chunk == meta.openChunk
            guard let bytes = try state.value(Self.key(chunk)) else {
                if isOpen { break }
                throw Problem.damaged
            }
            let (count, last) = try Self.replay(bytes, into: &index)
            if isOpen {
                open = bytes
                openCount = count
                openNewest = last
            } else {
                newest.append(last)
            }
        }
        try restoreFrequencies(&frequencies, from: state)
        return true
    }

    private static func replay(
        _ bytes: [UInt8], into index: inout StoryIndex
    ) throws -> (count: Int, newest: UInt32) {
        var reader = LittleReader(bytes, at: 0)
        var vector = ArticleVector()
        var terms: [TermWeight] = []
        var count = 0
        var newest: UInt32 = 0
        while !reader.isAtEnd {
            let founds: UInt8 = try reader.read()
            var entry = StoryIndex.Entry(
                story: try reader.read(), oldest: try reader.read(), founds: nil, received: try reader.read(),
                time: try reader.read(), source: try reader.read())
            if founds == 1 { entry.founds = (try reader.read(), try reader.read()) }
            let facts: UInt8 = try reader.read()
            for _ in 0..<facts {
                entry.facts.append(Fact(key: try reader.read(), value: Float(bitPattern: try reader.read())))
            }
            let length: UInt8 = try reader.read()
            guard length <= ArticleVector.limit else { throw Problem.damaged }
            terms.removeAll(keepingCapacity: true)
            for _ in 0..<length {
                let hash: UInt32 = try reader.read()
                let full: UInt8 = try reader.read()
                let title: UInt8 = try reader.read()
                terms.append(ArticleVector.term(hash: hash, full: full, title: title >> 1, isName: title & 1 == 1))
            }
            // A founder whose story is closed leaves its postings only; one out of turn is no entry of ours.
            if entry.founds != nil, entry.story >= index.rows.oldest, entry.story != index.rows.next {
                throw Problem.damaged
            }
            guard entry.founds != nil || entry.story < index.rows.next else { throw Problem.damaged }
            vector.restore(terms)
            index.apply(entry, vector)
            newest = max(newest, entry.story)
            count += 1
        }
        return (count, newest)
    }

    private mutating func restoreFrequencies(_ frequencies: inout TermFrequencies, from state: any StateAccess) throws {
        if let bytes = try state.value("frequencies") {
            var reader = LittleReader(bytes, at: 0)
            let articles = Float(bitPattern: try reader.read())
            var counts: [UInt16] = []
            counts.reserveCapacity(bytes.count / 2)
            while !reader.isAtEnd { counts.append(try reader.read()) }
            guard let restored = TermFrequencies(articles: articles, counts: counts) else { throw Problem.damaged }
            frequencies = restored
        }
        counted = try state.value("counted") ?? []
        var reader = LittleReader(counted, at: 0)
        while !reader.isAtEnd {
            frequencies.countArticle()
            let terms: UInt16 = try reader.read()
            for _ in 0..<terms { frequencies.count(bucket: Int(try reader.read() as UInt16)) }
        }
    }
}
