extension Share {
    /// Returns this share minus another, independent one; nil when either has no observations.
    ///
    /// Source: R. G. Newcombe 1998, *Statistics in Medicine* 17, 873–890, method 10: the hybrid of the two Wilson
    /// intervals. The limits stay within −1...1; the method defines no test.
    public func difference(from other: Share, confidence: Confidence = .ninetyFive) -> Difference? {
        guard let this = estimate(confidence: confidence), let that = other.estimate(confidence: confidence) else {
            return nil
        }
        let point = this.point - that.point
        let below = hypotenuse(this.point - this.lower, that.upper - that.point)
        let above = hypotenuse(this.upper - this.point, that.point - that.lower)
        return Difference(point: point, lower: max(-1, point - below), upper: min(1, point + above), test: nil)
    }
}

private func hypotenuse(_ a: Double, _ b: Double) -> Double {
    (a * a + b * b).squareRoot()
}
