import Testing
import WirewatchTesting

@testable import WirewatchStory

@Suite("story: tables")
struct TableTests {
    @Test("a pool keeps lists of all sizes apart, over several regions and when blocks are used again")
    func pool() {
        var random = SeededGenerator(seed: 7)
        var pool = BlockPool<UInt32>(sizes: [2, 4, 8, 64], zero: 0)
        var lists: [(handle: BlockPool<UInt32>.Handle, values: [UInt32])] = []
        for number in 0..<20_000 {
            lists.append((.none, []))
            let count = Int.random(in: 0...64, using: &random)
            for at in 0..<count {
                let value = UInt32(number * 100 + at)
                pool.append(value, to: &lists[number].handle, at)
                lists[number].values.append(value)
            }
            if number % 3 == 2 {
                let gone = Int.random(in: 0..<number, using: &random)
                pool.release(lists[gone].handle)
                lists[gone] = (.none, [])
            }
        }
        var wrong = 0
        for list in lists where Array(pool.read(list.handle, list.values.count)) != list.values { wrong += 1 }
        #expect(wrong == 0)
    }

    @Test(
        "rows are found from the oldest to the newest, whatever number they begin at",
        arguments: [0, 1, 40_000, 98_303])
    func rows(start: UInt32) {
        var rows = StoryRows()
        rows.start(at: start)
        for number in start..<start + 100_000 {
            let time = Int64(number)
            rows.append(StoryRow(firstReceived: time, firstTime: time, lastTime: time), (UInt64(number), 1))
            if rows.count > 50_000 { rows.removeOldest() }
        }
        var wrong = 0
        for number in rows.oldest..<rows.next
        where rows[number].firstTime != Int64(number) || rows.id(number) != (UInt64(number), 1) { wrong += 1 }
        #expect(wrong == 0)
        let oldest = rows.oldest
        let isOpen = (rows.isOpen(oldest - 1), rows.isOpen(oldest))
        #expect(oldest == start + 50_000)
        #expect(isOpen == (false, true))
    }

    @Test("the tally names the stories that share most, of equal ones the newer", arguments: 0..<20)
    func tally(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var tally = CandidateTally(most: 24 * 64)
        for _ in 0..<20 {
            var sums: [UInt32: Float] = [:]
            let lists: [(stories: [UInt32], sum: Float)] = (0..<Int.random(in: 1...24, using: &random)).map { at in
                let all = (0..<Int.random(in: 0...64, using: &random)).map { _ in
                    UInt32.random(in: 0..<900, using: &random)
                }
                return (Array(Set(all)), Float(24 - at) / 64)
            }
            var rest = lists.reduce(Float(0)) { $0 + $1.sum }
            tally.begin(lists.reduce(0) { $0 + $1.stories.count })
            for list in lists {
                list.stories.withUnsafeBufferPointer {
                    tally.add(list.sum, to: $0, oldest: 100, rest: rest, least: 0.04)
                }
                rest -= list.sum
                for story in list.stories where story >= 100 { sums[story, default: 0] += list.sum }
            }
            let bound = max(0.04, (sums.values.max() ?? 0) * 0.15)
            let expected = sums.filter { $0.value >= bound }
                .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key > $1.key }
                .prefix(8).map(\.key)
            var found: [UInt32] = []
            tally.strongest(8, least: 0.04, into: &found)
            #expect(found == expected)
        }
    }

    @Test("a story's mean has the heaviest terms of both, of equal ones the first", arguments: 0..<20)
    func mean(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func terms(_ count: Int) -> [TermWeight] {
            var hashes = Set<UInt32>()
            while hashes.count < count { hashes.insert(UInt32.random(in: 1...200, using: &random)) }
            // Few weights, so that many are equal.
            return hashes.sorted().map {
                TermWeight(
                    hash: $0, full: UInt16.random(in: 1...5, using: &random) << 8,
                    title: UInt16.random(in: 0...2, using: &random) << 7)
            }
        }
        var mean = TermMean()
        var pool = BlockPool<TermWeight>(sizes: [8, 96], zero: TermWeight(hash: 0, full: 0, title: 0))
        for _ in 0..<50 {
            let story = terms(Int.random(in: 0...96, using: &random))
            let article = terms(Int.random(in: 1...64, using: &random))
            story.withUnsafeBufferPointer { mean.form($0, article, share: 0.5, titleShare: 0.25) }
            let block = pool.allocate(mean.count)
            mean.copy(to: pool.block(block))
            let found = Array(pool.read(block, mean.count))

            var all: [TermWeight] = []
            for hash in Set((story + article).map(\.hash)).sorted() {
                let told = story.first { $0.hash == hash }
                let new = article.first { $0.hash == hash }
                let full = Float(told?.full ?? 0) * 0.5 + Float(new?.full ?? 0) * 0.5
                let title = Float(told?.title ?? 0) * 0.75 + Float(new?.title ?? 0) * 0.25
                all.append(TermWeight(hash: hash, full: UInt16(full + 0.5) & ~1, title: UInt16(title + 0.5)))
            }
            let expected = all.enumerated()
                .sorted { one, other in
                    let weights = (Self.weight(one.element), Self.weight(other.element))
                    return weights.0 != weights.1 ? weights.0 > weights.1 : one.offset < other.offset
                }
                .prefix(96).map(\.element).sorted { $0.hash < $1.hash }
            #expect(found.map(\.hash) == expected.map(\.hash))
            #expect(found.map(\.full) == expected.map(\.full))
            #expect(found.map(\.title) == expected.map(\.title))
            pool.release(block)
        }
    }

    private static func weight(_ term: TermWeight) -> Int { Int(term.full >> 1) + Int(term.title >> 3) }
}
