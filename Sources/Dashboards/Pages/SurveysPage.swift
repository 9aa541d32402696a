import Postgres
import Statistics
import Store

/// Every survey version: what it asks, what it changed, and what customers said to it.
struct SurveysPage {
    let page: DashboardPage

    /// What the page shows.
    struct Details {
        let surveys: [SurveyDescription]
        /// By survey version; nil where the scope's figures are not kept by it.
        let report: FigureReport?
    }

    /// Reads the page of the context's scope and period.
    static func read(_ context: PageContext, from figures: FigureSnapshot) async throws -> DashboardPage {
        let details = Details(
            surveys: try await figures.surveyDescriptions(),
            report: try await context.report(by: .surveyVersion, .headline, from: figures))
        return SurveysPage(details, in: context).page
    }

    /// Creates the page.
    init(_ details: Details, in context: PageContext) {
        let answered = details.report.map { Self.answered($0, details.surveys, in: context) } ?? []
        page = DashboardPage(
            page: .surveys, title: "Surveys", summary: Self.summary(details),
            sections: details.surveys.isEmpty ? [] : answered + [Self.changes(details.surveys, in: context)],
            figures: details.report.map { report in
                report.figures(
                    [.nps, .csat] + report.instruments.map(MeasureKind.ces) + [.fcrStated, .completion, .responseRate],
                    rule: context.rule)
            } ?? [])
    }

    private static func summary(_ details: Details) -> [String] {
        guard let newest = details.surveys.last else {
            return ["No survey is published yet. Publish one with “hearback survey publish”."]
        }
        let answered = Set(details.report?.rows.filter { $0.counts.answers > 0 }.map(\.value) ?? [])
        let silent = details.surveys.filter { !answered.contains($0.id) }.map(\.title)
        let count = details.surveys.count
        return [
            "\(count == 1 ? "One survey version is" : "\(Figures.whole(count)) survey versions are") published; the newest is \(newest.title)."
        ]
            + (details.report != nil && !silent.isEmpty
                ? ["No answers in this period: \(silent.joined(separator: ", "))."] : [])
    }

    // MARK: What was answered

    private static func answered(
        _ report: FigureReport, _ surveys: [SurveyDescription], in context: PageContext
    ) -> [PageSection] {
        let counts = Dictionary(report.rows.map { ($0.value, $0.counts) }) { first, _ in first }
        func rows(_ isIncluded: (SurveyDescription) -> Bool) -> [MeasureTable.Row] {
            surveys.filter(isIncluded).reversed().map { survey in
                let own = counts[survey.id] ?? MeasureCounts()
                return MeasureTable.Row(
                    name: LinkedName(survey.title), counts: own,
                    mark: own.answers == 0 ? "no answers" : nil,
                    texts: [CalendarDay(survey.publishedAt, in: context.zone).long, Figures.whole(own.answers)])
            }
        }
        func table(_ label: String, _ kinds: [MeasureKind], _ rows: [MeasureTable.Row]) -> MeasureTable {
            MeasureTable(
                label: label, caption: nil, heading: "Version", columns: ["Published", "Answers"], kinds: kinds,
                rows: rows, days: 1, rule: context.rule)
        }
        let all = PageSection(
            id: "versions", "What customers said, by version", lead: "Newest version first.",
            [
                table(
                    "Figures by survey version: table", [.nps, .csat, .fcrStated, .completion, .responseRate],
                    rows { _ in true })
            ],
            notes: [
                "A trend carries a mark in the week a version begins. A difference between versions may come from the questions, from "
                    + "who was asked, or from the time."
            ])
        let efforts = CESInstrument.known.compactMap { instrument -> PageSection? in
            let own = rows { $0.instrument == instrument }
            guard !own.isEmpty else { return nil }
            return PageSection(
                id: "versions-\(instrument.name)", "Effort by version, asked as \(instrument.words)",
                lead:
                    "Versions on another scale are in a table of their own: scores on different scales are never compared.",
                [
                    table(
                        "Effort by survey version, \(instrument.words): table",
                        [.ces(instrument), .netEasy(instrument)],
                        own)
                ])
        }
        return [all] + efforts
    }

    // MARK: What changed

    private static func changes(_ surveys: [SurveyDescription], in context: PageContext) -> PageSection {
        let rows = surveys.indices.map { index in
            let survey = surveys[index]
            return FigureTable.Row(
                LinkedName(survey.title),
                texts: [
                    CalendarDay(survey.publishedAt, in: context.zone).long, "\(survey.questions.count)",
                    survey.instrument?.words ?? "not asked", "\(survey.languages.count)",
                ])
        }
        let changed = surveys.indices.reversed().compactMap { index -> String? in
            let survey = surveys[index]
            return surveys[..<index].last { $0.name == survey.name }.map { before in
                "\(survey.title), compared with \(before.title): \(changes(from: before, to: survey))."
            }
        }
        return PageSection(
            id: "changes", "What each version asks", lead: "Newest version first. A published version never changes.",
            [
                FigureTable(
                    label: "Survey versions: table", heading: "Version",
                    columns: ["Published", "Questions", "Effort scale", "Languages"], rows: rows.reversed())
            ], notes: changed)
    }

    private static func changes(from before: SurveyDescription, to survey: SurveyDescription) -> String {
        func list(_ what: String, _ items: [String]) -> String? {
            items.isEmpty ? nil : "\(what) \(items.joined(separator: ", "))"
        }
        let scale =
            before.instrument == survey.instrument
            ? nil : "effort scale \(before.instrument?.words ?? "none") → \(survey.instrument?.words ?? "none")"
        let changes = [
            list("added", survey.questions.filter { !before.questions.contains($0) }),
            list("removed", before.questions.filter { !survey.questions.contains($0) }), scale,
            list("language added", survey.languages.filter { !before.languages.contains($0) }),
            list("language removed", before.languages.filter { !survey.languages.contains($0) }),
        ].compactMap(\.self)
        return changes.isEmpty ? "same questions, other words" : changes.joined(separator: "; ")
    }
}

extension SurveyDescription {
    fileprivate var title: String { "\(name) \(number)" }

    fileprivate var instrument: CESInstrument? {
        guard let cesPoints, let cesLowerIsBetter else { return nil }
        return CESInstrument(points: cesPoints, direction: cesLowerIsBetter ? .lowerIsBetter : .higherIsBetter)
    }
}

extension CESInstrument {
    /// The scale in words, such as "effort 1 to 5".
    fileprivate var words: String { "\(direction == .lowerIsBetter ? "effort" : "ease") 1 to \(points)" }
}
