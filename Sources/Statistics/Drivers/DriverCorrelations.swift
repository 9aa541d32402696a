/// Holds how drivers, such as the answers to single questions, go together with each other and with an outcome.
///
/// What is computed from it is association, not cause.
public struct DriverCorrelations: Sendable, Equatable {
    let drivers: SymmetricMatrix
    let outcome: [Double]

    /// Creates correlations from a matrix of the drivers and each driver's correlation with the outcome.
    ///
    /// Nil unless the matrix is symmetric with ones on its diagonal and it is positive definite with the outcome in it.
    public init?(drivers: [[Double]], outcome: [Double]) {
        guard !drivers.isEmpty, outcome.count == drivers.count, let matrix = SymmetricMatrix(drivers),
            drivers.indices.allSatisfy({ abs(drivers[$0][$0] - 1) < 1e-9 }), matrix.cholesky != nil
        else { return nil }
        self.drivers = matrix
        self.outcome = outcome
        guard outcome.allSatisfy(\.isFinite), rSquared <= 1 + 1e-9 else { return nil }
    }

    /// Creates correlations from data, one column for each driver; nil when a column is constant, of another length, or
    /// explained by the others, or there are fewer than three rows.
    public init?(columns: [[Double]], outcome: [Double]) {
        guard outcome.count >= 3, columns.allSatisfy({ $0.count == outcome.count }),
            let last = standardised(outcome)
        else { return nil }
        let standard = columns.compactMap(standardised)
        guard standard.count == columns.count else { return nil }
        let matrix = standard.indices.map { row in
            standard.indices.map { $0 == row ? 1 : product(standard[row], standard[$0]) }
        }
        self.init(drivers: matrix, outcome: standard.map { product($0, last) })
    }

    /// Returns the share of the outcome's variance that the drivers explain together, R², 0 to 1.
    public var rSquared: Double {
        rSquared(of: Array(0..<drivers.size))
    }

    /// Tells whether the weights may be shown: R² clears 0 by the F test at 5 %, and n is 10 or more for each driver.
    public func isShowable(n: Int) -> Bool {
        let free = n - drivers.size - 1
        guard free > 0, n >= 10 * drivers.size else { return false }
        // The upper tail of F is an incomplete beta integral of 1 − R² (Abramowitz & Stegun 1964, 26.6.2).
        let unexplained = max(0, 1 - rSquared)
        let pValue = incompleteBeta(Double(free) / 2, Double(drivers.size) / 2, x: unexplained, y: 1 - unexplained)
        return pValue.lower < 0.05
    }

    /// The R² of the outcome on some of the drivers; 0 of none.
    func rSquared(of indices: [Int]) -> Double {
        let right = indices.map { outcome[$0] }
        guard let weights = drivers.part(indices).solved(right) else { return 0 }
        return product(weights, right)
    }
}

/// Centres a column and scales it to length 1; nil when it does not vary or is not finite.
private func standardised(_ column: [Double]) -> [Double]? {
    let mean = column.reduce(0, +) / Double(column.count)
    let centred = column.map { $0 - mean }
    let length = product(centred, centred).squareRoot()
    guard length.isFinite, length > 1e-12 * max(abs(mean), .leastNormalMagnitude) else { return nil }
    return centred.map { $0 / length }
}

private func product(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
}
