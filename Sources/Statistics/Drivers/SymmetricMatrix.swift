/// A small real symmetric matrix, row by row.
struct SymmetricMatrix: Equatable {
    let size: Int
    let rows: [[Double]]

    /// Nil unless the rows are square, finite and symmetric to within rounding.
    init?(_ rows: [[Double]]) {
        guard rows.allSatisfy({ $0.count == rows.count && $0.allSatisfy(\.isFinite) }) else { return nil }
        for row in rows.indices {
            for column in 0..<row {
                let (a, b) = (rows[row][column], rows[column][row])
                guard abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1) else { return nil }
            }
        }
        size = rows.count
        self.rows = rows
    }

    /// The lower triangle L with L · Lᵀ = self (Cholesky); nil unless positive definite beyond rounding.
    var cholesky: [[Double]]? {
        var lower = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
        for row in 0..<size {
            for column in 0...row {
                let sum = (0..<column).reduce(rows[row][column]) { $0 - lower[row][$1] * lower[column][$1] }
                if row == column {
                    // A pivot that lost all but a trillionth of its diagonal is a column the others already explain.
                    guard sum > 1e-12 * rows[row][row] else { return nil }
                    lower[row][row] = sum.squareRoot()
                } else {
                    lower[row][column] = sum / lower[column][column]
                }
            }
        }
        return lower
    }

    /// The vector x with self · x = right; nil unless positive definite.
    func solved(_ right: [Double]) -> [Double]? {
        guard let lower = cholesky else { return nil }
        var x = right
        for row in 0..<size {
            x[row] = (0..<row).reduce(x[row]) { $0 - lower[row][$1] * x[$1] } / lower[row][row]
        }
        for row in (0..<size).reversed() {
            x[row] = (row + 1..<size).reduce(x[row]) { $0 - lower[$1][row] * x[$1] } / lower[row][row]
        }
        return x
    }

    /// The part with the given rows and columns.
    func part(_ indices: [Int]) -> SymmetricMatrix {
        SymmetricMatrix(size: indices.count, rows: indices.map { row in indices.map { rows[row][$0] } })
    }

    private init(size: Int, rows: [[Double]]) {
        self.size = size
        self.rows = rows
    }
}
