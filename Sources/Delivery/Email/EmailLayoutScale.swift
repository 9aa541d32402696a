/// Scores as the layout shows them: in one group, or in two that stand beside each other where there is room.
struct EmailLayoutScale {
    let groups: [Group]
    let ends: Ends?
    /// The width of a score, in pixels.
    let cell: Int
    /// The width of all scores in one line, in pixels.
    let width: Int
    /// Whether they are too many for one line of a telephone.
    let isWide: Bool

    struct Group {
        let scores: [Score]
    }

    struct Score {
        let score: Int
        let address: String
        /// What a screen reader says for the first and the last.
        let spoken: String?
    }

    struct Ends {
        let lowest: Int
        let highest: Int
        let low: String
        let high: String
    }

    init(_ links: [ScoreLink], low: String, high: String) {
        let scores = links.enumerated().map { index, link in
            let meaning = index == 0 ? low : index == links.count - 1 ? high : ""
            return Score(
                score: link.score, address: link.address,
                spoken: meaning.isEmpty ? nil : "\(link.score): \(meaning)")
        }
        // With gaps of 4 pixels, six scores or five broader ones fit into the narrowest telephone's 320 pixels.
        cell = scores.count > 5 ? 44 : 52
        isWide = scores.count > 6
        let first = isWide ? (scores.count + 1) / 2 : scores.count
        groups = [scores[..<first], scores[first...]].filter { !$0.isEmpty }.map { Group(scores: Array($0)) }
        if let lowest = links.first?.score, let highest = links.last?.score, !(low.isEmpty && high.isEmpty) {
            ends = Ends(lowest: lowest, highest: highest, low: low, high: high)
        } else {
            ends = nil
        }
        width = links.count * (cell + 4) - 4
    }
}
