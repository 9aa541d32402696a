/// Returns the ranks each group may have, 1 the highest, given intervals that cover all true values together.
///
/// A group ranks surely below those whose whole interval lies above its own, and surely above those whose whole interval
/// lies below. Source: M. Klein, T. Wright & J. Wieczorek 2020, "A joint confidence region for an overall ranking of
/// populations", *JRSS C* 69, 589–606, theorem 1. No estimates give no ranges.
public func rankRanges(of estimates: [Estimate]) -> [ClosedRange<Int>] {
    // Counting within sorted limits keeps a thousand agents cheap.
    let lowers = estimates.map(\.lower).sorted()
    let uppers = estimates.map(\.upper).sorted()
    return estimates.map { estimate in
        let above = lowers.count - firstIndex(in: lowers) { $0 > estimate.upper }
        let below = firstIndex(in: uppers) { $0 >= estimate.lower }
        return above + 1...max(above + 1, estimates.count - below)
    }
}

/// Returns the first index whose element satisfies the predicate, in a sorted list where all later ones do too.
private func firstIndex(in sorted: [Double], where holds: (Double) -> Bool) -> Int {
    var (lower, upper) = (0, sorted.count)
    while lower < upper {
        let middle = (lower + upper) / 2
        if holds(sorted[middle]) { upper = middle } else { lower = middle + 1 }
    }
    return lower
}
