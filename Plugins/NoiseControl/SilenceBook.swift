internal import WirewatchDigest
internal import WirewatchKit

/// The silences that operators asked for, kept in the state under `s:` and the id.
final class SilenceBook {
    private var silences: [Silence]
    private var nextSweep = Timestamp(milliseconds: .min)

    /// For how long `list --expired` shows a silence that has ended.
    private static let retention = Duration.seconds(30 * 86_400)
    private static let most = 10_000

    init(_ state: any StateAccess) throws {
        silences = try state.entries(prefix: "s:").compactMap { try? Silence.list(json: $0.value).first }
    }

    /// The silence that holds the alert back, if one does; it counts it.
    func hold(_ alert: Alert, _ state: any StateAccess) throws -> Silence? {
        guard
            let at = silences.firstIndex(where: { $0.isActive(at: alert.time) && $0.matcher.matches(alert) })
        else { return nil }
        silences[at].held += 1
        store(silences[at], state)
        return silences[at]
    }

    /// - Parameter fixed: those of the configuration, which are listed but cannot be expired.
    func perform(
        _ request: SilenceRequest, fixed: [Silence], _ now: Timestamp, _ state: any StateAccess
    ) throws -> [Silence] {
        switch request {
        case .add(var silence):
            guard !silence.matcher.conditions.isEmpty else {
                throw OptionError("a silence needs a condition; 'rule=*' holds every alert back")
            }
            guard silence.until > silence.from, silence.until > now else {
                throw OptionError("the silence would be over already at \(silence.until.rfc3339)")
            }
            guard silences.count < Self.most else { throw OptionError("there are \(Self.most) silences already") }
            silence.id = Self.id(silence)
            silence.held = 0
            if let same = silences.first(where: { $0.id == silence.id }) { return [same] }
            silences.append(silence)
            store(silence, state)
            return [silence]
        case .list(let expired):
            let shown = expired ? silences : silences.filter { $0.until > now }
            return shown.sorted { $0.from == $1.from ? $0.id < $1.id : $0.from < $1.from } + fixed
        case .expire(let prefix):
            let found = silences.indices.filter { silences[$0].id.hasPrefix(prefix) }
            guard let at = found.first, !prefix.isEmpty else {
                throw OptionError("there is no silence '\(prefix)'; `wirewatch silence list` shows them")
            }
            guard found.count == 1 else {
                throw OptionError("\(found.count) silences begin with '\(prefix)'; write more of the id")
            }
            silences[at].until = min(silences[at].until, max(now, silences[at].from))
            store(silences[at], state)
            return [silences[at]]
        }
    }

    /// Forgets what ended long ago; looks once an hour.
    func forget(before now: Timestamp, _ state: any StateAccess) throws {
        guard now >= nextSweep else { return }
        nextSweep = now + .seconds(3600)
        for silence in silences where silence.until + Self.retention < now { state.remove("s:\(silence.id)") }
        silences.removeAll { $0.until + Self.retention < now }
    }

    private func store(_ silence: Silence, _ state: any StateAccess) {
        state.set("s:\(silence.id)", Silence.json([silence]))
    }

    /// The same for the same wish, so that asking twice is asking once.
    private static func id(_ silence: Silence) -> String {
        let words = silence.matcher.words.joined(separator: " ")
        return String(
            SHA256.identifier(
                "silence", words, silence.from.rfc3339, silence.until.rfc3339, silence.author, silence.comment
            )
            .prefix(12))
    }
}
