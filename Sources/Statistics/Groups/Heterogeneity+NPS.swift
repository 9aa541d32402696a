extension Heterogeneity {
    /// Tests Net Promoter Scores, by Cochran's Q; nil of fewer than two groups with answers.
    ///
    /// Scores and squared errors are the adjusted ones (Rocks 2016, *The American Statistician* 70), so that a group whose
    /// answers all agree has an error too.
    public init?(_ groups: [NPSCounts]) {
        let adjusted = groups.compactMap(\.adjusted)
        self.init(
            values: adjusted.map(\.score), squaredErrors: adjusted.map { $0.standardError * $0.standardError })
    }
}
