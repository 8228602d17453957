/// A day of the week, as configurations name it.
public enum Weekday: String, Sendable, Hashable, CaseIterable {
    case mon, tue, wed, thu, fri, sat, sun

    /// Of a number of days since 1970-01-01, which was a Thursday.
    init(daysSinceEpoch days: Int) {
        let place = ((days + 3) % 7 + 7) % 7
        self = Self.allCases[place]
    }
}
