import Glibc
import WirewatchKit

/// How often a source brings something new, as far as polls can tell: time watched and polls that found news, both fading
/// with a half-life, so that one that changes its habits is believed after some days.
public struct PollRhythm: Sendable, Equatable {
    /// Seconds watched.
    public var time = 0.0
    /// Polls that found new items.
    public var arrivals = 0.0

    public static let halfLife = 3 * 86_400.0

    /// With `every` as what is expected before anything is known.
    public init(expecting every: Duration) {
        arrivals = 1
        time = 2 * Self.seconds(every)
    }

    public init(time: Double = 0, arrivals: Double = 0) {
        self.time = time
        self.arrivals = arrivals
    }

    /// Nothing was watched yet.
    public var isUnknown: Bool { arrivals <= 0 && time <= 0 }

    /// Takes in a poll, `elapsed` after the one before.
    public mutating func note(arrival: Bool, elapsed: Duration) {
        let seconds = max(0, Self.seconds(elapsed))
        let fading = exp2(-seconds / Self.halfLife)
        time = time * fading + seconds
        arrivals = arrivals * fading + (arrival ? 1 : 0)
    }

    /// Half the time between arrivals: then about every second poll finds something. What brings news at each poll is
    /// polled ever more often, a quiet one ever less, until one half is met.
    public func interval(within bounds: ClosedRange<Duration>) -> Duration {
        guard arrivals > 0.001 else { return bounds.upperBound }
        let seconds = min(time / arrivals / 2, 1e9)
        return min(max(.milliseconds(Int64(seconds * 1000)), bounds.lowerBound), bounds.upperBound)
    }

    private static func seconds(_ duration: Duration) -> Double { Double(duration.milliseconds) / 1000 }
}
