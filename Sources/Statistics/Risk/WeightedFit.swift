import Foundation

/// One state of the iteration that fits a logistic regression: coefficients, and what the data say about them.
struct WeightedFit {
    let coefficients: [Double]
    let logLikelihood: Double
    private let design: [[Double]]
    private let targets: [Double]
    private let probabilities: [Double]

    init(design: [[Double]], targets: [Double], coefficients: [Double]) {
        let logOdds = design.map { row in zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 } }
        self.design = design
        self.targets = targets
        self.coefficients = coefficients
        probabilities = logOdds.map(logistic)
        logLikelihood = zip(logOdds, targets).reduce(0) { sum, row in
            // ln p or ln(1 − p), written so that it neither overflows nor takes the logarithm of 0.
            let against = row.1 == 1 ? -row.0 : row.0
            return sum - max(against, 0) - log1p(exp(-abs(against)))
        }
    }

    /// The information matrix Xᵀ W X with weights p(1 − p).
    var information: SymmetricMatrix? {
        let size = coefficients.count
        var sums = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
        for (row, probability) in zip(design, probabilities) {
            let weight = probability * (1 - probability)
            for i in 0..<size {
                for j in 0...i { sums[i][j] += weight * row[i] * row[j] }
            }
        }
        for i in 0..<size {
            for j in 0..<i { sums[j][i] = sums[i][j] }
        }
        return SymmetricMatrix(sums)
    }

    /// The next state: one Newton step, halved until the likelihood does not fall; nil when no step can be taken.
    func improved() -> WeightedFit? {
        let gradient = coefficients.indices.map { column in
            design.indices.reduce(0) { $0 + design[$1][column] * (targets[$1] - probabilities[$1]) }
        }
        guard let step = information?.solved(gradient) else { return nil }
        var scale = 1.0
        for _ in 0..<40 {
            let moved = zip(coefficients, step).map { $0 + scale * $1 }
            let next = WeightedFit(design: design, targets: targets, coefficients: moved)
            // Rounding may make the likelihood at the maximum fall by a few last digits.
            if next.logLikelihood >= logLikelihood - 1e-12 * abs(logLikelihood) { return next }
            scale /= 2
        }
        return nil
    }

    /// The square roots of the diagonal of the inverse information matrix.
    var standardErrors: [Double]? {
        guard let information else { return nil }
        let errors = coefficients.indices.compactMap { index in
            information.solved(coefficients.indices.map { $0 == index ? 1 : 0 }).map { $0[index].squareRoot() }
        }
        return errors.count == coefficients.count ? errors : nil
    }
}
