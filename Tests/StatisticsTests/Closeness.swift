/// Tells whether a computed number agrees with an expected one, relative to the larger of the expected size and 1.
func isClose(_ actual: Double?, _ expected: Double, _ tolerance: Double = 1e-12) -> Bool {
    guard let actual, actual.isFinite else { return false }
    return abs(actual - expected) <= tolerance * max(1, abs(expected))
}

/// Tells whether two lists of numbers agree one by one.
func areClose(_ actual: [Double]?, _ expected: [Double], _ tolerance: Double = 1e-12) -> Bool {
    guard let actual, actual.count == expected.count else { return false }
    return zip(actual, expected).allSatisfy { isClose($0, $1, tolerance) }
}

/// Tells whether a computed number agrees with an expected one in relative terms, however small they are.
func isRelativelyClose(_ actual: Double?, _ expected: Double, _ tolerance: Double) -> Bool {
    guard let actual, actual.isFinite else { return false }
    return abs(actual - expected) <= tolerance * abs(expected)
}
