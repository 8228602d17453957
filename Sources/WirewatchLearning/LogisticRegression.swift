internal import Glibc

/// Logistic regression with an L2 penalty, by Newton's method with a line search, each step found by conjugate gradients
/// with a diagonal preconditioner (Lin, Weng and Keerthi, "Trust region Newton method for large-scale logistic
/// regression", 2008; Hsia, Chiang and Lin, "Preconditioned conjugate gradient methods in truncated Newton frameworks",
/// 2018), in an order that is always the same.
///
/// It goes on until the optimum is reached: what is wanting, and most of all in the intercept, which all rows share and
/// which is therefore slowest found by methods that look at one row at a time, differs from one fold to another, and
/// then no threshold is right for all of them.
struct LogisticRegression {
    /// What a wrong decision costs, beside the penalty of 1/2 for the squared weights.
    var positiveCost = 1.0
    var negativeCost = 1.0

    /// The share of the error (the squared gradient, measured by the curvature) at the start at which the search ends.
    private static let tolerance = 1e-8
    private static let maximumSteps = 40

    /// The share of the error that the conjugate gradients leave in a step.
    private static let remainder = 0.01
    private static let maximumGradients = 200
    /// The share of the descent promised by the slope that a step must bring (Armijo's rule).
    private static let descent = 1e-4
    private static let maximumHalvings = 30

    /// The weights that tell the rows of `labels` true from the others.
    ///
    /// - Parameter offsets: what each row has to begin with; the weights learn the rest.
    func fit(_ rows: SparseRows, _ labels: [Bool], offsets: [Double]) -> [Double] {
        let costs = labels.map { $0 ? positiveCost : negativeCost }
        var weights = [Double](repeating: 0, count: rows.columnCount)
        var margins = offsets
        var value = objective(margins, weights, labels, costs)
        var first: Double?
        for _ in 0..<Self.maximumSteps {
            var gradient = weights
            var curvature = costs
            for row in 0..<rows.count {
                let chance = 1 / (1 + exp(-margins[row]))
                rows.add(row, times: costs[row] * (chance - (labels[row] ? 1 : 0)), to: &gradient)
                curvature[row] *= chance * (1 - chance)
            }
            var diagonal = [Double](repeating: 1, count: gradient.count)
            for row in 0..<rows.count { rows.addSquares(row, times: curvature[row], to: &diagonal) }
            let error = zip(gradient, diagonal).reduce(0) { $0 + $1.0 * $1.0 / $1.1 }
            first = first ?? error
            guard error > Self.tolerance * (first ?? error) else { break }
            let step = step(rows, gradient, curvature, diagonal)
            let slope = zip(gradient, step).reduce(0) { $0 + $1.0 * $1.1 }
            let change = (0..<rows.count).map { rows.product($0, step) }
            var length = 1.0
            var isLower = false
            for _ in 0..<Self.maximumHalvings where !isLower {
                let (moved, nextWeights) = (Self.sum(margins, change, length), Self.sum(weights, step, length))
                let next = objective(moved, nextWeights, labels, costs)
                isLower = next <= value + Self.descent * length * slope
                if isLower { (margins, weights, value) = (moved, nextWeights, next) }
                length /= 2
            }
            // Nothing is lower: what is left is rounding.
            guard isLower else { break }
        }
        return weights
    }

    /// The step d to where the gradient would be 0 if the curvature stayed the same: `(1 + XᵀHX) d = -gradient`.
    private func step(
        _ rows: SparseRows, _ gradient: [Double], _ curvature: [Double], _ diagonal: [Double]
    ) -> [Double] {
        var residual = gradient.map { -$0 }
        var direction = zip(residual, diagonal).map { $0 / $1 }
        var error = zip(residual, direction).reduce(0) { $0 + $1.0 * $1.1 }
        var step = [Double](repeating: 0, count: gradient.count)
        let enough = Self.remainder * error
        for _ in 0..<Self.maximumGradients where error > enough {
            var bent = direction
            for row in 0..<rows.count {
                rows.add(row, times: curvature[row] * rows.product(row, direction), to: &bent)
            }
            let length = error / zip(direction, bent).reduce(0) { $0 + $1.0 * $1.1 }
            var next = 0.0
            for column in step.indices {
                step[column] += length * direction[column]
                residual[column] -= length * bent[column]
                next += residual[column] * residual[column] / diagonal[column]
            }
            let kept = next / error
            error = next
            for column in step.indices {
                direction[column] = residual[column] / diagonal[column] + kept * direction[column]
            }
        }
        return step
    }

    private static func sum(_ values: [Double], _ change: [Double], _ length: Double) -> [Double] {
        values.indices.map { values[$0] + length * change[$0] }
    }

    /// What is minimised: the penalty for weights and the cost of what the margins say of each row.
    private func objective(_ margins: [Double], _ weights: [Double], _ labels: [Bool], _ costs: [Double]) -> Double {
        var sum = weights.reduce(0) { $0 + $1 * $1 } / 2
        for (row, label) in labels.enumerated() {
            let against = label ? -margins[row] : margins[row]
            sum += costs[row] * (against > 0 ? against + log1p(exp(-against)) : log1p(exp(against)))
        }
        return sum
    }
}
