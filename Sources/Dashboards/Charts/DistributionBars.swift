/// How often each point of a scale was answered: a bar from zero, the share and the count of each, and the sums of its groups.
struct DistributionBars: Drawing {
    /// One point of the scale.
    struct Bar {
        let label: String
        let count: Int
    }

    /// Neighbouring points that are counted together, such as the promoters.
    struct Group {
        /// The word for the group; nil where the scale is not divided.
        let name: String?
        let tone: Tone
        let bars: [Bar]

        fileprivate var count: Int { bars.reduce(0) { $0 + $1.count } }
    }

    /// The shade of a group's bars. The group's name says what it means.
    enum Tone: String {
        case plain, good, neutral, bad
    }

    /// What is seen, for those who do not see it.
    let label: String
    /// Names the points, such as "Answer".
    let heading: String
    /// Names what is counted, such as "Answers".
    let countHeading: String
    let groups: [Group]
    /// The share that fills the width, where distributions are compared; nil for the largest one.
    let fullWidth: Double?

    /// Creates bars.
    init(label: String, heading: String, countHeading: String, groups: [Group], fullWidth: Double? = nil) {
        self.label = label
        self.heading = heading
        self.countHeading = countHeading
        self.groups = groups
        self.fullWidth = fullWidth
    }

    func draw(into writer: inout MarkupWriter) {
        let total = groups.reduce(0) { $0 + $1.count }
        let largest = groups.flatMap(\.bars).map(\.count).max() ?? 0
        let full = fullWidth.map { $0 * Double(total) } ?? Double(largest)
        writer.openTable("bars", label: label)
        writer.raw("<thead><tr>")
        writer.columnHeader(heading)
        writer.columnHeader("Share", across: 2)
        writer.columnHeader(countHeading)
        writer.raw("</tr></thead>\n")
        for group in groups {
            writer.raw(group.name == nil ? "<tbody>\n" : "<tbody class=\"group\">\n")
            for bar in group.bars {
                writer.raw("<tr><th scope=\"row\">")
                writer.text(bar.label)
                writer.raw("</th><td class=\"length\">")
                // A zero has no bar; the figure beside it says so.
                let length = full > 0 ? min(Double(bar.count) / full, 1) : 0
                writer.bar(group.tone.rawValue, length: length, height: "16")
                writer.raw("</td>")
                writer.shareCells(bar.count, of: total)
                writer.raw("</tr>\n")
            }
            if let name = group.name {
                writer.raw("<tr class=\"sum\"><th scope=\"row\" colspan=\"2\">")
                writer.text(name)
                writer.raw("</th>")
                writer.shareCells(group.count, of: total)
                writer.raw("</tr>\n")
            }
            writer.raw("</tbody>\n")
        }
        writer.raw("</table>\n</div>\n")
    }
}

extension MarkupWriter {
    /// Writes the share of a count, if there is something it is a share of, and the count.
    fileprivate mutating func shareCells(_ count: Int, of total: Int) {
        raw("<td>")
        text(shareText(count, of: total))
        raw("</td><td>")
        text(Figures.whole(count))
        raw("</td>")
    }
}

/// Writes the share that a count is of a total; a dash where the total is zero.
func shareText(_ count: Int, of total: Int) -> String {
    total > 0 ? Figures.text(Figures.percent(Double(count) / Double(total))) : "–"
}
