struct NPSVector: Codable {
    var counts: [Int]
    var nps: Double
    var variance: Double
    var se: Double
    var wald: [Double]
    var adjEst: Double
    var adjSe: Double
    var adjWaldUnclamped: [Double]
    var score: [Double]

    enum CodingKeys: String, CodingKey {
        case counts, nps, se, wald, score
        case variance = "var"
        case adjEst = "adj_est"
        case adjSe = "adj_se"
        case adjWaldUnclamped = "adj_wald_unclamped"
    }
}

struct NPSChangeVector: Codable {
    struct Expected: Codable {
        var diff: Double
        var se: Double
        var z: Double
        var p: Double
        var ci: [Double]
    }

    var a: [Int]
    var b: [Int]
    var wald: Expected
    var adj: Expected
}

struct WilsonVector: Codable {
    var x: Int
    var n: Int
    var ci: [Double]
}

struct NewcombeVector: Codable {
    var x1: Int
    var n1: Int
    var x2: Int
    var n2: Int
    var diff: Double
    var ci: [Double]
}

struct BinomialVector: Codable {
    var n: Int
    var trueShare: Double
    var probabilityAtMost13: Double

    enum CodingKeys: String, CodingKey {
        case n
        case trueShare = "true"
        case probabilityAtMost13 = "p_at_most_13"
    }
}

struct CSATVector: Codable {
    var counts: [Int]
    var mean: Double
    var sd: Double
    var top2: Double
    var top1: Double
    var bottom2: Double
    var tInterval: [Double]
    var wilsonTop2: [Double]

    enum CodingKeys: String, CodingKey {
        case counts = "counts_1_to_5"
        case mean, sd, top2, top1, bottom2
        case tInterval = "t_ci_mean"
        case wilsonTop2 = "wilson_top2"
    }
}

struct CESVector: Codable {
    var effortCounts: [Int]
    var effortMean: Double
    var lowEffort: Double
    var highEffort: Double
    var easeCounts: [Int]
    var easeMean: Double
    var agree: Double
    var netEasy: Double

    enum CodingKeys: String, CodingKey {
        case effortCounts = "v1_counts_1_to_5"
        case effortMean = "v1_mean_lower_better"
        case lowEffort = "v1_low_effort_1_2"
        case highEffort = "v1_high_effort_4_5"
        case easeCounts = "v2_counts_1_to_7"
        case easeMean = "v2_mean_higher_better"
        case agree = "v2_agree_5_7"
        case netEasy = "v2_net_easy"
    }
}
