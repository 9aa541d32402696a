import Statistics

/// The words a page uses for a measure.
struct MeasureWords {
    /// The name in tiles.
    let shortName: String
    /// What the tile's value is a share or a mean of, in a few words.
    let caption: String
    /// The name in headings.
    let name: String
    /// What the measure is, in a sentence, and which direction is good.
    let definition: String
    /// What a value is counted in, beside the chart's axis.
    let unit: String
    /// What n counts: one, and several.
    let counted: (one: String, many: String)
    /// The table's columns above and below the line.
    let numerator: String
    let denominator: String
    /// What an unfinished stretch is waiting for; nil when it is just not over.
    let unfinished: String?
    /// What to do when there is nothing to show.
    let whenEmpty: String
}

extension MeasureKind {
    /// Identifies the measure in addresses and in files for other programs.
    public var id: String {
        switch self {
        case .nps: "nps"
        case .csat: "csat"
        case .ces(let instrument):
            instrument.direction == .lowerIsBetter ? "ces-effort-\(instrument.points)" : "ces-ease-\(instrument.points)"
        case .fcrStated: "fcr-stated"
        case .fcrObserved(let days): "fcr-observed-\(days)"
        case .aht: "aht"
        case .responseRate: "response-rate"
        }
    }

    var words: MeasureWords {
        switch self {
        case .nps:
            survey(
                "NPS", "would recommend",
                "Net Promoter Score: the percentage of customers who answered 9 or 10 minus the percentage who answered 0 to 6. "
                    + "It lies between −100 and +100; higher is better.",
                unit: "NPS, −100 to +100", numerator: "Promoters −\u{A0}detractors")
        case .csat:
            survey(
                "CSAT", "answered 4 or 5",
                "Customer satisfaction: the share of answers that are 4 or 5 on a scale of 1 to 5. Higher is better.",
                unit: "% of answers that are 4 or 5", numerator: "Answers 4\u{A0}or\u{A0}5")
        case .ces(let instrument) where instrument.direction == .lowerIsBetter:
            survey(
                "CES", "effort, 1 to \(instrument.points)",
                "Customer effort score: the mean answer on an effort scale of 1 to \(instrument.points). Lower is better.",
                unit: "mean effort, 1 to \(instrument.points)", numerator: "Sum of answers")
        case .ces(let instrument):
            survey(
                "CES, ease", "ease, 1 to \(instrument.points)",
                "Customer effort score: the mean agreement that it was easy, 1 to \(instrument.points). Higher is better.",
                unit: "mean ease, 1 to \(instrument.points)", numerator: "Sum of answers")
        case .fcrStated:
            survey(
                "FCR stated", "customers say yes",
                "First contact resolution as customers state it: the share who say it was resolved the first time. Higher is better.",
                unit: "% of answers", numerator: "Yes")
        case .fcrObserved(let days):
            MeasureWords(
                shortName: "FCR observed", caption: "no repeat in \(days) days", name: "FCR observed (\(days) days)",
                definition:
                    "First contact resolution as contacts show it: the share of first contacts that the same customer did not "
                    + "follow with another about the same topic within \(days) days. Contacts whose \(days) days are not over "
                    + "are left out. Higher is better.",
                unit: "% of first contacts", counted: ("first contact", "first contacts"),
                numerator: "Without a repeat", denominator: "First contacts",
                unfinished: "the \(days) days of some contacts are not over",
                whenEmpty: "Import interactions of this period; the first figures follow \(days) days later.")
        case .aht:
            MeasureWords(
                shortName: "AHT", caption: "per interaction", name: "AHT",
                definition:
                    "Average handle time: talk, hold and after-contact work per handled interaction, each leg of a transfer by itself. "
                    + "Neither longer nor shorter is good in itself.",
                unit: "minutes:seconds", counted: ("interaction", "interactions"), numerator: "Seconds",
                denominator: "Interactions", unfinished: nil,
                whenEmpty: "Import interactions of this period to see handle times.")
        case .responseRate:
            MeasureWords(
                shortName: "Response rate", caption: "of invitations", name: "Response rate",
                definition:
                    "The share of invitations that were answered, by the AAPOR RR2 definition. Higher is better.",
                unit: "% of invitations", counted: ("invitation", "invitations"), numerator: "Answered",
                denominator: "Invitations", unfinished: "customers can still answer",
                whenEmpty: "Figures appear once invitations have been sent.")
        }
    }

    private func survey(_ name: String, _ caption: String, _ definition: String, unit: String, numerator: String)
        -> MeasureWords
    {
        MeasureWords(
            shortName: name, caption: caption, name: name, definition: definition, unit: unit,
            counted: ("answer", "answers"), numerator: numerator,
            denominator: "Answers", unfinished: nil,
            whenEmpty: "Figures appear once customers have answered the survey.")
    }
}

extension MeasureWords {
    /// Writes a count with what it counts, such as "412 answers".
    func count(_ n: Int) -> String {
        "\(Figures.whole(n)) \(n == 1 ? counted.one : counted.many)"
    }
}
