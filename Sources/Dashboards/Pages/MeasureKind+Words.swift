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
    var words: MeasureWords {
        switch self {
        case .nps, .csat, .csatTopBox, .csatMean, .ces, .netEasy, .fcrStated: askedWords
        case .fcrObserved, .fcrCombined, .fcrWindow, .knownCustomers: contactWords
        case .handleTime(let unit, let statistic): handlingWords(unit, statistic)
        case .responseRate, .completion, .invitationRate: askingWords
        case .complaintsReceived, .complaintsReopened, .resolutionTime: complaintWords
        }
    }

    // MARK: What customers say

    private var askedWords: MeasureWords {
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
        case .csatTopBox:
            survey(
                "CSAT, top box", "answered 5",
                "The share of answers that are 5 on a scale of 1 to 5. Higher is better.",
                unit: "% of answers that are 5", numerator: "Answers 5")
        case .csatMean:
            survey(
                "CSAT, mean", "mean of 1 to 5", "The mean answer on a scale of 1 to 5. Higher is better.",
                unit: "mean answer, 1 to 5", numerator: "Sum of answers")
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
        case .netEasy(let instrument):
            survey(
                "Net easy", "easy minus hard",
                "The percentage of customers who found it easy minus the percentage who found it hard, on the "
                    + "\(instrument.direction == .lowerIsBetter ? "effort" : "ease") scale of 1 to \(instrument.points). "
                    + "Higher is better.",
                unit: "net easy, −100 to +100", numerator: "Easy −\u{A0}hard")
        default:
            survey(
                "FCR stated", "customers say yes",
                "First contact resolution as customers state it: the share who say it was resolved the first time. "
                    + "As a guide: below 70 % is low, 80 % and more is world class. Higher is better.",
                unit: "% of answers", numerator: "Yes")
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

    // MARK: What contacts show

    private var contactWords: MeasureWords {
        switch self {
        case .knownCustomers:
            MeasureWords(
                shortName: "Customers known", caption: "of inbound contacts", name: "Contacts whose customer is known",
                definition:
                    "The share of inbound contacts whose customer is known. The others can be neither first contacts nor repeats. "
                    + "Higher is better.",
                unit: "% of contacts", counted: ("contact", "contacts"), numerator: "Known", denominator: "Contacts",
                unfinished: nil, whenEmpty: "Import interactions of this period.")
        case .fcrCombined:
            resolution(
                "FCR combined", "not unresolved, no repeat", "FCR combined",
                "Observed first contact resolution of contacts whose outcome is not recorded as unresolved.",
                window: "the repeat window")
        case .fcrWindow(let rule, let days):
            resolution(
                "FCR, \(days) d", "no repeat in \(days) days",
                "FCR \(rule.words.name) (\(days) \(days == 1 ? "day" : "days"))",
                rule.words.definition + " within \(days) \(days == 1 ? "day" : "days").",
                window: days == 1 ? "the day" : "the \(days) days",
                contacts: rule == .every ? ("contact", "contacts") : ("first contact", "first contacts"))
        default:
            resolution(
                "FCR observed", "no repeat contact", "FCR observed",
                "First contact resolution as contacts show it: the share of first contacts that the same customer did not "
                    + "follow with another about the same topic within the window set for the organisation or the topic (7 days "
                    + "unless set otherwise).",
                window: "the repeat window")
        }
    }

    private func resolution(
        _ shortName: String, _ caption: String, _ name: String, _ definition: String, window: String,
        contacts: (one: String, many: String) = ("first contact", "first contacts")
    ) -> MeasureWords {
        MeasureWords(
            shortName: shortName, caption: caption, name: name,
            definition: definition + " Contacts for which \(window) has not passed are left out. Higher is better.",
            unit: "% of \(contacts.many)", counted: contacts, numerator: "Without a repeat",
            denominator: "\(contacts.many.prefix(1).uppercased())\(contacts.many.dropFirst())",
            unfinished: "\(window) of some contacts has not passed",
            whenEmpty: "Import interactions of this period; the first figures follow when \(window) has passed.")
    }

    // MARK: How long it takes

    private func handlingWords(_ unit: HandledUnit, _ statistic: HandleStatistic) -> MeasureWords {
        let (one, many) = unit == .leg ? ("interaction", "interactions") : ("contact", "contacts")
        let what = unit == .leg ? "each leg of a transfer by itself" : "the legs of a transfer together"
        let suffix = unit == .leg ? "" : " per contact"
        func words(_ shortName: String, _ caption: String, _ definition: String, unit: String, numerator: String)
            -> MeasureWords
        {
            MeasureWords(
                shortName: shortName + suffix, caption: caption, name: shortName + suffix,
                definition: "\(definition), zeros included, \(what). Neither longer nor shorter is good in itself.",
                unit: unit,
                counted: (one, many), numerator: numerator,
                denominator: many.prefix(1).uppercased() + many.dropFirst(), unfinished: nil,
                whenEmpty: "Import interactions of this period to see handle times.")
        }
        let error = " A median or percentile comes from a histogram and is within 1.6 % of the exact one."
        return switch statistic {
        case .mean:
            words(
                "AHT", "per \(one)", "Average handle time: talk, hold and after-contact work per handled \(one)",
                unit: "minutes:seconds", numerator: "Seconds")
        case .median:
            words(
                "Median handle time", "half take longer",
                "The handle time that half of the \(many) stay below.\(error) Counted", unit: "minutes:seconds",
                numerator: "")
        case .p90:
            words(
                "90th percentile", "one in ten takes longer",
                "The handle time that nine of ten \(many) stay below.\(error) Counted", unit: "minutes:seconds",
                numerator: "")
        case .talk:
            words(
                "Talk time", "per \(one)", "Average talk time per handled \(one)", unit: "minutes:seconds",
                numerator: "Seconds")
        case .hold:
            words(
                "Hold time", "per \(one)", "Average hold time per handled \(one)", unit: "minutes:seconds",
                numerator: "Seconds")
        case .wrap:
            words(
                "After-contact work", "per \(one)", "Average work after the contact per handled \(one)",
                unit: "minutes:seconds", numerator: "Seconds")
        case .short:
            words(
                "Short", "10 s or less", "The share of handled \(many) of 10 seconds or less",
                unit: "% of \(many)", numerator: "10 s or less")
        }
    }

    // MARK: Who is asked

    private var askingWords: MeasureWords {
        switch self {
        case .completion:
            MeasureWords(
                shortName: "Completion", caption: "of answers", name: "Completion",
                definition: "The share of answers that answer everything the survey asks on a scale. Higher is better.",
                unit: "% of answers", counted: ("answer", "answers"), numerator: "Complete", denominator: "Answers",
                unfinished: "customers can still answer", whenEmpty: "Figures appear once customers have answered.")
        case .invitationRate:
            MeasureWords(
                shortName: "Invitation rate", caption: "of resolutions decided", name: "Invitation rate",
                definition:
                    "The share of resolutions whose customer was invited, among those decided about. It has no good direction by "
                    + "itself; large differences between agents need a look.",
                unit: "% of resolutions", counted: ("resolution", "resolutions"), numerator: "Invited",
                denominator: "Decided", unfinished: "some resolutions are not decided about",
                whenEmpty: "Figures appear once complaints and interactions have been resolved.")
        default:
            MeasureWords(
                shortName: "Response rate", caption: "of invitations", name: "Response rate",
                definition:
                    "The share of invitations that were answered, by the AAPOR RR2 definition, by the day of the resolution. "
                    + "Higher is better.",
                unit: "% of invitations", counted: ("invitation", "invitations"), numerator: "Answered",
                denominator: "Invitations", unfinished: "customers can still answer",
                whenEmpty: "Figures appear once invitations have been sent.")
        }
    }

    // MARK: Complaints

    private var complaintWords: MeasureWords {
        switch self {
        case .complaintsReceived:
            MeasureWords(
                shortName: "Complaints", caption: "received", name: "Complaints received",
                definition: "How many complaints were received. The interval is that of a count of independent events.",
                unit: "complaints a week", counted: ("complaint", "complaints"), numerator: "Complaints",
                denominator: "", unfinished: nil, whenEmpty: "Import complaints of this period.")
        case .complaintsReopened:
            MeasureWords(
                shortName: "Reopened", caption: "of closings", name: "Reopened complaints",
                definition: "The share of closings whose complaint was reopened since. Lower is better.",
                unit: "% of closings", counted: ("closing", "closings"), numerator: "Reopened", denominator: "Closings",
                unfinished: "its closings may still be reopened",
                whenEmpty: "Figures appear once complaints have been closed.")
        default:
            MeasureWords(
                shortName: self == .resolutionTime(.mean)
                    ? "Time to resolution"
                    : self == .resolutionTime(.median) ? "Median time to resolution" : "90th percentile",
                caption: self == .resolutionTime(.mean)
                    ? "mean, from receipt"
                    : self == .resolutionTime(.median) ? "half take longer" : "one in ten takes longer",
                name: self == .resolutionTime(.mean)
                    ? "Time to resolution, mean"
                    : self == .resolutionTime(.median)
                        ? "Time to resolution, median"
                        : "Time to resolution, 90th percentile",
                definition:
                    "The time from a complaint’s receipt to its closing, by the day of the closing. Median and percentile come "
                    + "from a histogram and are within 1.6 % of the exact ones. Lower is better.",
                unit: "days", counted: ("closing", "closings"),
                numerator: self == .resolutionTime(.mean) ? "Minutes" : "", denominator: "Closings", unfinished: nil,
                whenEmpty: "Figures appear once complaints have been closed.")
        }
    }
}

extension RepeatRule {
    fileprivate var words: (name: String, definition: String) {
        switch self {
        case .first:
            (
                "observed",
                "The share of first contacts that the same customer did not follow with another about the same topic"
            )
        case .every:
            (
                "strict",
                "The share of all contacts, not only an issue’s first, that the same customer did not follow with another about "
                    + "the same topic"
            )
        case .anyTopic:
            (
                "any topic",
                "The share of first contacts that the same customer did not follow with another about whatever topic"
            )
        }
    }
}

extension MeasureWords {
    /// Writes a count with what it counts, such as "412 answers".
    func count(_ n: Int) -> String {
        "\(Figures.whole(n)) \(n == 1 ? counted.one : counted.many)"
    }
}
