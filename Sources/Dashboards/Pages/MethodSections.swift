import Statistics

/// How figures are withheld, compared, watched and ranked, in plain words with the sources.
enum MethodSections {
    static func all(_ rule: SufficiencyRule) -> [PageSection] {
        [intervals, smallNumbers(rule), counting, changes, trends, groups, answering].map { section in
            PageSection(
                id: section.id, section.heading, section.texts.map { Paragraph($0, style: "what") }, isWide: false)
        }
    }

    private struct Method {
        let id: String
        let heading: String
        let texts: [String]
    }

    private static let intervals = Method(
        id: "intervals", heading: "Intervals",
        texts: IntervalMethod.allCases.map { method in
            "\(method.name.prefix(1).uppercased())\(method.name.dropFirst()): \(method.formula) (\(method.source))."
        })

    private static func smallNumbers(_ rule: SufficiencyRule) -> Method {
        Method(
            id: "small-numbers", heading: "Small numbers",
            texts: [
                "A figure from fewer than \(rule.shownFrom) answers, contacts or closings is withheld: it would say more about chance than "
                    + "about anybody’s work. From \(rule.shownFrom) to \(rule.fullFrom - 1) it is shown without colour; from "
                    + "\(rule.fullFrom) in full. Numbers of complaints, resolutions and invitations are always shown. Withholding hides "
                    + "no answer: whoever may read a page may read the answers behind it.",
                "The interval is the range in which the true value lies with 95 % confidence: of a hundred such intervals about five miss "
                    + "it. It tells the chance in who answered, not the errors in what was asked.",
                "Values are computed from unrounded counts and rounded once, when they are written. Scores on different scales are never "
                    + "added up or converted.",
            ])
    }

    private static let counting = Method(
        id: "counting", heading: "Which day a figure belongs to",
        texts: [
            "Days are cut in the organisation’s time zone; weeks start on Monday. Scores count on the day of the answer; response rates and "
                + "invitations on the day of the resolution; contacts and handle times on the day the contact began; complaints on the day "
                + "they were received; times to resolution on the day of the closing.",
            "A figure about an agent or a team goes by who handled the contact when the customer was invited. Later moves change nothing.",
        ])

    private static let changes = Method(
        id: "changes", heading: "What counts as a change",
        texts: [
            "A period is compared with the one before it, of the same length. “No detectable change” means that the 95 % interval of the "
                + "difference holds 0; whether two intervals overlap is not the test.",
            "Scores: the difference of the adjusted scores, by a z test (Rocks 2016). Shares: Newcombe’s hybrid score interval (Statistics "
                + "in Medicine 17, 1998, 873–890). Means: Welch’s t (Biometrika 34, 1947, 28–35). Numbers of events: the ratio of two "
                + "Poisson rates, exactly. Medians and percentiles are not tested. Response rates are not compared while customers can still "
                + "answer, nor reopened shares before 30 days have passed: earlier periods had longer.",
        ])

    private static let trends = Method(
        id: "trends", heading: "Limits and signals in trends",
        texts: [
            "The dashed limits hold nearly all weeks as long as nothing but chance changes. They come from the finished weeks shown, at least "
                + "8 of them. Numbers of events: individual values and moving ranges, mean ± 3 · mean moving range ÷ 1.128 (XmR; Wheeler 1993). "
                + "Shares: P ± 3 √(P (1 − P) ÷ n), and from about 100 a week stretched by the variation between weeks (Laney’s p′; Quality "
                + "Engineering 14, 2002, 531–537). Scores and means: the same with s ÷ √n.",
            "A signal is a week outside the limits, or eight in a row on one side of the mean. It asks for a cause; it is no verdict. "
                + "Weeks whose data are not all in are drawn hollow and take no part.",
        ])

    private static let groups = Method(
        id: "groups", heading: "Comparing agents and teams",
        texts: [
            "Groups are ranked only if a χ² test says that they differ by more than chance (p below 0.05). Otherwise the page says that "
                + "they cannot be told apart.",
            "Then each share is drawn towards that of all, the more the fewer its data: (x + a) ÷ (n + a + b), with a and b from the spread "
                + "between the groups (beta-binomial; Ridout, Demétrio & Firth 1999, Biometrics 55, 137–148). A rank is a range: the ranks that "
                + "the intervals of all groups together allow (Klein, Wright & Wieczorek 2020, JRSS C 69, 589–606).",
            "Groups with different kinds of cases are compared with what the same mix of cases has on average, not with each other "
                + "(indirect standardisation; Breslow & Day 1987).",
            "An agent’s figures leave out answers to which a manager has accepted an objection; the agent’s page has them with these too. "
                + "Teams, topics and “all” keep every answer.",
        ])

    private static let answering = Method(
        id: "weighting", heading: "Those who do not answer",
        texts: [
            "Scores speak for those who answered. The page “Asking” sets them beside those who did not, and weights the scores by topic: Σ (size "
                + "of the topic ÷ size of all) · its value, where a topic’s size is its invitations (post-stratification; Lohr 2010). Topics in "
                + "which fewer than two answered are joined.",
            "The effective n, (Σw)² ÷ Σw², is the number of equally weighted answers that would be as precise (Kish 1965).",
        ])
}
