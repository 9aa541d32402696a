import Postgres
import Statistics
import Store

/// How complete and how fresh the data are, and how far suspect answers move the scores.
struct QualityPage {
    let page: DashboardPage

    /// What the page shows.
    struct Details {
        let total: MeasureCounts
        /// By agent, team, topic and portfolio, as far as they are kept within the scope.
        let dimensions: [FigureReport]
        let newest: NewestDays
    }

    /// Reads the page of the context's scope and period.
    static func read(_ context: PageContext, from figures: FigureSnapshot) async throws -> DashboardPage {
        var dimensions: [FigureReport] = []
        for dimension in [MeasureDimension.agent, .team, .topic, .portfolio] where dimension != context.scope.dimension
        {
            guard context.scope.isKept(by: dimension) else { continue }
            let query = FigureQuery(
                context.scope, by: dimension, context.period.days, values: [0], parts: .plain)
            dimensions.append(FigureReport(query: query, rows: try await figures.measureCounts(query), names: [:]))
        }
        let query = FigureQuery(context.scope, context.period.days, parts: .plain)
        let details = Details(
            total: try await figures.measureCounts(query).first?.counts ?? MeasureCounts(), dimensions: dimensions,
            newest: try await figures.newestDays(context.scope))
        return QualityPage(details, in: context).page
    }

    /// Creates the page.
    init(_ details: Details, in context: PageContext) {
        let coverages = Self.coverages(details)
        let kinds = Self.scores(details.total)
        let (with, without) = (details.total, details.total.withoutSuspects)
        func figures(_ counts: MeasureCounts, _ kinds: [MeasureKind]) -> [Figure] {
            FigureReport(
                query: FigureQuery(context.scope, context.period.days),
                rows: [MeasureRow(start: context.period.days.lowerBound, counts: counts)], names: [:]
            ).figures(kinds, rule: context.rule)
        }
        page = DashboardPage(
            page: .quality, title: "Data quality",
            summary: Self.summary(details, coverages, in: context),
            sections: [
                Self.coverage(coverages, in: context),
                context.isPresent ? Self.freshness(details.newest, in: context) : nil,
                Self.suspects(with, kinds, in: context),
            ].compactMap(\.self),
            figures: figures(with, [.knownCustomers] + kinds),
            counts: coverages.map { item in
                PageCount(item.id, days: context.period.days, estimate: item.share.estimate(), rule: context.rule)
            }
                + [PageCount("suspect-answers", days: context.period.days, count: with.suspectAnswers)]
                + kinds.map { kind in
                    PageCount(
                        "\(kind.id)-without-suspects", days: context.period.days,
                        estimate: without.estimate(kind, days: 1), n: without.sample(kind, days: 1).n,
                        rule: context.rule)
                })
    }

    // MARK: Coverage

    /// What is there of what should be.
    private struct Coverage {
        let id: String
        let name: String
        let share: Share
        /// Whether the share counts what should not be there.
        var isFault = false
    }

    private static func coverages(_ details: Details) -> [Coverage] {
        let total = details.total
        func missing(_ report: FigureReport) -> MeasureCounts { report.rows.first?.counts ?? MeasureCounts() }
        var coverages = [
            Coverage(
                id: "customers-known", name: "Inbound contacts whose customer is known",
                share: Share(total.contacts.known, of: total.contacts.all))
        ]
        for report in details.dimensions {
            let name = report.query.dimension.rawValue
            coverages.append(
                Coverage(
                    id: "\(name)-recorded",
                    name: "Handled interactions with \(name == "agent" ? "an agent" : "a \(name)")",
                    share: Share(total.legs.handled - missing(report).legs.handled, of: total.legs.handled)))
        }
        if let agents = details.dimensions.first(where: { $0.query.dimension == .agent }) {
            let invited = total.asking.invited
            coverages.append(
                Coverage(
                    id: "invitations-without-agent", name: "Invitations without an agent",
                    share: Share(missing(agents).asking.invited, of: invited), isFault: true))
        }
        return coverages + [
            Coverage(
                id: "complaints-linked", name: "Complaints with an interaction",
                share: Share(total.complaints.linked, of: total.complaints.received)),
            Coverage(
                id: "interactions-unlinked", name: "Interactions that name an unknown complaint",
                share: Share(total.legs.unlinked, of: total.legs.handled), isFault: true),
        ]
    }

