import Synchronization
import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchEngine

@Suite struct IntakeQueueTests {
    static func change(_ number: Int) -> Intake {
        Intake(
            source: "\(number)", received: Timestamp(seconds: 0), item: .cursor,
            cursor: [StateChange(key: "k", value: [UInt8(truncatingIfNeeded: number)])], byteCount: 100)
    }

    static func document(_ number: Int) -> Intake {
        Intake(
            source: "\(number)", received: Timestamp(seconds: 0), item: .document(Document(identity: "\(number)")),
            cursor: [], byteCount: 100)
    }

    /// A worker that notes the batches until the queue is closed.
    final class Reader: Sendable {
        let batches = Mutex<[[String]]>([])

        init(_ queue: IntakeQueue, max: Int = 64) throws {
            _ = try EngineThread("reader") { [self] in
                while let batch = queue.receive(max: max) {
                    batches.withLock { $0.append(batch.items.map(\.source)) }
                }
                batches.withLock { $0.append(["end"]) }
            }
        }

        func waitForEnd() async -> [[String]] {
            _ = await eventually { batches.withLock { $0.last == ["end"] } }
            return batches.withLock { $0.dropLast() }
        }
    }

    @Test("changes of state leave together a moment later, and without a document")
    func gather() async throws {
        let queue = IntakeQueue(maxItems: 100, maxBytes: 1 << 20)
        let reader = try Reader(queue)
        for number in 0..<5 { try await queue.send(Self.change(number)) }
        #expect(await eventually { reader.batches.withLock { $0.joined().count } == 5 })
        queue.close()
        let batches = await reader.waitForEnd()
        #expect(Array(batches.joined()) == ["0", "1", "2", "3", "4"])
    }

    @Test("a document takes along the changes before it, in their order")
    func order() async throws {
        let queue = IntakeQueue(maxItems: 100, maxBytes: 1 << 20)
        for number in 0..<3 { try await queue.send(Self.change(number)) }
        try await queue.send(Self.document(3))
        try await queue.send(Self.change(4))
        let batch = try #require(queue.receive(max: 64))
        #expect(batch.items.map(\.source) == ["0", "1", "2", "3", "4"])
        #expect(batch.sequence == 0)
        // What is closed does not linger.
        try await queue.send(Self.change(5))
        queue.close()
        #expect(queue.receive(max: 64)?.items.map(\.source) == ["5"])
        #expect(queue.receive(max: 64)?.sequence == nil)
    }

    @Test("a queue that changes have filled is emptied for those who wait for room", arguments: [1, 2, 3])
    func full(room: Int) async throws {
        let queue = IntakeQueue(maxItems: room, maxBytes: 1 << 20)
        let reader = try Reader(queue)
        for number in 0..<50 { try await queue.send(Self.change(number)) }
        queue.close()
        #expect(await reader.waitForEnd().joined().elementsEqual((0..<50).map(String.init)))
    }

    @Test("many senders and readers: everything comes out once")
    func many() async throws {
        let queue = IntakeQueue(maxItems: 20, maxBytes: 1 << 20)
        let readers = try (0..<3).map { _ in try Reader(queue, max: 7) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sender in 0..<8 {
                group.addTask {
                    for number in 0..<200 {
                        let number = sender * 200 + number
                        try await queue.send(number.isMultiple(of: 3) ? Self.document(number) : Self.change(number))
                    }
                }
            }
            try await group.waitForAll()
        }
        queue.close()
        var all: [String] = []
        for reader in readers { all += await reader.waitForEnd().joined() }
        #expect(all.count == 1600)
        #expect(Set(all).count == 1600)
    }
}
