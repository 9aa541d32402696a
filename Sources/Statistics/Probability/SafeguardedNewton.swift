/// Finds where an increasing function crosses 0 inside a bracket, by Newton steps that fall back to bisection.
///
/// Source: the `rtsafe` scheme (Dekker 1969; Press et al., *Numerical Recipes*, section 9.4). The function may return an
/// infinite value; its slope then does not matter.
func safeguardedNewton(
    in bracket: ClosedRange<Double>, from start: Double, _ function: (Double) -> (value: Double, slope: Double)
) -> Double {
    var lower = bracket.lowerBound
    var upper = bracket.upperBound
    var x = min(max(start, lower), upper)
    for _ in 0..<400 {
        let (value, slope) = function(x)
        if value == 0 { return x }
        if value < 0 { lower = x } else { upper = x }
        let newton = x - value / slope
        // The end is told by the step, since one too short to move x would look like one that leaves the bracket.
        if abs(newton - x) <= 2 * x.ulp, slope.isFinite { return newton }
        // A step that leaves the bracket, or is not a number, is replaced by its middle.
        let next = newton > lower && newton < upper ? newton : lower + (upper - lower) / 2
        if next <= lower || next >= upper { return next }
        x = next
    }
    return x
}
