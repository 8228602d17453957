internal import Glibc

/// Logistic regression with an L2 penalty, by coordinate descent on the dual problem (Yu, Huang and Lin, "Dual coordinate
/// descent methods for logistic regression and maximum entropy models", 2011), in an order that is always the same.
struct LogisticRegression {
    /// What a wrong decision costs, beside the penalty of 1/2 for the squared weights.
    var positiveCost = 1.0
    var negativeCost = 1.0
    /// The greatest violation of the optimum at which the search ends.
    var tolerance = 0.02
    var maximumRounds = 60

    /// The weights that tell the rows of `labels` true from the others.
    ///
    /// - Parameter offsets: what each row has to begin with; the weights learn the rest.
    func fit(_ rows: SparseRows, _ labels: [Bool], offsets: [Double]) -> [Double] {
        var weights = [Double](repeating: 0, count: rows.columnCount)
        let norms = (0..<rows.count).map(rows.squaredNorm)
        var duals = labels.map { min(0.001 * cost($0), 1e-8) }
        for row in 0..<rows.count { rows.add(row, times: labels[row] ? duals[row] : -duals[row], to: &weights) }
        let step = Self.step(rows.count)
        var innerTolerance = 0.01
        for _ in 0..<maximumRounds {
            var violation = 0.0
            var newtonSteps = 0
            var row = 0
            for _ in 0..<rows.count {
                row = (row + step) % rows.count
                let cost = cost(labels[row])
                let sign = labels[row] ? 1.0 : -1.0
                let margin = sign * (rows.product(row, weights) + offsets[row])
                let solved = Self.solve(
                    dual: duals[row], cost: cost, margin: margin, norm: norms[row], tolerance: innerTolerance)
                violation = max(violation, solved.violation)
                newtonSteps += solved.steps
                if solved.steps > 0 {
                    rows.add(row, times: sign * (solved.dual - duals[row]), to: &weights)
                    duals[row] = solved.dual
                }
            }
            if violation < tolerance { break }
            if newtonSteps <= rows.count / 10 { innerTolerance = max(1e-8, innerTolerance / 10) }
        }
        return weights
    }

    private func cost(_ label: Bool) -> Double { label ? positiveCost : negativeCost }

    /// Minimises over one dual variable z between 0 and its cost C:
    /// `z ln z + (C - z) ln (C - z) + norm/2 (z - dual)² + margin (z - dual)`.
    ///
    /// Newton's method on whichever of z and C - z is the smaller, where the logarithm is well conditioned.
    private static func solve(
        dual: Double, cost: Double, margin: Double, norm: Double, tolerance: Double
    ) -> (dual: Double, violation: Double, steps: Int) {
        // The derivative in z changes its sign at half of the cost, moved by the linear part.
        let isUpper = 0.5 * norm * (dual - (cost - dual)) + margin < 0
        let start = isUpper ? cost - dual : dual
        let slope = isUpper ? -margin : margin
        var z = start
        if cost - start < 0.5 * start { z = 0.1 * start }
        var gradient = norm * (z - start) + slope + log(z / (cost - z))
        let violation = abs(gradient)
        var steps = 0
        while steps < 100, abs(gradient) >= tolerance {
            let next = z - gradient / (norm + cost / (cost - z) / z)
            z = next <= 0 ? z * 0.1 : min(next, cost * (1 - 1e-12))
            gradient = norm * (z - start) + slope + log(z / (cost - z))
            steps += 1
        }
        return (isUpper ? cost - z : z, violation, steps)
    }

    /// A step that visits all rows in an order unlike the one in which they were given.
    private static func step(_ count: Int) -> Int {
        var step = max(1, Int(Double(count) * 0.618))
        func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
        while divisor(step, count) != 1 { step += 1 }
        return step
    }
}
