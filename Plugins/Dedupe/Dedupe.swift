internal import WirewatchDigest
public import WirewatchKit
internal import WirewatchText

extension Plugin {
    /// The `dedupe` stage.
    public static let dedupe = Plugin.statefulStage(
        "dedupe", summary: "Drops articles whose URL and text, or whose text under another URL, were seen before."
    ) { (options: DedupeOptions, _) in Dedupe(options) }
}

/// Drops what was seen within the window.
///
/// State: `u:` and the digest of a URL, and `t:` and the digest of a text, each with when it was last seen; `x:`, a
/// period and such a key, so that a period's keys are found without reading all.
final class Dedupe: StatefulStage {
    /// Texts of fewer words are told apart by URL alone: many pages share a short text such as a daily heading.
    private static let fewestWords = 20
    /// The window is forgotten in this many steps.
    private static let periodsPerWindow: Int64 = 32

    private let window: Int64
    private let period: Int64

    init(_ options: DedupeOptions) {
        window = options.window.milliseconds
        period = max(window / Self.periodsPerWindow, 1)
    }

    func process(_ event: inout ArticleEvent, state: any StateAccess) throws -> Verdict {
        let article = event.article
        // Arrival time, not the clock: a replay decides as the first run did.
        let now = article.received.milliseconds
        try forget(now, state)
        let text = Words.normalized(article.title + "\n" + article.body)
        let digest = SHA256.identifier(of: text)
        let url = (article.canonicalURL ?? article.url).map { "u:" + SHA256.identifier(of: Array(URLKey.of($0).utf8)) }
        let isLong = text.count { $0 == 0x20 } + 1 >= Self.fewestWords
        let textKey = isLong ? "t:" + digest : nil

        let urlBefore = try url.flatMap { try entry($0, now, state) }
        let textBefore = try textKey.flatMap { try entry($0, now, state) }
        if let url { see(url, digest, before: urlBefore, now, state) }
        if let textKey { see(textKey, "", before: textBefore, now, state) }
        if urlBefore?.digest == digest { return .drop(reason: "duplicate_url") }
        if textBefore != nil { return .drop(reason: "duplicate_text") }
        return .keep
    }

    // MARK: State

    private struct Entry {
        var seen: Int64
        /// Of a URL, the digest of the text that it had; of a text, empty.
        var digest: String
    }

    private func entry(_ key: String, _ now: Int64, _ state: any StateAccess) throws -> Entry? {
        guard let value = try state.value(key), let entry = Self.decode(value) else { return nil }
        return now - entry.seen <= window ? entry : nil
    }

    /// Remembers a key. One that was written a short while ago with the same text is left as it is, for writing costs
    /// more than the few hours by which it is forgotten sooner.
    private func see(_ key: String, _ digest: String, before: Entry?, _ now: Int64, _ state: any StateAccess) {
        if let before, before.digest == digest, now - before.seen < period { return }
        state.set(key, Array("\(now) \(digest)".utf8))
        state.set(Self.expiryPrefix(now / period) + key, [])
    }

    /// Removes what was last seen before the window. Each period is looked at once, when it falls out of the window.
    private func forget(_ now: Int64, _ state: any StateAccess) throws {
        let oldest = (now - window) / period
        let next = try state.value("swept").flatMap(Self.decode)?.seen ?? oldest
        guard oldest > next else {
            if try state.value("swept") == nil { state.set("swept", Array("\(oldest) ".utf8)) }
            return
        }
        // After a long rest one look at all keys is cheaper than one for each period.
        let isLong = oldest - next > Self.periodsPerWindow * 2
        let prefixes = isLong ? ["x:"] : (next..<oldest).map(Self.expiryPrefix)
        for prefix in prefixes {
            for (key, _) in try state.entries(prefix: prefix) {
                let parts = key.split(separator: ":", maxSplits: 2)
                guard parts.count == 3, let written = Int64(parts[1]), written < oldest else { continue }
                state.remove(key)
                let remembered = String(parts[2])
                // It may have been seen again since; then a later period holds it.
                if let value = try state.value(remembered), let entry = Self.decode(value),
                    entry.seen / period <= written
                {
                    state.remove(remembered)
                }
            }
        }
        state.set("swept", Array("\(oldest) ".utf8))
    }

    /// `x:00000000000042:`; the digits make the periods sort by time.
    private static func expiryPrefix(_ period: Int64) -> String {
        let digits = String(max(period, 0))
        return "x:" + String(repeating: "0", count: max(0, 14 - digits.count)) + digits + ":"
    }

    private static func decode(_ value: [UInt8]) -> Entry? {
        let parts = String(decoding: value, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let seen = Int64(parts[0]) else { return nil }
        return Entry(seen: seen, digest: String(parts[1]))
    }
}
