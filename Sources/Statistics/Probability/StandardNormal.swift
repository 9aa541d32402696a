import Foundation

/// Computes probabilities and quantiles of the normal distribution with mean 0 and variance 1.
public enum StandardNormal {
    /// Returns the probability of a value at or below z; through the complementary error function, exact in the tail.
    public static func cumulative(_ z: Double) -> Double {
        erfc(-z / 2.squareRoot()) / 2
    }

    /// Returns the probability of a value above z.
    public static func upperTail(_ z: Double) -> Double {
        cumulative(-z)
    }

    /// Returns the value that a share p of the distribution lies below; nil unless 0 < p < 1.
    ///
    /// Source: M. J. Wichura 1988, algorithm AS 241 (PPND16), *Applied Statistics* 37; relative accuracy about 1e-16.
    public static func quantile(_ p: Double) -> Double? {
        guard p > 0, p < 1 else { return nil }
        let offset = p - 0.5
        guard abs(offset) > 0.425 else { return offset * centre(0.180625 - offset * offset) }
        let radius = (-log(min(p, 1 - p))).squareRoot()
        let magnitude = radius <= 5 ? shoulder(radius - 1.6) : tail(radius - 5)
        return offset < 0 ? -magnitude : magnitude
    }

    /// Returns the value that a share `tail` of the distribution lies above; nil unless 0 < tail < 1.
    public static func upperQuantile(_ tail: Double) -> Double? {
        quantile(tail).map { -$0 }
    }

    private static func centre(_ r: Double) -> Double {
        ratio(
            r,
            [
                3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
                4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
            ],
            [
                1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
                2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
            ])
    }

    private static func shoulder(_ r: Double) -> Double {
        ratio(
            r,
            [
                1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
                1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2,
                7.74545014278341407640e-4,
            ],
            [
                1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
                1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
                1.05075007164441684324e-9,
            ])
    }

    private static func tail(_ r: Double) -> Double {
        ratio(
            r,
            [
                6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
                2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5,
                2.01033439929228813265e-7,
            ],
            [
                1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
                7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
                2.04426310338993978564e-15,
            ])
    }

    private static func ratio(_ r: Double, _ numerator: [Double], _ denominator: [Double]) -> Double {
        let polynomial = { (coefficients: [Double]) in coefficients.reversed().reduce(0) { $0 * r + $1 } }
        return polynomial(numerator) / polynomial(denominator)
    }
}
