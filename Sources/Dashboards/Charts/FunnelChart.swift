/// How many of those who entered reach each stage, and where the others were lost.
struct FunnelChart: Drawing {
    /// One stage.
    struct Stage {
        let name: String
        let count: Int
        /// Why some of this stage did not reach the next one.
        let leaks: [Leak]
    }

    /// Some who were lost for one reason.
    struct Leak {
        let reason: String
        let count: Int
    }

    /// What is seen, for those who do not see it.
    let label: String
    let stages: [Stage]

    func draw(into writer: inout MarkupWriter) {
        writer.raw("<ol class=\"funnel\" aria-label=\"")
        writer.text(label)
        writer.raw("\">\n")
        let first = stages.first?.count ?? 0
        // A later stage that is larger, such as answers to invitations of an earlier period, must not leave the drawing.
        let full = max(stages.map(\.count).max() ?? 0, 1)
        for (index, stage) in stages.enumerated() {
            writer.raw("<li>")
            drawLine(stage.name, stage.count, of: full, style: "plain", into: &writer)
            writer.raw("<p class=\"shares\">")
            if index > 0 {
                writer.text("\(shareText(stage.count, of: first)) of the first stage")
                if index > 1 {
                    writer.text(", \(shareText(stage.count, of: stages[index - 1].count)) of the stage before")
                }
            }
            writer.raw("</p>")
            if !stage.leaks.isEmpty { drawLeaks(of: stage, full: full, into: &writer) }
            writer.raw("</li>\n")
        }
        writer.raw("</ol>\n")
    }

    private func drawLeaks(of stage: Stage, full: Int, into writer: inout MarkupWriter) {
        writer.raw("<ul class=\"leaks\" aria-label=\"")
        writer.text("Lost after \(stage.name)")
        writer.raw("\">")
        for leak in stage.leaks {
            writer.raw("<li>")
            drawLine(leak.reason, leak.count, of: full, style: "lost", into: &writer)
            writer.raw("<p class=\"shares\">")
            writer.text("\(shareText(leak.count, of: stage.count)) of this stage lost")
            writer.raw("</p></li>")
        }
        writer.raw("</ul>")
    }

    private func drawLine(
        _ name: String, _ count: Int, of full: Int, style: String, into writer: inout MarkupWriter
    ) {
        writer.raw("<p class=\"stage\"><bdi>")
        writer.text(name)
        writer.raw("</bdi></p><p class=\"count\">")
        writer.text(Figures.whole(count))
        writer.raw("</p>")
        writer.bar(style, length: Double(count) / Double(full), height: style == "lost" ? "8" : "20")
    }
}
