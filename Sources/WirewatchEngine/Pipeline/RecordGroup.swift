import WirewatchKit

/// Records that go to the sinks together, and of which kinds they are.
struct RecordGroup {
    private(set) var all: [Record] = []
    private(set) var kinds: Set<RecordKind> = []
    private var latest: RecordKind?

    /// - Parameter capacity: how many will be appended, about.
    init(capacity: Int) { all.reserveCapacity(capacity) }

    mutating func append(_ record: Record) {
        let kind = record.kind
        // Mostly one kind follows itself, which costs less to see than the set to ask.
        if kind != latest {
            kinds.insert(kind)
            latest = kind
        }
        all.append(record)
    }
}
