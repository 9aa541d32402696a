import Postgres
import Statistics
import Store

/// Complaints: how many come and are open, how long they take, and what their customers say afterwards.
struct ComplaintsPage {
    let page: DashboardPage

    /// What the page shows besides the series.
    struct Details {
        let open: OpenComplaints
        /// What customers said whose complaint was resolved, by category; nil where it is not kept.
        let categories: FigureReport?
        /// Complaints and closings, by topic and by team.
        let groups: [FigureReport]
    }

    /// Reads the page of the context's scope and period.
    static func read(_ context: PageContext, from figures: FigureSnapshot) async throws -> DashboardPage {
        let end = max(context.period.days.lowerBound, min(context.period.days.upperBound, context.today))
        let open = OpenComplaints(try await figures.openComplaints(context.scope, at: end), at: end)
        let timed: CountParts = [.plain, .resolutionTimes]
        let groups = [
            try await context.report(by: .topic, timed, from: figures),
            try await context.report(by: .team, timed, from: figures),
        ]
        let details = Details(
            open: open, categories: try await context.report(by: .category, .headline, from: figures),
            groups: groups.compactMap(\.self))
        return ComplaintsPage(try await SeriesCounts.read(context, from: figures), details, in: context).page
    }

    /// Creates the page from counts.
    init(_ counts: SeriesCounts, _ details: Details, in context: PageContext) {
        let kinds: [MeasureKind] = [.complaintsReceived, .resolutionTime(.mean), .complaintsReopened]
        let series = kinds.map { MeasureSeries($0, counts, in: context) }
        let median = MeasureSeries(.resolutionTime(.median), counts, in: context)
        func tile(_ series: MeasureSeries) -> MeasureTile {
            MeasureTile(series, comparison: context.period.previousName, rule: context.rule)
        }
        let open = CountTile(
            name: "Open", section: "open", caption: "at the period’s end", count: details.open.count,
            note: details.open.oldest.map { "the oldest since \($0.long)" } ?? "none")
        page = DashboardPage(
            page: .complaints, title: "Complaints",
            summary: Self.summary(counts.total, series, details.open, in: context),
            tiles: [tile(series[0]), open, tile(median), tile(series[2])],
            sections: series.map { TrendSection($0, rule: context.rule).section }
                + [details.open.section, Self.times(counts.total, in: context)]
                + details.groups.compactMap { Self.volumes($0, in: context) }
                + [details.categories.flatMap { Self.satisfaction($0, in: context) }].compactMap(\.self),
            figures: Self.figures(counts, details, in: context),
            counts: details.open.ages.map { age in
                PageCount(
                    "open-complaints", by: "age", age.name, days: details.open.day...details.open.day,
                    count: age.complaints)
            })
    }

    private static func summary(
        _ total: MeasureCounts, _ series: [MeasureSeries], _ open: OpenComplaints, in context: PageContext
    ) -> [String] {
        guard total.complaints.received + total.complaints.closings + open.count > 0 else {
            return [
                "No complaint was received, closed or open in this period. Figures appear once complaints are imported."
            ]
        }
        return [open.sentence] + OverviewSummary.sentences(series, in: context)
    }

    // MARK: Sections

    private static func times(_ total: MeasureCounts, in context: PageContext) -> PageSection {
        let kinds = TimeStatistic.allCases.map(MeasureKind.resolutionTime)
        let rows = kinds.map { kind in
            FigureTable.Row(
                LinkedName(kind.words.name),
                texts: Array(kind.cells(total.estimate(kind, days: 1), context.rule).prefix(4)))
        }
        return PageSection(
            id: MeasureKind.resolutionTime(.median).id, "How long complaints take",
            lead: "From receipt to closing, in elapsed time, by the day of the closing.",
            [
                FigureTable(
                    label: "Time to resolution: table", heading: "Time to resolution",
                    columns: ["Value", "Lower", "Upper", "n"], rows: rows)
            ],
            notes: [
                "A few very long ones lift the mean; half of the complaints take longer than the median. Median and 90th "
                    + "percentile come from a histogram and are within 1.6\(Figures.thinSpace)% of the exact ones."
            ], isWide: false)
    }

    private static func satisfactionKinds(_ report: FigureReport) -> [MeasureKind] {
        [.nps, .csat] + report.instruments.map(MeasureKind.ces) + [.fcrStated]
    }

    private static func satisfaction(_ report: FigureReport, in context: PageContext) -> PageSection? {
        let rows = report.tableRows { !$0.scores.isEmpty }.sorted { $1.answers < $0.answers }
        let lead =
            rows.isEmpty
            ? "No customer whose complaint was resolved has answered in this period."
            : "Answers of customers whose complaint was resolved. Most answers first."
        return PageSection(
            id: "satisfaction", "What customers say about their complaint, by category", lead: lead,
            rows.isEmpty
                ? []
                : [
                    MeasureTable(
                        label: "Satisfaction by complaint category: table", caption: nil, heading: "Category",
                        kinds: satisfactionKinds(report), rows: rows, days: 1, rule: context.rule)
                ])
    }

    private static func volumes(_ report: FigureReport, in context: PageContext) -> PageSection? {
        let kinds: [MeasureKind] = [.complaintsReceived, .resolutionTime(.median), .complaintsReopened]
        let rows = report.tableRows { $0.complaints.received + $0.complaints.closings > 0 }
            .sorted { $1.counts.complaints.received < $0.counts.complaints.received }
        // Where nothing else is recorded, the figures are those of the whole.
        guard report.rows.contains(where: { $0.value != 0 && $0.counts.complaints.received > 0 }) else { return nil }
        let name = report.query.dimension == .team ? "team" : "topic"
        return PageSection(
            id: "by-\(name)", "Complaints by \(name)", lead: "Most complaints first.",
            [
                MeasureTable(
                    label: "Complaints by \(name): table", caption: nil, heading: name == "team" ? "Team" : "Topic",
                    kinds: kinds, rows: rows, days: context.elapsedDays, rule: context.rule)
            ], isWide: false)
    }

    private static func figures(_ counts: SeriesCounts, _ details: Details, in context: PageContext) -> [Figure] {
        let times = TimeStatistic.allCases.map(MeasureKind.resolutionTime)
        let groups = details.groups.flatMap {
            $0.figures([.complaintsReceived, .resolutionTime(.median), .complaintsReopened], rule: context.rule)
        }
        return context.figures(
            counts, period: [.complaintsReceived] + times + [.complaintsReopened],
            weeks: [.complaintsReceived, .resolutionTime(.mean), .complaintsReopened])
            + (details.categories.map { $0.figures(satisfactionKinds($0), rule: context.rule) } ?? []) + groups
    }
}

extension MeasureTable.Row {
    /// How many answers stand behind the row.
    var answers: Int { counts.answers }
}

extension MeasureCounts {
    /// How many answers were given; every one is complete or not.
    var answers: Int { scores["complete"]?.reduce(0, +) ?? 0 }

    /// How many of them are suspect.
    var suspectAnswers: Int { suspectScores["complete"]?.reduce(0, +) ?? 0 }
}
