/// Returns the regularised incomplete gamma integral P(shape, x) and its complement Q, for shape > 0.
///
/// Source: NIST DLMF 8.7.1 (series, below the mean) and 8.9.2 (continued fraction, above it), the division used by
/// Gautschi 1979, *ACM TOMS* 5.
func incompleteGamma(shape: Double, x: Double) -> Tails {
    if x <= 0 { return Tails(lower: 0, upper: 1) }
    if x == .infinity { return Tails(lower: 1, upper: 0) }
    let kernel = SaddlePoint.gammaKernel(shape: shape, x: x)
    if x < shape + 1 {
        let lower = min(1, kernel * gammaSeries(shape: shape, x: x))
        return Tails(lower: lower, upper: 1 - lower)
    }
    let upper = min(1, kernel * gammaFraction(shape: shape, x: x))
    return Tails(lower: 1 - upper, upper: upper)
}

private func gammaSeries(shape: Double, x: Double) -> Double {
    var term = 1 / shape
    var sum = term
    var denominator = shape
    for _ in 1...1_000_000 {
        denominator += 1
        term *= x / denominator
        sum += term
        if term < sum * 1e-17 { break }
    }
    return sum
}

private func gammaFraction(shape: Double, x: Double) -> Double {
    var fraction = LentzFraction(first: x + 1 - shape)
    for step in 1...1_000_000 {
        let m = Double(step)
        fraction.append(numerator: -m * (m - shape), denominator: x + 2 * m + 1 - shape)
        if fraction.hasConverged { break }
    }
    return 1 / fraction.value
}
