internal import WirewatchKit

/// Windows that compare a count with its own past, by a ``BurstDetector``.
///
/// The window is cut into slots, so that a rise shows whatever the hour at which it begins. What was counted within the
/// window counts no second time: copies of a story are no spike.
extension WindowEvent {
    /// What is counted in the running slot, and the members of the slots before it that the window still holds.
    private struct Running {
        /// The number of the running slot.
        var slot: Int64
        var members: [(hash: UInt64, slot: Int64)] = []

        var count: Int { members.count { $0.slot == slot } }
    }

    private static let mostMembers = 4096
    private static let leastCount = Comparison(.atLeast, 5)

    func spiked() throws -> Outcome {
        let begin = try memory.begin(rule.id, keep: window.baseline.milliseconds * 2)
        let shape = SpikeShape(window, quiet: quiet)
        let slot = now / shape.slot
        var (detector, running) = try load(shape, since: begin / shape.slot)
        let before = detector
        advance(&detector, &running, to: slot, shape)
        for member in window.members(article, found) where running.members.count < Self.mostMembers {
            let hash = AlertMemory.hash(member)
            if !running.members.contains(where: { $0.hash == hash }) { running.members.append((hash, slot)) }
        }
        let outcome = judged(&detector, running, shape)
        store(running)
        if detector != before { store(detector) }
        return outcome
    }

    private func judged(_ detector: inout BurstDetector, _ running: Running, _ shape: SpikeShape) -> Outcome {
        let count = Int(detector.count(withRunning: Double(running.count)))
        let note = "\(count) in the last \(HumanUnits.text(window.over))"
        // A count must be remarkable by itself too: one after none is no spike.
        let least = window.count ?? Self.leastCount
        if !least.holds(Double(count)) { return Outcome(note: "\(note), which is not \(least)") }
        guard let burst = detector.burst(withRunning: Double(running.count)) else {
            guard let usual = detector.usual else { return Outcome(note: "\(note); the rule warms up") }
            return Outcome(note: "\(note), usually \(Self.rounded(usual)): no spike, or not the first in a while")
        }
        let from = (running.slot - Int64(shape.settings.window) + 1) * shape.slot
        return Outcome(
            window: window.record(key: key, from: from, to: now, count: count),
            note:
                "\(note), usually \(Self.rounded(burst.usual)): score \(Self.rounded(Double(burst.score))) of \(window.score)"
        )
    }

    /// Ends the slots before `slot`, empty ones too.
    private func advance(_ detector: inout BurstDetector, _ running: inout Running, to slot: Int64, _ shape: SpikeShape)
    {
        guard slot > running.slot else { return }
        _ = detector.add(Double(running.count))
        // More than a history of silence is no more than a history of it.
        for _ in 0..<min(slot - running.slot - 1, Int64(shape.settings.history)) { _ = detector.add(0) }
        running.slot = slot
        running.members.removeAll { $0.slot <= slot - Int64(shape.settings.window) }
    }

    private static func rounded(_ number: Double) -> Double { (number * 10).rounded() / 10 }

    // MARK: State

    private func load(_ shape: SpikeShape, since begin: Int64) throws -> (BurstDetector, Running) {
        let fresh = (
            BurstDetector(settings: shape.settings), Running(slot: max(begin, now / shape.slot - shape.longest))
        )
        guard var history = try memory.read(name(.spike)), let bytes = history.bytes(),
            let detector = BurstDetector(state: bytes, settings: shape.settings),
            var reading = try memory.read(name(.spikeRunning)), let slot = reading.integer(), slot <= now / shape.slot
        else { return fresh }
        var running = Running(slot: slot)
        for _ in 0..<min(reading.left(16), Self.mostMembers) {
            guard let hash = reading.hash(), let slot = reading.integer() else { break }
            running.members.append((hash, slot))
        }
        return (detector, running)
    }

    private var keep: Int64 { Swift.max(window.baseline.milliseconds + over, quiet) }

    private func store(_ running: Running) {
        memory.write(name(.spikeRunning), keep: keep) { writer in
            writer.append(running.slot)
            for (hash, slot) in running.members {
                writer.append(hash)
                writer.append(slot)
            }
        }
    }

    private func store(_ detector: BurstDetector) {
        memory.write(name(.spike), keep: keep) { $0.append(detector.state) }
    }
}

/// How a window is cut into slots.
struct SpikeShape {
    /// In milliseconds.
    let slot: Int64
    let settings: BurstDetector.Settings

    /// Slots of a history; a detector holds no more.
    var longest: Int64 { Int64(settings.history) }

    private static let mostSlots: Int64 = 4032

    /// - Parameter quiet: for how long after an alert no other is raised, in milliseconds.
    init(_ window: Window, quiet: Int64) {
        let (over, baseline) = (window.over.milliseconds, window.baseline.milliseconds)
        // Twelve to a window where that makes no more than four thousand of the baseline.
        let parts = Swift.max(1, Swift.min(12, Self.mostSlots * over / Swift.max(baseline, 1)))
        slot = Swift.max(1, over / parts)
        var settings = BurstDetector.Settings()
        settings.window = Int(parts)
        settings.history = Int(Swift.max(baseline / slot, parts + 2))
        settings.warmUp = Int(Swift.min(window.warmUp.milliseconds / slot, Int64(settings.history)))
        settings.threshold = Float(window.score)
        settings.minimum = 1
        // One slot more, for an alert may come at the end of its slot: two never fall into one stretch of `quiet`.
        settings.cooldown = Int(quiet / slot + 2)
        self.settings = settings
    }
}
