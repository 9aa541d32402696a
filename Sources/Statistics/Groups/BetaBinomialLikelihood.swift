import Foundation

/// Holds what the likelihood of a beta prior needs of the groups' counts, in one pass whatever the number of groups.
struct BetaBinomialLikelihood {
    private let successes: Exceedances
    private let failures: Exceedances
    private let totals: Exceedances

    /// Takes possible shares only.
    init(_ groups: [Share]) {
        successes = Exceedances(groups.map(\.count))
        failures = Exceedances(groups.map { $0.total - $0.count })
        totals = Exceedances(groups.map(\.total))
    }

    /// The log-likelihood up to a constant: Σ ln B(x + a, n − x + b) − ln B(a, b), as sums of logarithms.
    func logarithm(at prior: BetaDistribution) -> Double {
        successes.risingLog(prior.alpha) + failures.risingLog(prior.beta) - totals.risingLog(prior.alpha + prior.beta)
    }

    /// First and second derivatives of the log-likelihood in ln a and ln b.
    func slope(
        at prior: BetaDistribution
    ) -> (alpha: Double, beta: Double, alphaAlpha: Double, betaBeta: Double, alphaBeta: Double) {
        let (alpha, beta) = (prior.alpha, prior.beta)
        let a = successes.risingDerivatives(alpha)
        let b = failures.risingDerivatives(beta)
        let both = totals.risingDerivatives(alpha + beta)
        let first = (alpha: alpha * (a.first - both.first), beta: beta * (b.first - both.first))
        return (
            first.alpha, first.beta,
            alpha * alpha * (a.second - both.second) + first.alpha, beta * beta * (b.second - both.second) + first.beta,
            -alpha * beta * both.second
        )
    }
}

/// Holds how many groups' counts exceed 0, 1, 2 and so on: a term of a rising product is shared by all those groups.
private struct Exceedances {
    private let groups: [Double]

    init(_ counts: [Int]) {
        var groups = [Double](repeating: 0, count: counts.max() ?? 0)
        for count in counts where count > 0 { groups[count - 1] += 1 }
        for index in groups.indices.dropLast().reversed() { groups[index] += groups[index + 1] }
        self.groups = groups
    }

    /// Σ ln (start · (start + 1) ⋯ (start + count − 1)): exact terms, with no cancellation between log gammas.
    func risingLog(_ start: Double) -> Double {
        groups.indices.reduce(0) { $0 + groups[$1] * log(start + Double($1)) }
    }

    /// The first two derivatives of `risingLog` in its start.
    func risingDerivatives(_ start: Double) -> (first: Double, second: Double) {
        groups.indices.reduce(into: (0.0, 0.0)) { sum, index in
            let reciprocal = 1 / (start + Double(index))
            sum.0 += groups[index] * reciprocal
            sum.1 -= groups[index] * reciprocal * reciprocal
        }
    }
}
