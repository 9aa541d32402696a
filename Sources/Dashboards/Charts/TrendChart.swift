/// One stretch of a trend, with its words ready.
struct TrendPoint {
    /// How the point is drawn.
    enum Kind {
        /// Enough answers.
        case full
        /// Few answers: without colour.
        case provisional
        /// More data may come: hollow and without colour.
        case unfinished
    }

    /// What a pointer that rests on the point is told.
    let tip: String
    let value: Double
    let lower: Double
    let upper: Double
    let kind: Kind
}

/// A line through the weeks or months of a measure, with the intervals as a band.
///
/// Widths are percentages and heights are pixels, so that the chart fills a phone, a column or a sheet of paper while its text
/// keeps its size. One without a point leaves a gap.
struct TrendChart {
    /// Identifies the chart in its page.
    let id: String
    /// What is seen.
    let title: String
    /// What is seen, told.
    let description: String
    /// Stands before the labels under the chart.
    let heading: String
    /// The stretches' labels, with the point of each that has one.
    let stretches: [(label: String, point: TrendPoint?)]
    let axis: ValueAxis
    /// Writes a value in short.
    let tickLabel: (Double) -> String

    private let top = 14.0
    private let bottom = 184.0

    /// On a phone, more points than this would touch.
    private var isDense: Bool { stretches.count > 30 }

    /// Creates a chart.
    init(
        id: String, title: String, description: String, heading: String,
        stretches: [(label: String, point: TrendPoint?)], axis: ValueAxis,
        tickLabel: @escaping (Double) -> String
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.heading = heading
        self.stretches = stretches
        self.axis = axis
        self.tickLabel = tickLabel
    }

    /// Draws the scale and, beside it, the chart.
    var svg: String {
        """
        <svg class="scale" width="52" height="210" aria-hidden="true">\(tickTexts)\
        <text x="46" y="204" text-anchor="end">\(escapedMarkup(heading))</text></svg>\
        <svg class="\(isDense ? "lines dense" : "lines")" width="100%" height="210" role="img" aria-labelledby="\(id)-title \(id)-description">\
        <title id="\(id)-title">\(escapedMarkup(title))</title>\
        <desc id="\(id)-description">\(escapedMarkup(description))</desc>\
        \(gridlines)\(stretched)\(labels)\(marks)\(directLabel)</svg>
        """
    }

    // MARK: Scale

    private var tickTexts: String {
        axis.ticks.map { tick in
            "<text x=\"46\" y=\"\(coordinate(height(tick) + 4))\" text-anchor=\"end\">\(escapedMarkup(tickLabel(tick)))</text>"
        }.joined()
    }

    private var gridlines: String {
        axis.ticks.map { tick in
            let y = coordinate(height(tick))
            let style = abs(tick) < 1e-9 && axis.lower < 0 ? "zero" : "grid"
            return "<line class=\"\(style)\" x1=\"0\" x2=\"100%\" y1=\"\(y)\" y2=\"\(y)\"/>"
        }.joined()
    }

    /// About four labels on a phone and eight elsewhere, counted back from the last one; the style hides the others.
    private var labels: String {
        let wide = max((stretches.count + 7) / 8, 1)
        let narrow = wide * max((stretches.count + 4 * wide - 1) / (4 * wide), 1)
        return stretches.indices.compactMap { index in
            let back = stretches.count - 1 - index
            guard back.isMultiple(of: wide) else { return nil }
            let style = back.isMultiple(of: narrow) ? "label" : "label wide"
            // Centred on the first point, a label would run into the words beside the axis.
            let anchor = index == 0 && stretches.count > 6 ? "start" : "middle"
            return """
                <text class="\(style)" x="\(across(position(index)))" y="204" text-anchor="\(anchor)">\
                \(escapedMarkup(stretches[index].label))</text>
                """
        }.joined()
    }

    // MARK: Lines and bands

    /// Shapes with slanted edges cannot take percentages: they are drawn in an inner drawing that is stretched sideways.
    private var stretched: String {
        let bands = runs { $0.kind != .unfinished }.filter { $0.count > 1 }.map(band).joined()
        let lines = zip(stretches.indices, stretches.indices.dropFirst()).compactMap(segment).joined()
        return """
            <svg width="100%" height="210" viewBox="0 0 1000 210" preserveAspectRatio="none" aria-hidden="true">\
            \(bands)\(lines)</svg>
            """
    }

    private func band(_ run: Range<Int>) -> String {
        let points = run.compactMap { index in stretches[index].point.map { (index, $0) } }
        let corners =
            points.map { corner($0.0, $0.1.upper) } + points.reversed().map { corner($0.0, $0.1.lower) }
        return "<polygon class=\"band\" points=\"\(corners.joined(separator: " "))\"/>"
    }

    private func segment(_ from: Int, _ to: Int) -> String? {
        guard let first = stretches[from].point, let second = stretches[to].point else { return nil }
        let style =
            second.kind == .unfinished || first.kind == .unfinished
            ? "line open" : first.kind == .full && second.kind == .full ? "line" : "line few"
        return """
            <polyline class="\(style)" points="\(corner(from, first.value)) \(corner(to, second.value))" \
            vector-effect="non-scaling-stroke"/>
            """
    }

    private func corner(_ index: Int, _ value: Double) -> String {
        "\(coordinate(position(index) * 1000)),\(coordinate(height(value)))"
    }

    // MARK: Points

    private var marks: String {
        let alone = Set(runs { $0.kind != .unfinished }.filter { $0.count == 1 }.map(\.lowerBound))
        return stretches.indices.compactMap { index in
            stretches[index].point.map {
                mark($0, at: index, hasWhisker: $0.kind == .unfinished || alone.contains(index))
            }
        }.joined()
    }

    private func mark(_ point: TrendPoint, at index: Int, hasWhisker: Bool) -> String {
        let x = across(position(index))
        let style =
            switch point.kind {
            case .full: "full"
            case .provisional: "few"
            case .unfinished: "open"
            }
        let whisker =
            hasWhisker
            ? """
            <line class="reach" x1="\(x)" x2="\(x)" y1="\(coordinate(height(point.lower)))" \
            y2="\(coordinate(height(point.upper)))"/>
            """ : ""
        return """
            \(whisker)<circle class="\(style)" cx="\(x)" cy="\(coordinate(height(point.value)))" r="\(isDense && point.kind != .unfinished ? "2" : "3.5")">\
            <title>\(escapedMarkup(point.tip))</title></circle>
            """
    }

    /// Writes the value of the last finished stretch beside its point: to its left, on the side the line does not come from.
    private var directLabel: String {
        guard let index = stretches.lastIndex(where: { $0.point != nil && $0.point?.kind != .unfinished }),
            let point = stretches[index].point
        else { return "" }
        let before = stretches[..<index].last?.point?.value ?? point.value
        let y = height(point.value) + (before > point.value ? 18 : -9)
        return """
            <text class="value" x="\(across(position(index)))" dx="5" y="\(coordinate(y))" text-anchor="end">\
            \(escapedMarkup(tickLabel(point.value)))</text>
            """
    }

    // MARK: Places

    private func position(_ index: Int) -> Double { (Double(index) + 0.5) / Double(stretches.count) }

    private func height(_ value: Double) -> Double { bottom - axis.fraction(of: value) * (bottom - top) }

    /// The longest runs of neighbouring stretches that have a point of the wanted kind.
    private func runs(of isWanted: (TrendPoint) -> Bool) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for index in stretches.indices where stretches[index].point.map(isWanted) == true {
            if let last = runs.last, last.upperBound == index {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        return runs
    }
}
