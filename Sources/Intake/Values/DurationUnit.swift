/// The unit in which a mapped duration is written; all become whole seconds, halves rounded up.
enum DurationUnit: String, CaseIterable, Sendable {
    case seconds, minutes, milliseconds, clock

    static let maximumSeconds = 86_400 * 31

    func read(_ bytes: Span<UInt8>) throws(Flaw) -> Int {
        if let first = bytes.count > 0 ? bytes[0] : nil, first == 0x2D { throw Flaw(bytes, "is less than zero") }
        let millionths: Int?
        switch self {
        case .seconds: millionths = decimal(bytes)
        case .minutes: millionths = decimal(bytes).map { $0 * 60 }
        case .milliseconds: millionths = decimal(bytes).map { $0 / 1000 }
        case .clock: millionths = clock(bytes)
        }
        guard let millionths else { throw Flaw(bytes, complaint) }
        let seconds = (millionths + 500_000) / 1_000_000
        guard seconds <= Self.maximumSeconds else { throw Flaw(bytes, "is more than 31 days") }
        return seconds
    }

    private var complaint: String {
        switch self {
        case .seconds, .minutes, .milliseconds: "is not a number of \(rawValue)"
        case .clock: "is not a duration such as 00:06:12, 06:12 or 0 days 00:06:12"
        }
    }

    /// Reads at most ten digits before the point, so that no later product overflows.
    private func decimal(_ bytes: Span<UInt8>) -> Int? {
        var reader = DigitReader()
        guard let whole = reader.number(bytes, least: 1, most: 10),
            let fraction = fraction(bytes, &reader), reader.position == bytes.count
        else { return nil }
        return whole * 1_000_000 + fraction
    }

    private func fraction(_ bytes: Span<UInt8>, _ reader: inout DigitReader) -> Int? {
        reader.byte(bytes, 0x2E) ? reader.millionths(bytes) : 0
    }

    private func clock(_ bytes: Span<UInt8>) -> Int? {
        var reader = DigitReader()
        guard var first = reader.number(bytes, least: 1, most: 4) else { return nil }
        var days = 0
        if reader.byte(bytes, 0x20) {
            for letter in "day".utf8 where !reader.byte(bytes, letter) { return nil }
            _ = reader.byte(bytes, UInt8(ascii: "s"))
            _ = reader.byte(bytes, UInt8(ascii: ","))
            guard reader.byte(bytes, 0x20), let hours = reader.number(bytes, least: 1, most: 2) else { return nil }
            (days, first) = (first, hours)
        }
        guard reader.byte(bytes, 0x3A), let second = reader.number(bytes, least: 2, most: 2), second <= 59 else {
            return nil
        }
        var seconds = first * 60 + second
        if reader.byte(bytes, 0x3A) {
            guard let third = reader.number(bytes, least: 2, most: 2), third <= 59 else { return nil }
            seconds = seconds * 60 + third
        } else if days > 0 {
            return nil
        }
        guard let fraction = fraction(bytes, &reader), reader.position == bytes.count else { return nil }
        return (days * 86_400 + seconds) * 1_000_000 + fraction
    }
}
