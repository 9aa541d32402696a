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
        let likelihood = BetaBinomialLikelihood(groups)
        for _ in 0..<200 {
            guard let (next, movement) = prior.newtonStep(up: likelihood) else { return nil }
            prior = next
            if movement < 1e-12 { return prior }
        }
        return nil
    }

    /// Takes one damped Newton step; the movement is that of the logarithms of the shapes.
    private func newtonStep(up likelihood: BetaBinomialLikelihood) -> (next: BetaDistribution, movement: Double)? {
        let slope = likelihood.slope(at: self)
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
        let height = likelihood.logarithm(at: self)
        for _ in 0..<60 {
            let next = BetaDistribution(alpha: alpha * exp(step.alpha), beta: beta * exp(step.beta))
            let movement = max(abs(step.alpha), abs(step.beta))
            // Near the maximum a rise is lost in rounding; such a step is taken as it is.
            if let next, movement < 1e-7 || likelihood.logarithm(at: next) >= height { return (next, movement) }
            step = (step.alpha / 2, step.beta / 2)
        }
        return nil
    }
}
