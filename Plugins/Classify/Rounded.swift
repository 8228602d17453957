/// Numbers as people read them.
enum Rounded {
    /// At most two decimals, without zeros at the end.
    static func text(_ number: Double) -> String {
        let hundredths = Int((max(-1e9, min(1e9, number)) * 100).rounded())
        let (whole, fraction) = (abs(hundredths) / 100, abs(hundredths) % 100)
        let sign = hundredths < 0 ? "-" : ""
        if fraction == 0 { return "\(sign)\(whole)" }
        return "\(sign)\(whole).\(fraction < 10 ? "0" : "")\(fraction % 10 == 0 ? fraction / 10 : fraction)"
    }
}
