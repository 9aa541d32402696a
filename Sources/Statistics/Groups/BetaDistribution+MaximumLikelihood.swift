import Foundation

extension BetaDistribution {
    /// Fits the prior under which the groups' counts are most likely (beta-binomial maximum likelihood).
    ///
    /// Source: J. G. Skellam 1948, *JRSS B* 10, 257–261; Newton steps in the logarithms of both shapes, started from the
    /// moments and halved until the likelihood rises. Nil when the moments show no more spread than chance makes, or the
    /// likelihood has no inner maximum.
    public static func mostLikelyPrior(for shares: [Share]) -> BetaDistribution? {
        let groups = shares.filter(\.isDefined)
        guard var prior = BetweenGroupVariation(groups)?.prior else { return nil }
        for _ in 0..<200 {
            guard let (next, movement) = prior.newtonStep(towards: groups) else { return nil }
            prior = next
            if movement < 1e-12 { return prior }
        }
        return nil
    }

    /// Takes one damped Newton step; the movement is that of the logarithms of the shapes.
    private func newtonStep(towards groups: [Share]) -> (next: BetaDistribution, movement: Double)? {
        let slope = likelihoodSlope(groups)
        let determinant = slope.alphaAlpha * slope.betaBeta - slope.alphaBeta * slope.alphaBeta
        var step = (
            alpha: -(slope.betaBeta * slope.alpha - slope.alphaBeta * slope.beta) / determinant,
            beta: -(slope.alphaAlpha * slope.beta - slope.alphaBeta * slope.alpha) / determinant
        )
        // Away from the maximum the curvature may point uphill the wrong way; the gradient never does.
        if !(slope.alphaAlpha < 0 && determinant > 0) {
            let length = max(hypot(slope.alpha, slope.beta), 1)
            step = (slope.alpha / length, slope.beta / length)
        }
        let likelihood = logLikelihood(groups)
        for _ in 0..<60 {
            let next = BetaDistribution(alpha: alpha * exp(step.alpha), beta: beta * exp(step.beta))
            let movement = max(abs(step.alpha), abs(step.beta))
            // Near the maximum a rise is lost in rounding; such a step is taken as it is.
            if let next, next.logLikelihood(groups) >= likelihood || movement < 1e-7 { return (next, movement) }
            step = (step.alpha / 2, step.beta / 2)
        }
        return nil
    }

    /// The log-likelihood up to a constant: Σ ln B(x + a, n − x + b) − ln B(a, b), as sums of logarithms.
    private func logLikelihood(_ groups: [Share]) -> Double {
        groups.reduce(0) { sum, group in
            sum + risingLog(alpha, group.count) + risingLog(beta, group.total - group.count)
                - risingLog(alpha + beta, group.total)
        }
    }

    /// First and second derivatives of the log-likelihood in ln a and ln b.
    private func likelihoodSlope(
        _ groups: [Share]
    ) -> (alpha: Double, beta: Double, alphaAlpha: Double, betaBeta: Double, alphaBeta: Double) {
        var (first, second) = ((alpha: 0.0, beta: 0.0), (alpha: 0.0, beta: 0.0, both: 0.0))
        for group in groups {
            let (a, b, both) = (
                risingDerivatives(alpha, group.count), risingDerivatives(beta, group.total - group.count),
                risingDerivatives(alpha + beta, group.total)
            )
            first.alpha += a.first - both.first
            first.beta += b.first - both.first
            second.alpha += a.second - both.second
            second.beta += b.second - both.second
            second.both -= both.second
        }
        return (
            alpha * first.alpha, beta * first.beta,
            alpha * alpha * second.alpha + alpha * first.alpha, beta * beta * second.beta + beta * first.beta,
            alpha * beta * second.both
        )
    }
}

/// ln (start · (start + 1) ⋯ (start + count − 1)): exact sums, with no cancellation between log gammas.
private func risingLog(_ start: Double, _ count: Int) -> Double {
    (0..<count).reduce(0) { $0 + log(start + Double($1)) }
}

/// The first two derivatives of `risingLog` in its start.
private func risingDerivatives(_ start: Double, _ count: Int) -> (first: Double, second: Double) {
    (0..<count).reduce(into: (0.0, 0.0)) { sum, index in
        let reciprocal = 1 / (start + Double(index))
        sum.0 += reciprocal
        sum.1 -= reciprocal * reciprocal
    }
}
