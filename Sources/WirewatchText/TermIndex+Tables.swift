extension TermIndex {
    /// The tables as pointers, for one scan: an array's element costs a bounds check and often a count of references.
    ///
    /// Valid inside ``withTables(_:)`` alone.
    struct Tables {
        let slots: UnsafeBufferPointer<Slot>
        let slotMask: Int
        let candidates: UnsafeBufferPointer<Candidate>
        let words: UnsafeBufferPointer<PatternWord>
        let bytes: UnsafeBufferPointer<UInt8>
        let filter: UnsafeBufferPointer<UInt64>
        let filterMask: UInt64
        let prefixLengths: UInt64
        let prefixStarts: UnsafeBufferPointer<UInt64>
        let longestPrefix: Int
        /// ``foldedBytes``.
        let folded: UnsafeBufferPointer<UInt8>
    }

    /// Calls `body` with pointers into the tables, which the index keeps alive and unchanged meanwhile.
    func withTables(_ body: (Tables) -> Void) {
        slots.withUnsafeBufferPointer { slots in
            candidates.withUnsafeBufferPointer { candidates in
                words.withUnsafeBufferPointer { words in
                    bytes.withUnsafeBufferPointer { bytes in
                        filter.withUnsafeBufferPointer { filter in
                            prefixStarts.withUnsafeBufferPointer { prefixStarts in
                                foldedBytes.withUnsafeBufferPointer { folded in
                                    body(
                                        Tables(
                                            slots: slots, slotMask: slotMask, candidates: candidates, words: words,
                                            bytes: bytes, filter: filter, filterMask: filterMask,
                                            prefixLengths: prefixLengths, prefixStarts: prefixStarts,
                                            longestPrefix: longestPrefix, folded: folded))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
