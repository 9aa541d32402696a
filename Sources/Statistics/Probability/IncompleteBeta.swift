/// Returns the regularised incomplete beta integral I_x(a, b) and its complement, for a, b > 0 and x + y = 1.
///
/// Source: the continued fraction of A. R. DiDonato & A. H. Morris 1992, algorithm 708 (BFRAC), *ACM TOMS* 18, whose terms
/// do not cancel when one argument is very large. `y` is given apart from `x`, since 1 − x loses its digits.
func incompleteBeta(_ a: Double, _ b: Double, x: Double, y: Double) -> Tails {
    if x <= 0 { return Tails(lower: 0, upper: 1) }
    if y <= 0 { return Tails(lower: 1, upper: 0) }
    // The fraction converges fast below the mean; above it the integral is taken from the other end.
    if x > (a + 1) / (a + b + 2) { return incompleteBeta(b, a, x: y, y: x).swapped }
    let lower = SaddlePoint.betaKernel(a, b, x: x, y: y) * betaFraction(a, b, x: x, y: y)
    return Tails(lower: min(lower, 1), upper: max(0, 1 - lower))
}

private func betaFraction(_ a: Double, _ b: Double, x: Double, y: Double) -> Double {
    let level = { (m: Double) in
        m + m * (b - m) * x / (a + 2 * m - 1) + (a + m) * (a * y - b * x + 1 + m * (2 - x)) / (a + 2 * m + 1)
    }
    var fraction = LentzFraction(first: a * (a * y - b * x + 1) / (a + 1))
    // Some √max(a, b) steps are needed; the limit only guards against arguments that are not numbers.
    for step in 1...1_000_000 {
        let m = Double(step)
        let scale = x / (a + 2 * m - 1)
        fraction.append(
            numerator: (a + m - 1) * scale * (a + b + m - 1) * scale * m * (b - m), denominator: level(m))
        if fraction.hasConverged { break }
    }
    return 1 / fraction.value
}

/// A continued fraction evaluated from the front by the modified Lentz method (Thompson & Barnett 1986).
struct LentzFraction {
    private(set) var value: Double
    private(set) var hasConverged = false
    private var numeratorRatio: Double
    private var denominatorRatio = 0.0
    private static let tiny = 1e-300

    init(first: Double) {
        value = first == 0 ? Self.tiny : first
        numeratorRatio = value
    }

    /// Appends one more level: `+ numerator / (denominator + …)`.
    mutating func append(numerator: Double, denominator: Double) {
        denominatorRatio = denominator + numerator * denominatorRatio
        if abs(denominatorRatio) < Self.tiny { denominatorRatio = Self.tiny }
        denominatorRatio = 1 / denominatorRatio
        numeratorRatio = denominator + numerator / numeratorRatio
        if abs(numeratorRatio) < Self.tiny { numeratorRatio = Self.tiny }
        let change = numeratorRatio * denominatorRatio
        value *= change
        hasConverged = abs(change - 1) < 2e-16
    }
}
