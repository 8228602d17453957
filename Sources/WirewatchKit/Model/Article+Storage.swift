extension Article {
    /// What an article consists of, in the order of records.
    @usableFromInline
    struct Contents: Sendable, Equatable {
        @usableFromInline var id = ""
        @usableFromInline var source = ""
        @usableFromInline var url: String?
        @usableFromInline var canonicalURL: String?
        @usableFromInline var title = ""
        @usableFromInline var subtitle: String?
        @usableFromInline var authors: [String] = []
        @usableFromInline var published: PublicationDate?
        @usableFromInline var modified: PublicationDate?
        @usableFromInline var received = Timestamp(milliseconds: 0)
        @usableFromInline var site: String?
        @usableFromInline var section: String?
        @usableFromInline var language: String?
        @usableFromInline var languageConfidence: Double?
        @usableFromInline var tags: [String] = []
        @usableFromInline var captions: [Caption] = []
        @usableFromInline var body = ""
        @usableFromInline var subheadings: [Range<Int>] = []
        @usableFromInline var editorsNote: String?
        @usableFromInline var pageKind: PageKind?
        @usableFromInline var pageEvidence: [String] = []
        @usableFromInline var origins = FieldOrigins()
        @usableFromInline var topics: [Topic] = []
        @usableFromInline var entities: [Entity] = []
        @usableFromInline var metrics: [Metric] = []
        @usableFromInline var story: Story?
        @usableFromInline var alerts: [Alert] = []

        @usableFromInline init() {}
    }

    /// Contents that several articles may share.
    ///
    /// They are changed only through an article that holds them alone (``makeUnique()``), which is what makes the class safe
    /// to share; and what has no other holder needs no watch over its accesses.
    @usableFromInline
    final class Storage: @unchecked Sendable {
        @exclusivity(unchecked) @usableFromInline var contents: Contents

        @usableFromInline
        init(_ contents: Contents) { self.contents = contents }
    }

    /// Copies the fields unless this article alone holds them.
    @inlinable @inline(__always)
    mutating func makeUnique() {
        if !isKnownUniquelyReferenced(&storage) { copyStorage() }
    }

    @usableFromInline
    mutating func copyStorage() { storage = Storage(storage.contents) }
}
