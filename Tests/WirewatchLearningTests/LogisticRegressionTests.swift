import Glibc
import Testing

@testable import WirewatchLearning

@Suite("Logistic regression")
struct LogisticRegressionTests {
    /// 600 rows of 40 columns, of which the last is the same in all: one in ten is true, by a noisy rule.
    private static func made() -> (rows: SparseRows, labels: [Bool], offsets: [Double]) {
        var rows = SparseRows(columnCount: 40)
        var labels: [Bool] = []
        var offsets: [Double] = []
        for row in 0..<600 {
            for column in 0..<39 where (row * 7 + column * column * 3) % 11 < 2 { rows.append(column, 0.3) }
            rows.append(39, 1)
            rows.endRow()
            labels.append(row % 10 == 0 || (row % 11 == 3 && row % 3 == 0))
            offsets.append(row % 4 == 0 ? 0.5 : -0.7)
        }
        return (rows, labels, offsets)
    }

    @Test(
        "The search ends where the penalty and the cost of mistakes balance, however dear these are",
        arguments: [1e-4, 1, 8, 1000])
    func optimum(cost: Double) {
        let (rows, labels, offsets) = Self.made()
        var regression = LogisticRegression()
        regression.positiveCost = cost * 3
        regression.negativeCost = cost
        let weights = regression.fit(rows, labels, offsets: offsets)
        // The gradient beside what its two parts, which cancel at the optimum, come to.
        var gradient = weights
        var size = weights.map { abs($0) }
        for row in 0..<rows.count {
            let chance = 1 / (1 + exp(-(rows.product(row, weights) + offsets[row])))
            let slope = (labels[row] ? 3 : 1) * cost * (chance - (labels[row] ? 1 : 0))
            rows.add(row, times: slope, to: &gradient)
            rows.add(row, times: abs(slope), to: &size)
        }
        for column in weights.indices { #expect(abs(gradient[column]) <= 1e-4 * size[column]) }
        #expect(weights[39] != 0)
    }

    @Test("Rows of one kind, and none at all, are no trouble")
    func degenerate() {
        let (rows, labels, offsets) = Self.made()
        let all = LogisticRegression().fit(rows, labels.map { _ in true }, offsets: offsets)
        #expect(all[39] > 0 && all.allSatisfy(\.isFinite))
        #expect(LogisticRegression().fit(SparseRows(columnCount: 3), [], offsets: []) == [0, 0, 0])
    }
}
