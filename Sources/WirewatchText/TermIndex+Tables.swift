extension TermIndex {
    /// The tables as pointers, for one scan: an array's element costs a bounds check and often a count of references.
    ///
    /// Valid inside ``withTables(_:)`` alone.
    struct Tables {
        let slots: UnsafeBufferPointer<Slot>
        let slotMask: UInt64
        let candidates: UnsafeBufferPointer<Candidate>
        let words: UnsafeBufferPointer<PatternWord>
        let bytes: UnsafeBufferPointer<UInt8>
        let pieces: UnsafeBufferPointer<Range<UInt32>>
        let filter: UnsafeBufferPointer<UInt64>
        let filterMask: UInt64
        let prefixLengths: UInt64
        let prefixStarts: UnsafeBufferPointer<UInt32>
        let prefixBits: UnsafeBufferPointer<UInt64>
        let prefixLetters: UInt32
        let longestPrefix: Int
        /// ``foldedBytes``.
        let folded: UnsafeBufferPointer<UInt8>
    }

    /// Calls `body` with pointers into the tables, which the index keeps alive and unchanged meanwhile.
    func withTables(_ body: (Tables) -> Void) {
        // An array each, a level each: Swift has no borrowing of several at once.
        words.withUnsafeBufferPointer { words in
            bytes.withUnsafeBufferPointer { bytes in
                pieces.withUnsafeBufferPointer { pieces in
                    filter.bits.withUnsafeBufferPointer { filter in
                        prefixes.starts.withUnsafeBufferPointer { starts in
                            prefixes.bits.withUnsafeBufferPointer { prefixBits in
                                foldedBytes.withUnsafeBufferPointer { folded in
                                    withExtendedLifetime((slots, candidates)) {
                                        body(
                                            Tables(
                                                slots: slots.elements, slotMask: slotMask,
                                                candidates: candidates.elements, words: words, bytes: bytes,
                                                pieces: pieces, filter: filter, filterMask: self.filter.mask,
                                                prefixLengths: prefixes.lengths, prefixStarts: starts,
                                                prefixBits: prefixBits, prefixLetters: prefixes.letters,
                                                longestPrefix: prefixes.longest, folded: folded))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
