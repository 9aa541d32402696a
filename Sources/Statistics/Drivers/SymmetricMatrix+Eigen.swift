extension SymmetricMatrix {
    /// The eigenvalues, with a matching eigenvector in each column of `vectors`.
    ///
    /// Source: cyclic Jacobi rotations (Jacobi 1846; Golub & Van Loan, *Matrix Computations*, section 8.5). Every pair is
    /// rotated each sweep; convergence is quadratic, so few sweeps are needed at this size.
    var eigen: (values: [Double], vectors: [[Double]]) {
        var a = rows
        var vectors = (0..<size).map { row in (0..<size).map { $0 == row ? 1.0 : 0 } }
        for _ in 0..<60 {
            let pairs = (0..<size).flatMap { p in (p + 1..<max(size, p + 1)).map { (p, $0) } }
            let offDiagonal = pairs.reduce(0) { $0 + a[$1.0][$1.1] * a[$1.0][$1.1] }
            if offDiagonal < 1e-30 { break }
            for (p, q) in pairs where a[p][q] != 0 {
                let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
                let tangent = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
                let cosine = 1 / (tangent * tangent + 1).squareRoot()
                let sine = tangent * cosine
                for k in 0..<size { rotate(&a[k], p, q, cosine, sine) }
                for k in 0..<size {
                    (a[p][k], a[q][k]) = (cosine * a[p][k] - sine * a[q][k], sine * a[p][k] + cosine * a[q][k])
                }
                for k in 0..<size { rotate(&vectors[k], p, q, cosine, sine) }
            }
        }
        return (a.indices.map { a[$0][$0] }, vectors)
    }

    private func rotate(_ row: inout [Double], _ p: Int, _ q: Int, _ cosine: Double, _ sine: Double) {
        (row[p], row[q]) = (cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q])
    }
}
