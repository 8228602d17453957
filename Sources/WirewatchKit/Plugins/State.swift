/// Durable state of one component, as of the last checkpoint. Safe to use from any thread.
public protocol StateReader: Sendable {
    func value(_ key: String) throws -> [UInt8]?
    /// Every key that begins with `prefix`, ascending by bytes, with its value.
    func entries(prefix: String) throws -> [(key: String, value: [UInt8])]
}

/// Durable state of one component, seen with its own uncommitted changes.
///
/// Used on the committer's thread only. Changes become durable at the next checkpoint, in one transaction with the
/// positions of all logs and the cursors of all sources; a crash before it takes all of them back together.
public protocol StateAccess: AnyObject {
    func value(_ key: String) throws -> [UInt8]?
    func entries(prefix: String) throws -> [(key: String, value: [UInt8])]
    func set(_ key: String, _ value: [UInt8])
    func remove(_ key: String)
}
