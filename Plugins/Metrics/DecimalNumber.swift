/// A number as written: an integer times a power of ten, converted to binary once, at the end.
///
/// 180.6 million is 1806 times 10^5 and so exactly 180600000; multiplying 180.6 by a million in binary is not.
struct DecimalNumber {
    private(set) var mantissa: UInt64 = 0
    private(set) var exponent: Int16 = 0

    /// Appends a digit, before or after the point. Digits beyond the nineteenth only move the exponent.
    mutating func append(_ digit: UInt8, isFraction: Bool) {
        let (scaled, overflow) = mantissa.multipliedReportingOverflow(by: 10)
        let (sum, carry) = scaled.addingReportingOverflow(UInt64(digit))
        if overflow || carry || exponent > 0 {
            if !isFraction { exponent = min(exponent + 1, 4_000) }
        } else {
            mantissa = sum
            if isFraction { exponent = max(exponent - 1, -4_000) }
        }
    }

    mutating func scale(byPowerOfTen power: Int) {
        exponent = Int16(max(-4_000, min(4_000, Int(exponent) + max(-8_000, min(8_000, power)))))
    }

    /// The nearest double; infinite beyond the range.
    var value: Double {
        if mantissa < 1 << 53, exponent >= -22, exponent <= 22 {
            // Both factors are exact, so the one rounding is the correct one.
            return exponent < 0
                ? Double(mantissa) / Self.powers[Int(-exponent)] : Double(mantissa) * Self.powers[Int(exponent)]
        }
        return Double("\(mantissa)e\(exponent)") ?? 0
    }

    static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}
