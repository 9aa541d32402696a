import Foundation

/// Is a fitted model of the probability of a yes, given some predictors.
///
/// Source: P. McCullagh & J. A. Nelder 1989, *Generalized Linear Models*, sections 2.5 and 4.4 (maximum likelihood by
/// iteratively reweighted least squares).
public struct LogisticRegression: Sendable, Equatable {
    /// Holds the constant, then the coefficient of each predictor, on the log-odds scale.
    public let coefficients: [Double]

    /// Holds the standard errors of the coefficients, from the inverse information matrix.
    public let standardErrors: [Double]

    /// Holds the log-likelihood of the fitted model.
    public let logLikelihood: Double

    /// Holds the log-likelihood of the constant alone, the naive baseline.
    public let baselineLogLikelihood: Double

    /// Returns McFadden's R², 1 − logLikelihood / baselineLogLikelihood.
    public var mcFaddenRSquared: Double { 1 - logLikelihood / baselineLogLikelihood }

    /// Says why no model could be fitted.
    public enum FitError: Error, Equatable, CustomStringConvertible {
        /// There are no more rows than coefficients, or rows and outcomes do not match, or a number is not finite.
        case notEnoughData

        /// All outcomes are the same.
        case outcomesDoNotVary

        /// A predictor is constant or explained by the others.
        case predictorsOverlap

        /// Some predictors tell the outcomes apart without error, so no finite coefficients fit best.
        case separated

        /// Returns a sentence that is safe to show.
        public var description: String {
            switch self {
            case .notEnoughData: "There are not enough complete rows to fit the model."
            case .outcomesDoNotVary: "All outcomes are the same."
            case .predictorsOverlap: "A predictor is constant or explained by the others."
            case .separated: "The predictors separate the outcomes completely, so the model has no finite fit."
            }
        }
    }

    /// Fits the model to rows of predictors and their outcomes.
    public init(rows: [[Double]], outcomes: [Bool]) throws(FitError) {
        let yes = outcomes.count { $0 }
        let width = rows.first?.count ?? 0
        guard rows.count == outcomes.count, rows.count > width + 1,
            rows.allSatisfy({ $0.count == width && $0.allSatisfy(\.isFinite) })
        else { throw .notEnoughData }
        guard yes > 0, yes < outcomes.count else { throw .outcomesDoNotVary }

        let design = rows.map { [1] + $0 }
        let targets = outcomes.map { $0 ? 1.0 : 0 }
        var fit = WeightedFit(design: design, targets: targets, coefficients: Array(repeating: 0, count: width + 1))
        guard fit.information?.cholesky != nil else { throw .predictorsOverlap }
        var hasConverged = false
        for _ in 0..<100 where !hasConverged {
            guard let next = fit.improved() else { throw .separated }
            hasConverged = abs(next.logLikelihood - fit.logLikelihood) <= 1e-14 * (abs(fit.logLikelihood) + 0.1)
            fit = next
        }
        // On separated data the likelihood only creeps to 0 while the coefficients grow without end.
        guard hasConverged, fit.logLikelihood < -1e-6, let errors = fit.standardErrors else { throw .separated }

        let share = Double(yes) / Double(outcomes.count)
        coefficients = fit.coefficients
        standardErrors = errors
        logLikelihood = fit.logLikelihood
        baselineLogLikelihood = Double(outcomes.count) * (share * log(share) + (1 - share) * log(1 - share))
    }

    /// Returns the probability of a yes for a row of predictors; nil unless there is one number for each predictor.
    public func probability(_ row: [Double]) -> Double? {
        guard row.count == coefficients.count - 1 else { return nil }
        return logistic(zip(coefficients, [1] + row).reduce(0) { $0 + $1.0 * $1.1 })
    }
}

func logistic(_ logOdds: Double) -> Double {
    // The smaller of the two exponentials is used, so that neither overflows.
    logOdds < 0 ? exp(logOdds) / (1 + exp(logOdds)) : 1 / (1 + exp(-logOdds))
}
