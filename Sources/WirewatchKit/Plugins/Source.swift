/// A source of documents: watches folders, polls feeds, listens.
///
/// ## Lifecycle
/// 1. *describe*: the ``Plugin`` names its options; no instance is made.
/// 2. *validate*: the options are read, purely, and every mistake is reported at once.
/// 3. *make*: the instance is made with its ``SourceContext``; nothing outside is touched yet.
/// 4. *run*: once, in its own task. It returns when there is nothing more to come, throws when it cannot go on,
///    and throws `CancellationError` soon after its task is cancelled.
///
/// The engine restarts a source whose `run` throws, with growing delays, unless it throws
/// ``SourceError/stopped(_:)``.
public protocol Source: Sendable {
    /// Yields documents to `output` until cancelled, or, when `SourceContext.drain` is set, until all that is there
    /// has been yielded.
    func run(_ output: any SourceOutput) async throws
}

/// Where a source puts what it finds. Safe to use from any task.
public protocol SourceOutput: Sendable {
    /// Hands over a document; suspends while the queue is full. Throws `CancellationError` when the source is to stop.
    ///
    /// After a crash a document may have to be yielded again: whatever the source's durable state does not record as
    /// done is yielded again, and the engine drops what it has processed already.
    func emit(_ document: Document) async throws

    /// Hands over several in their order, as so many calls of ``emit(_:)`` would, with less ado.
    func emit(_ documents: [Document]) async throws

    /// Reports a document that the source could not read, as a dead letter. `excerpt` is what is known of it.
    func reject(
        identity: String, url: String?, reason: String, excerpt: String, cursor: [StateChange]
    ) async throws

    /// Changes the source's state without a document, in order with the documents emitted before.
    nonisolated(nonsending) func advance(_ changes: [StateChange]) async throws

    /// Hands over documents and waits until what came of them is durable: it survives a crash at any later instant.
    ///
    /// For sources that answer for what they were given, such as one that is posted to. Those who wait at the same time
    /// share one checkpoint. Suspends while the queue is full or a sink is blocked; when it is cancelled, the documents
    /// handed over by then go their way all the same.
    ///
    /// - Returns: a receipt for each document, in their order.
    /// - Throws: `CancellationError` when the task is cancelled or the daemon stops first: then nothing is known.
    func deliver(_ documents: [Document]) async throws -> [DeliveryReceipt]

    /// Waits until everything that this source handed over before the call is durable. Throws as ``deliver(_:)`` does.
    func waitUntilDurable() async throws
}

extension SourceOutput {
    /// For outputs without a quicker way.
    public func emit(_ documents: [Document]) async throws {
        for document in documents { try await emit(document) }
    }

    /// For outputs that take documents for good at once, as those of tests do.
    public func deliver(_ documents: [Document]) async throws -> [DeliveryReceipt] {
        for document in documents { try await emit(document) }
        return documents.map { DeliveryReceipt(id: $0.identity, isDuplicate: false) }
    }

    /// For outputs that take documents for good at once, as those of tests do.
    public func waitUntilDurable() async throws {}
}

/// What became of a document that was delivered.
public struct DeliveryReceipt: Sendable, Hashable {
    /// The article's id, which all its records carry.
    public var id: String
    /// Whether the document had been processed before, so that nothing was done with it this time.
    public var isDuplicate: Bool

    public init(id: String, isDuplicate: Bool) {
        self.id = id
        self.isDuplicate = isDuplicate
    }
}

/// What a source tells the engine by throwing.
public enum SourceError: Error, Sendable {
    /// Try again after this time; the message says why.
    case retry(after: Duration, String)
    /// Nothing more will ever come (HTTP 410, say); the source stays off until the configuration changes.
    case stopped(String)
}
