extension DriverCorrelations {
    /// Returns Johnson's relative weights, which add up to R², in the order of the drivers.
    ///
    /// Source: J. W. Johnson 2000, "A heuristic method for estimating the relative weight of predictor variables in multiple
    /// regression", *Multivariate Behavioral Research* 35, 1–19, equations 1 to 8. Each driver is replaced by the nearest of
    /// a set of uncorrelated ones, whose squared slopes are shared out by their squared loadings.
    public var relativeWeights: [Double] {
        let (values, vectors) = drivers.eigen
        let indices = 0..<drivers.size
        // Λ = V √D Vᵀ holds the loadings; the slopes are Λ⁻¹ r.
        let loadings = { (row: Int, column: Int) in
            indices.reduce(0) { $0 + vectors[row][$1] * values[$1].squareRoot() * vectors[column][$1] }
        }
        let projections = indices.map { k in indices.reduce(0) { $0 + vectors[$1][k] * outcome[$1] } }
        let slopes = indices.map { row in
            indices.reduce(0) { $0 + vectors[row][$1] * projections[$1] / values[$1].squareRoot() }
        }
        return indices.map { row in
            indices.reduce(0) { sum, column in
                let loading = loadings(row, column)
                return sum + loading * loading * slopes[column] * slopes[column]
            }
        }
    }
}
