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
        var markup = markup
        markup.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// Writes what another writer has written.
    mutating func append(_ drawn: [UInt8]) {
        bytes.append(contentsOf: drawn)
    }

    /// Writes a text, escaped as `escapedMarkup` does.
    mutating func text(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            var (start, index) = (0, 0)
            while index < utf8.count {
                guard Self.mayNeedEscape(utf8[index]), let (length, replacement) = Self.escape(at: index, in: utf8)
                else {
                    index += 1
                    continue
                }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
                raw(replacement)
                index += length
                start = index
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
        }
    }

    /// Writes a coordinate with at most two decimals, the same on every machine.
    mutating func coordinate(_ value: Double) {
        // No drawing is this large, and a number that is none must not stop the page.
        let bounded = value.isFinite ? min(abs(value), 99_999) : 0
        let hundredths = UInt32(bounded * 100 + 0.5)
        if value < 0, hundredths > 0 { bytes.append(UInt8(ascii: "-")) }
        var digits = Digits()
        var (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
        if rest > 0 {
            if !rest.isMultiple(of: 10) { digits.prepend(rest % 10) }
            digits.prepend(rest / 10)
            digits.prependPoint()
        }
        repeat {
            digits.prepend(whole % 10)
            whole /= 10
        } while whole > 0
        digits.withBytes { bytes.append(contentsOf: $0) }
    }

    /// Writes a coordinate as a percentage of the drawing's width, so that a drawing stretches without stretching its text.
    mutating func across(_ fraction: Double) {
        coordinate(fraction * 100)
        bytes.append(UInt8(ascii: "%"))
    }

    /// Passes over most bytes quickly: letters, digits, spaces and ordinary punctuation.
    private static func mayNeedEscape(_ byte: UInt8) -> Bool {
        byte < 64 ? 0x5000_00C4_FFFF_FFFF >> UInt64(byte) & 1 == 1 : byte == 0xEF
    }

    /// How many bytes of a text must not stand as they are, and what stands for them.
    private static func escape(at index: Int, in utf8: UnsafeBufferPointer<UInt8>) -> (length: Int, markup: String)? {
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

/// At most eight characters of a number, put together from its end.
private struct Digits {
    private var packed: UInt64 = 0
    private var count = 0

    mutating func prepend(_ digit: UInt32) { prepend(UInt8(ascii: "0") + UInt8(digit)) }

    mutating func prependPoint() { prepend(UInt8(ascii: ".")) }

    func withBytes(_ use: (UnsafeRawBufferPointer) -> Void) {
        withUnsafeBytes(of: packed.littleEndian) { use(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }

    private mutating func prepend(_ byte: UInt8) {
        packed = packed << 8 | UInt64(byte)
        count += 1
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
