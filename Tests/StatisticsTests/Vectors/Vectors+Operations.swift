struct PChartVector: Codable {
    var source: String
    var x: [Int]
    var n: Int
    var pBar: Double
    var sigma: Double
    var lcl: Double
    var ucl: Double
    var signals: [Int]
    var trimmedPBar: Double
    var trimmedLcl: Double
    var trimmedUcl: Double
    var laneySigmaZ: Double
    var laneyUnclamped: [Double]

    enum CodingKeys: String, CodingKey {
        case source, x, n, sigma, lcl, ucl
        case pBar = "p_bar"
        case signals = "signals_1based"
        case trimmedPBar = "trimmed_p_bar"
        case trimmedLcl = "trimmed_lcl"
        case trimmedUcl = "trimmed_ucl"
        case laneySigmaZ = "laney_sigma_z"
        case laneyUnclamped = "laney_unclamped"
    }
}

struct LaneyVector: Codable {
    var x: [Int]
    var n: [Int]
    var pBar: Double
    var sigmaZ: Double
    var firstPointLimits: [Double]
    var firstPointPChart: [Double]

    enum CodingKeys: String, CodingKey {
        case x, n
        case pBar = "p_bar"
        case sigmaZ = "sigma_z"
        case firstPointLimits = "first_point_limits"
        case firstPointPChart = "first_point_p_chart"
    }
}

struct XmRVector: Codable {
    var source: String
    var x: [Double]
    var mean: Double
    var mrBar: Double
    var limits: [Double]
    var limits266: [Double]
    var url3268: Double
    var signals: [Int]
    var rangeSignals: [Int]

    enum CodingKeys: String, CodingKey {
        case source, x, mean
        case mrBar = "mr_bar"
        case limits = "limits_3_over_1_128"
        case limits266 = "limits_2_66"
        case url3268 = "url_3_268"
        case signals = "x_signals_1based"
        case rangeSignals = "mr_signals_at_1based"
    }
}

struct AAPORVector: Codable {
    var complete: Int
    var partial: Int
    var refused: Int
    var noContact: Int
    var other: Int
    var unknownDelivery: Int
    var unknownOther: Int
    var eligibility: Double
    var rate1: Double
    var rate2: Double
    var rate3: Double
    var rate4: Double
    var rate5: Double
    var rate6: Double

    enum CodingKeys: String, CodingKey {
        case complete = "I"
        case partial = "P"
        case refused = "R"
        case noContact = "NC"
        case other = "O"
        case unknownDelivery = "UH"
        case unknownOther = "UO"
        case eligibility = "e"
        case rate1 = "RR1"
        case rate2 = "RR2"
        case rate3 = "RR3"
        case rate4 = "RR4"
        case rate5 = "RR5"
        case rate6 = "RR6"
    }
}

struct PostStratificationVector: Codable {
    var populations: [Int]
    var n: [Int]
    var p: [Double]
    var raw: Double
    var weighted: Double
    var standardError: Double
    var kishDeff: Double
    var effectiveN: Double

    enum CodingKeys: String, CodingKey {
        case populations = "N"
        case n, p, raw, weighted
        case standardError = "se_fpc"
        case kishDeff = "kish_deff"
        case effectiveN = "n_eff"
    }
}

struct HandleTimeVector: Codable {
    var seconds: [Int]
    var mean: Double
    var median: Double
    var p90: Double
    var p95: Double
    var trim10: Double

    enum CodingKeys: String, CodingKey {
        case seconds, mean, median, trim10
        case p90 = "p90_cont"
        case p95 = "p95_cont"
    }
}

struct HandleTimePartsVector: Codable {
    struct Row: Codable {
        var talk: Int
        var hold: Int
        var acw: Int
    }

    struct Trap: Codable {
        var talk: Double
        var hold: Double
        var acw: Double
        var sum: Double
    }

    var rows: [Row]
    var aht: Double
    var trap: Trap

    enum CodingKeys: String, CodingKey {
        case rows, aht
        case trap = "trap_mean_of_component_means_with_zero_dropped"
    }
}
