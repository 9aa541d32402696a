import Dashboards
import Feedback
import Store

/// What was typed as policies.
struct TypedPolicies {
    let source: String
    /// The newest version that whoever typed knows of.
    var base: Int32

    init(source: String, base: Int32) {
        self.source = source
        self.base = base
    }

    init?(_ fields: FormFields) {
        guard let source = fields["source"], let base = fields["base"].flatMap({ Int32($0) }) else { return nil }
        self.init(source: withPlainLineEnds(source), base: base)
    }

    /// The file that it is.
    func file() throws -> PolicyFile { try PolicyFile(source) }
}

/// A version of the policies, and all others.
struct PoliciesPage {
    let frame: StaffFrame
    let number: Int
    let written: String
    let isInForce: Bool
    let names: String
    let source: String
    let versions: [Row]

    /// A version in the list.
    struct Row {
        let number: Int
        let names: String
        let at: String
        let by: String
        let isInForce: Bool
        let isShown: Bool

        init(_ version: PublishedPolicies, shown: Int32, newest: Int32) {
            number = Int(version.id)
            names = version.names.joined(separator: ", ")
            at = staffMoment(version.publication.at)
            by = version.publication.by.map(actorWords) ?? "–"
            isInForce = version.id == newest
            isShown = version.id == shown
        }
    }
}

/// Policies in a text box, and what they would have done.
struct PolicyEditPage {
    let frame: StaffFrame
    let token: String
    let base: Int
    let editor: TextEditor
    let days: Int
    let mayPublish: Bool
    let trial: PolicyTrial?
}

/// What policies would have done, beside those in force.
struct PolicyTrial {
    let summary: String
    let isCut: Bool
    let rows: [Row]

    /// How many resolutions met one end.
    struct Row {
        let outcome: String
        let reason: String
        let typed: String
        let inForce: String
        let change: String
        /// Whether it sums up the rows after it.
        let isSum: Bool
    }

    init(_ typed: DryRunCounts, inForce: DryRunCounts, days: Int) {
        let total = Figures.whole(typed.resolutions)
        summary =
            typed.resolutions == 0
            ? "Nothing was resolved in the last \(days) days, so there is nothing to try these policies on."
            : "Of \(total) resolutions of the last \(days) days, these policies would have invited "
                + "\(Figures.whole(typed.invited)); those in force would have invited \(Figures.whole(inForce.invited))."
        isCut = !typed.isWhole
        var rows: [Row] = []
        if typed.resolutions > 0 {
            rows = [Self.row("Invited", "", typed.invited, inForce.invited, isSum: true)]
            rows += Self.rows("Invited", typed.byChannel, inForce.byChannel, \.words)
            rows += Self.summed("Held", typed.held, inForce.held)
            rows += Self.summed("Skipped", typed.skipped, inForce.skipped)
        }
        self.rows = rows
    }

    /// An outcome by the rules that decided, below their sum.
    private static func summed(
        _ outcome: String, _ typed: [AskingRule: Int], _ inForce: [AskingRule: Int]
    ) -> [Row] {
        [row(outcome, "", typed.total, inForce.total, isSum: true)] + rows(outcome, typed, inForce, \.title)
    }

    private static func rows<Key: Hashable>(
        _ outcome: String, _ typed: [Key: Int], _ inForce: [Key: Int], _ words: (Key) -> String
    ) -> [Row] {
        Set(typed.keys).union(inForce.keys).map { key in
            (words(key), typed[key] ?? 0, inForce[key] ?? 0)
        }.sorted { ($1.1, $1.2, $0.0) < ($0.1, $0.2, $1.0) }.map { row(outcome, $0, $1, $2, isSum: false) }
    }

    private static func row(_ outcome: String, _ reason: String, _ typed: Int, _ inForce: Int, isSum: Bool) -> Row {
        let change = typed - inForce
        return Row(
            outcome: outcome, reason: reason, typed: Figures.whole(typed), inForce: Figures.whole(inForce),
            change: change == 0 ? "–" : (change > 0 ? "+" : "") + Figures.whole(change), isSum: isSum)
    }
}

extension Dictionary where Value == Int {
    fileprivate var total: Int { values.reduce(0, +) }
}

extension SurveyChannel {
    /// How somebody would have been asked.
    fileprivate var words: String {
        switch self {
        case .link: "By a link that is handed over"
        case .email: "By e-mail first"
        case .sms: "By text first"
        case .letter: "By letter first"
        case .webhook: "By your own sender first"
        }
    }
}
