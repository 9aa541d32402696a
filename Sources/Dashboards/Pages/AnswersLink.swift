import Postgres

/// A sentence that leads to the answers of a period, month by month.
struct AnswersLink: Drawing {
    private let lead: String
    private let months: [(name: String, address: String)]

    /// Creates the sentence; nil when the period has no answers.
    init?(_ page: SitePage, _ lead: String = "The answers behind these figures", in context: PageContext) {
        self.lead = lead
        let days = context.period.days
        let path = context.path(page)
        months = context.answerMonths.compactMap { month in
            guard let first = CalendarDay(month + "-01"), first <= days.upperBound,
                first.firstOfMonth(after: 1) > days.lowerBound
            else { return nil }
            return (first.monthAndYear, path.link(to: .answers(month: month)))
        }
        if months.isEmpty { return nil }
    }

    func draw(into writer: inout MarkupWriter) {
        writer.raw("<p class=\"note\">\(lead): ")
        for (index, month) in months.enumerated() {
            writer.raw(index == 0 ? "<a href=\"" : ", <a href=\"")
            writer.text(month.address)
            writer.raw("\">")
            writer.text(month.name)
            writer.raw("</a>")
        }
        writer.raw(".</p>\n")
    }
}
