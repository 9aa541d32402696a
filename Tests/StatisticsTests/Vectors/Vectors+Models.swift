struct EfronMorrisVector: Codable {
    var hits: [Int]
    var n: Int
    var mean: Double
    var shrinkC: Double
    var first: Double
    var last: Double

    enum CodingKeys: String, CodingKey {
        case hits, n, mean, first, last
        case shrinkC = "shrink_c"
    }
}

struct BetaBinomialVector: Codable {
    struct Anova: Codable {
        var pooled: Double
        var msb: Double
        var msw: Double
        var n0: Double
        var rho: Double
        var strength: Double
        var shrunk: [Double]

        enum CodingKeys: String, CodingKey {
            case pooled = "P"
            case msb, msw, n0, rho, shrunk
            case strength = "M"
        }
    }

    var k: [Int]
    var n: [Int]
    var alpha: Double
    var beta: Double
    var shrunk: [Double]
    var intervals: [[Double]]
    var anova: Anova
    var funnelZ: [Double]

    enum CodingKeys: String, CodingKey {
        case k, n, anova
        case alpha = "mle_alpha"
        case beta = "mle_beta"
        case shrunk = "shrunk_mle"
        case intervals = "ci_mle"
        case funnelZ = "funnel_z"
    }
}

struct LogitVector: Codable {
    var source: String
    var params: SpectorTerms
    var bse: SpectorTerms
    var llf: Double
    var mcfadden: Double
    var auc: Double
    var brier: Double
}

struct SpectorTerms: Codable {
    var constant: Double
    var gpa: Double
    var tuce: Double
    var psi: Double

    enum CodingKeys: String, CodingKey {
        case constant = "const"
        case gpa = "GPA"
        case tuce = "TUCE"
        case psi = "PSI"
    }

    var inOrder: [Double] { [constant, gpa, tuce, psi] }
}

struct AUCVector: Codable {
    var y: [Int]
    var s: [Double]
    var auc: Double
}

struct StateWeightsVector: Codable {
    var source: String
    var r2: Double
    var johnson: StateTerms
    var johnsonPercent: StateTerms
    var shapley: StateTerms

    enum CodingKeys: String, CodingKey {
        case source, r2, johnson, shapley
        case johnsonPercent = "johnson_pct"
    }
}

struct StateTerms: Codable {
    var population: Double
    var illiteracy: Double
    var income: Double
    var frost: Double

    enum CodingKeys: String, CodingKey {
        case population = "Population"
        case illiteracy = "Illiteracy"
        case income = "Income"
        case frost = "Frost"
    }

    var inOrder: [Double] { [population, illiteracy, income, frost] }
}

struct MatrixWeightsVector: Codable {
    var source: String
    var correlations: [[Double]]
    var johnson: [Double]
    var shapley: [Double]
    var r2: Double

    enum CodingKeys: String, CodingKey {
        case source
        case correlations = "R"
        case johnson, shapley, r2
    }
}
