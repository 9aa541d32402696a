/// Collects markup as UTF-8, so that a page of many drawings is written without making a text of each part.
struct MarkupWriter {
    /// What has been written.
    private(set) var bytes: [UInt8] = []

    /// Creates an empty writer.
    ///
    /// - Parameter capacity: How many bytes are expected.
    init(reserving capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// What has been written, as a text.
    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes markup as it is.
    mutating func raw(_ markup: String) {
        bytes.append(contentsOf: markup.utf8)
    }

    /// Writes a text, escaped as `escapedMarkup` does.
    mutating func text(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            var (start, index) = (0, 0)
            while index < utf8.count {
                guard let (length, replacement) = Self.replacement(at: index, in: utf8) else {
                    index += 1
                    continue
                }
                bytes.append(contentsOf: utf8[start..<index])
                bytes.append(contentsOf: replacement.utf8)
                index += length
                start = index
            }
            bytes.append(contentsOf: utf8[start...])
        }
    }

    /// Writes a coordinate with at most two decimals, the same on every machine.
    mutating func coordinate(_ value: Double) {
        // No drawing is this wide, and no number that is none may stop the page.
        let bounded = value.isFinite ? min(max(value, -1e7), 1e7) : 0
        let hundredths = Int((bounded * 100).rounded())
        if hundredths < 0 { bytes.append(UInt8(ascii: "-")) }
        whole(hundredths.magnitude / 100)
        let rest = UInt8(hundredths.magnitude % 100)
        guard rest > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        bytes.append(UInt8(ascii: "0") + rest / 10)
        if !rest.isMultiple(of: 10) { bytes.append(UInt8(ascii: "0") + rest % 10) }
    }

    /// Writes a coordinate as a percentage of the drawing's width, so that a drawing stretches without stretching its text.
    mutating func across(_ fraction: Double) {
        coordinate(fraction * 100)
        bytes.append(UInt8(ascii: "%"))
    }

    private mutating func whole(_ number: UInt) {
        var unit: UInt = 1
        while number / unit >= 10 { unit *= 10 }
        while unit > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / unit % 10))
            unit /= 10
        }
    }

    /// How many bytes of a text must not stand as they are, and what stands for them.
    private static func replacement(
        at index: Int, in utf8: UnsafeBufferPointer<UInt8>
    ) -> (length: Int, markup: String)? {
        switch utf8[index] {
        case UInt8(ascii: "&"): (1, "&amp;")
        case UInt8(ascii: "<"): (1, "&lt;")
        case UInt8(ascii: ">"): (1, "&gt;")
        case UInt8(ascii: "\""): (1, "&quot;")
        case UInt8(ascii: "'"): (1, "&#39;")
        case 0x09, 0x0A, 0x0D: nil
        case 0..<0x20: (1, "\u{FFFD}")
        // U+FFFE and U+FFFF, which XML forbids too.
        case 0xEF where utf8[index + 1] == 0xBF && utf8[index + 2] >= 0xBE: (3, "\u{FFFD}")
        default: nil
        }
    }
}

/// Something that draws itself as markup.
protocol Drawing {
    /// Writes the drawing.
    func draw(into writer: inout MarkupWriter)
}

extension Drawing {
    /// The drawing as a text.
    var markup: String {
        var writer = MarkupWriter()
        draw(into: &writer)
        return writer.string
    }
}
