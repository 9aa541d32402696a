import Foundation

/// The published and independently computed inputs and outputs of `vectors.json`, decoded key by key.
///
/// Every key of the file must have a property here, or stand in `keysOfOtherModules`; `VectorCoverageTests` compares them.
struct Vectors: Codable {
    var z975: Double
    var note: String
    var nps: [NPSVector]
    var npsTwoPeriod: [NPSChangeVector]
    var wilson95: [WilsonVector]
    var newcombeDiff95: NewcombeVector
    var copcCsatNoise: BinomialVector
    var csat: CSATVector
    var ces: CESVector
    var pChart: PChartVector
    var laneyVaryingN: LaneyVector
    var xmr: XmRVector
    var efronMorris: EfronMorrisVector
    var betaBinomialEb: BetaBinomialVector
    var logitSpector: LogitVector
    var auc: [AUCVector]
    var relativeWeightsStateX77: StateWeightsVector
    var relativeWeightsIopsych: MatrixWeightsVector
    var aapor: AAPORVector
    var poststrat: PostStratificationVector
    var ahtTrap: HandleTimeVector
    var ahtComponents: HandleTimePartsVector

    enum CodingKeys: String, CodingKey {
        case z975 = "z_0.975"
        case note, nps
        case npsTwoPeriod = "nps_two_period"
        case wilson95
        case newcombeDiff95 = "newcombe_diff95"
        case copcCsatNoise = "copc_csat_noise"
        case csat, ces
        case pChart = "p_chart"
        case laneyVaryingN = "laney_varying_n"
        case xmr
        case efronMorris = "efron_morris"
        case betaBinomialEb = "beta_binomial_eb"
        case logitSpector = "logit_spector"
        case auc
        case relativeWeightsStateX77 = "relative_weights_state_x77"
        case relativeWeightsIopsych = "relative_weights_iopsych"
        case aapor, poststrat
        case ahtTrap = "aht_trap"
        case ahtComponents = "aht_components"
    }

    /// The vectors that other modules' tests read.
    static let keysOfOtherModules: Set<String> = [
        "fcr_micro", "regf_time", "regf_7in7", "standard_webhooks", "twilio_signature", "pkce_s256",
    ]

    static func data() throws -> Data {
        struct Missing: Error {}
        guard let url = Bundle.module.url(forResource: "vectors", withExtension: "json") else { throw Missing() }
        return try Data(contentsOf: url)
    }

    static func load() throws -> Vectors {
        try JSONDecoder().decode(Vectors.self, from: data())
    }
}
