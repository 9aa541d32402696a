extension QRCode {
    /// The light modules that must surround a code (ISO/IEC 18004).
    static let quietZone = 4

    /// The code as an `<svg>` element to stand in an HTML page, black on white whatever the page's colours.
    ///
    /// It has no size of its own; one unit is one module.
    ///
    /// - Parameter title: What the picture is, for those who cannot see it.
    public func svg(title: String) -> String {
        let extent = side + 2 * Self.quietZone
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(extent) \(extent)" shape-rendering="crispEdges" \
            role="img"><title>\(escapedMarkup(title))</title>\
            <rect width="\(extent)" height="\(extent)" fill="#fff"/>\
            <path fill="#000" d="\(runs)"/></svg>
            """
    }

    /// Each row's dark modules as rectangles, in one path so that no seam shows between rows.
    ///
    /// As bytes: made of strings, it would take as long as the code itself.
    private var runs: String {
        var path: [UInt8] = []
        path.reserveCapacity(side * side * 8)
        for row in 0..<side {
            var column = 0
            while column < side {
                let start = column
                while column < side, isDark(row: row, column: column) { column += 1 }
                let length = column - start
                if length > 0 {
                    path.append(UInt8(ascii: "M"))
                    append(start + Self.quietZone, to: &path)
                    path.append(UInt8(ascii: " "))
                    append(row + Self.quietZone, to: &path)
                    path.append(UInt8(ascii: "h"))
                    append(length, to: &path)
                    path += "v1h-".utf8
                    append(length, to: &path)
                    path.append(UInt8(ascii: "z"))
                } else {
                    column += 1
                }
            }
        }
        return String(decoding: path, as: UTF8.self)
    }

    /// Writes a number of at most three digits.
    private func append(_ number: Int, to path: inout [UInt8]) {
        if number >= 100 { path.append(UInt8(ascii: "0") + UInt8(number / 100)) }
        if number >= 10 { path.append(UInt8(ascii: "0") + UInt8(number / 10 % 10)) }
        path.append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}
