import Statistics
import Store

/// What every measure is and how every figure is made.
struct DefinitionsPage {
    let page: DashboardPage

    /// Measures that differ in one number only, told together.
    struct Entry {
        /// The measure whose words stand for all.
        let kind: MeasureKind
        let name: String
        let others: [MeasureKind]
        /// What the others are.
        let note: String?

        init(_ kind: MeasureKind, name: String? = nil, others: [MeasureKind] = [], note: String? = nil) {
            self.kind = kind
            self.name = name ?? kind.words.name
            self.others = others
            self.note = note
        }
    }

    /// The groups of measures, in the order of the page.
    static let groups: [(id: String, heading: String, entries: [Entry])] = [
        ("said", "What customers say", said), ("shown", "What contacts show", shown),
        ("taken", "How long it takes", taken),
        ("asked", "Who is asked, and who answers", [.responseRate, .completion, .invitationRate].map { Entry($0) }),
        (
            "complaints", "Complaints",
            ([.complaintsReceived, .complaintsReopened] + TimeStatistic.allCases.map(MeasureKind.resolutionTime)).map {
                Entry($0)
            }
        ),
    ]

    private static let said =
        [.nps, .csat, .csatTopBox, .csatMean].map { Entry($0) }
        + [CESInstrument.Direction.lowerIsBetter, .higherIsBetter].flatMap { direction -> [Entry] in
            let scales = CESInstrument.known.filter { $0.direction == direction }
            guard let first = scales.first else { return [] }
            let (name, note) = (direction == .lowerIsBetter ? "effort" : "ease", "Also on a scale of 1 to 7.")
            return [
                Entry(.ces(first), name: "CES, \(name)", others: scales.dropFirst().map(MeasureKind.ces), note: note),
                Entry(
                    .netEasy(first), name: "Net easy, by \(name)", others: scales.dropFirst().map(MeasureKind.netEasy),
                    note: note),
            ]
        } + [Entry(.fcrStated)]

    private static let shown =
        [.fcrObserved, .fcrCombined].map { Entry($0) }
        + RepeatRule.allCases.compactMap { rule -> Entry? in
            let kinds = WindowCounts.days.map { MeasureKind.fcrWindow(rule, days: $0) }
            guard let first = kinds.first else { return nil }
            return Entry(
                first, name: "FCR \(rule.rawValue), by window", others: Array(kinds.dropFirst()),
                note: "Also for windows of 5, 7, 14 and 30 days.")
        } + [Entry(.knownCustomers)]

    private static let taken = HandleStatistic.allCases.map { statistic in
        Entry(
            .handleTime(.leg, statistic), others: [.handleTime(.contact, statistic)],
            note: "Also per contact: all legs of a transfer together.")
    }

    /// Creates the page; it is the same whatever the figures are.
    init(in context: PageContext) {
        let entries = Self.groups.map { group in
            PageSection(id: group.id, group.heading, [DefinitionList(entries: group.entries)])
        }
        let kinds = Self.groups.flatMap(\.entries).flatMap { [$0.kind] + $0.others }
        page = DashboardPage(
            page: .definitions, title: "Definitions",
            summary: [
                "What every figure means, how it is computed, and how sure it is. A figure stands with the number behind it (n) and a "
                    + "95\(Figures.thinSpace)% interval, or is withheld."
            ],
            sections: entries + MethodSections.all(context.rule), figures: [],
            list: PageList(
                heading: ["measure", "name", "definition", "formula", "interval", "source"],
                rows: kinds.map { kind in
                    [
                        kind.id, kind.words.name, kind.words.definition, kind.formula,
                        "\(kind.interval.name): \(kind.interval.formula)", kind.interval.source,
                    ]
                }))
    }
}

/// Measures with what they are, their formula and their interval.
struct DefinitionList: Drawing {
    let entries: [DefinitionsPage.Entry]

    func draw(into writer: inout MarkupWriter) {
        writer.raw("<div class=\"definitions\">\n")
        for entry in entries {
            writer.raw("<div id=\"\(entry.kind.id)\"><h3>")
            writer.text(entry.name)
            writer.raw("</h3>\n")
            Paragraph(
                [entry.kind.words.definition, entry.note].compactMap(\.self).joined(separator: " "), style: "what"
            )
            .draw(into: &writer)
            Paragraph(entry.kind.formula, style: "formula").draw(into: &writer)
            Paragraph("Interval: \(entry.kind.interval.name).", style: "note").draw(into: &writer)
            writer.raw("</div>\n")
        }
        writer.raw("</div>\n")
    }
}