    private static func coverage(_ coverages: [Coverage], in context: PageContext) -> PageSection {
        let kind = MeasureKind.knownCustomers
        return PageSection(
            id: "coverage", "How complete the data are", lead: "What is recorded, of what was recorded at all.",
            [
                FigureTable(
                    label: "Completeness: table", heading: "Share",
                    columns: ["Value", "Lower", "Upper", "Count", "Of"],
                    rows: coverages.map { item in
                        let texts = kind.cells(item.share.estimate(), context.rule)
                        return FigureTable.Row(
                            LinkedName(item.name),
                            texts: [texts[0], texts[1], texts[2], texts[4], texts[3]])
                    })
            ],
            notes: [
                "A contact whose customer is not known takes no part in first contact resolution. What has no agent, team, topic or "
                    + "portfolio is shown as “not recorded”, and an answer to an invitation without an agent counts for none. An interaction "
                    + "that names an unknown complaint is linked as soon as the complaint comes."
            ])
    }

    // MARK: Freshness

    private static func freshness(_ newest: NewestDays, in context: PageContext) -> PageSection {
        let facts = [
            ("Interactions", newest.interactions), ("Answers", newest.answers), ("Complaints", newest.complaints),
        ]
        return PageSection(
            id: "freshness", "How fresh the data are",
            lead: "The newest day of each kind of data.",
            [
                FigureTable(
                    label: "Newest days: table", heading: "Data", columns: ["Newest day", "Days ago"],
                    rows: facts.map { name, day in
                        FigureTable.Row(
                            LinkedName(name),
                            texts: [
                                day?.long ?? "none yet", day.map { Figures.whole(age($0, context.today)) } ?? "–",
                            ])
                    })
            ], isWide: false)
    }

    private static func age(_ day: CalendarDay, _ today: CalendarDay) -> Int { (min(day, today)...today).days - 1 }

    // MARK: Suspect answers

    private static func scores(_ total: MeasureCounts) -> [MeasureKind] {
        [.nps, .csat] + total.instruments.map(MeasureKind.ces) + [.fcrStated]
    }

    private static func suspects(
        _ total: MeasureCounts, _ kinds: [MeasureKind], in context: PageContext
    ) -> PageSection {
        let without = total.withoutSuspects
        let share = Share(total.suspectAnswers, of: total.answers).estimate()
        let lead =
            share.map { estimate in
                "Suspect: \(Figures.whole(total.suspectAnswers)) of \(Figures.whole(total.answers)) answers "
                    + "(\(MeasureKind.completion.text(estimate.point)), interval \(MeasureKind.completion.interval(estimate)))."
            } ?? "There are no answers in this period."
        return PageSection(
            id: "suspects", "Suspect answers", lead: lead,
            total.answers == 0
                ? []
                : [
                    FigureTable(
                        label: "Scores with and without suspect answers: table", heading: "Measure",
                        columns: ["All answers", "Interval", "n", "Without suspect ones", "Interval", "n"],
                        rows: kinds.map { kind in
                            FigureTable.Row(
                                LinkedName(kind.words.name),
                                texts: side(kind, total, context.rule) + side(kind, without, context.rule))
                        })
                ],
            notes: [
                "Suspect is an answer given within ten seconds of its invitation, faster than a message can be read, and a further "
                    + "answer of the same customer within a minute: mail scanners and tired thumbs answer so. Suspect answers are "
                    + "counted everywhere, never removed; here stands what they change."
            ])
    }

    private static func side(_ kind: MeasureKind, _ counts: MeasureCounts, _ rule: SufficiencyRule) -> [String] {
        let estimate = counts.estimate(kind, days: 1)
        let texts = kind.cells(estimate, rule)
        return [texts[0], kind.isShown(estimate, rule) ? estimate.map(kind.interval) ?? "" : "", texts[3]]
    }

    // MARK: Summary

    private static func summary(_ details: Details, _ coverages: [Coverage], in context: PageContext) -> [String] {
        let total = details.total
        let facts = [("interactions", details.newest.interactions), ("answers", details.newest.answers)]
        let late = facts.compactMap { name, day -> String? in
            // A weekend without any is nothing unusual.
            guard context.isPresent, let day, age(day, context.today) > 3 else { return nil }
            return
                "The newest \(name) are \(Figures.whole(age(day, context.today))) days old: see whether an import is missing."
        }
        guard total.legs.handled + total.answers + total.complaints.received > 0 else {
            return late + [
                "There is no data in this period yet. Import interactions and complaints to see how complete they are."
            ]
        }
        let gaps = coverages.compactMap { item -> String? in
            guard let share = item.share.proportion, context.rule.sufficiency(of: item.share.total) != .withheld,
                item.isFault ? share > 0.05 : share < 0.95
            else { return nil }
            return "\(item.name): \(MeasureKind.knownCustomers.text(share))."
        }
        let suspects =
            total.suspectAnswers > 0
            ? ["Suspect: \(Figures.whole(total.suspectAnswers)) of \(Figures.whole(total.answers)) answers."] : []
        let all = late + gaps + suspects
        return all.isEmpty
            ? [
                "Nothing needs a look: at least 95\(Figures.thinSpace)% of what should be recorded is."
            ] : all
    }
}
