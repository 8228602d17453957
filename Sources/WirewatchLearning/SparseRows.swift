/// A matrix of examples, each a row of the columns that are not zero.
struct SparseRows {
    private(set) var starts: [Int] = [0]
    private(set) var columns: [UInt32] = []
    private(set) var values: [Float] = []
    let columnCount: Int

    init(columnCount: Int) { self.columnCount = columnCount }

    var count: Int { starts.count - 1 }

    mutating func append(_ column: Int, _ value: Double) {
        guard value != 0 else { return }
        columns.append(UInt32(column))
        values.append(Float(value))
    }

    mutating func endRow() { starts.append(columns.count) }

    /// The product of a row with dense weights, one for each column.
    func product(_ row: Int, _ weights: [Double]) -> Double {
        var sum = 0.0
        for at in starts[row]..<starts[row + 1] { sum += Double(values[at]) * weights[Int(columns[at])] }
        return sum
    }

    /// Adds a multiple of a row to dense weights.
    func add(_ row: Int, times factor: Double, to weights: inout [Double]) {
        for at in starts[row]..<starts[row + 1] { weights[Int(columns[at])] += factor * Double(values[at]) }
    }

    /// Adds a multiple of a row's squares to dense values.
    func addSquares(_ row: Int, times factor: Double, to values: inout [Double]) {
        for at in starts[row]..<starts[row + 1] {
            let value = Double(self.values[at])
            values[Int(columns[at])] += factor * value * value
        }
    }
}
