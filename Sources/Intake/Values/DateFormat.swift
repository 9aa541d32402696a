/// A date pattern such as `dd-MM-yyyy` or `yyyy-MM-dd'T'HH:mm:ss`, made ready for reading.
///
/// Tokens: `yyyy`, `MM`, `dd`, `HH` (0–23), `hh` (1–12, with `a` for AM or PM), `mm`, `ss`; `M`, `d`, `H` and `h` take one
/// digit or two. Letters to be taken literally stand in single quotes; two single quotes mean one.
struct DateFormat: Equatable, Sendable {
    enum Step: Equatable, Sendable {
        case year
        case month(least: Int)
        case day(least: Int)
        case hour(least: Int)
        case halfDayHour(least: Int)
        case minute, second, halfDay
        case literal(UInt8)
    }

    let pattern: String
    let steps: [Step]
    let hasDate: Bool
    let hasTime: Bool

    /// Throws what is wrong with the pattern, as the end of a sentence.
    init(_ pattern: String) throws(Flaw) {
        let steps = try Self.steps(of: Array(pattern.utf8))
        let has = { (matches: (Step) -> Bool) in steps.contains(where: matches) }
        self.pattern = pattern
        self.steps = steps
        hasTime = has { if case .hour = $0 { true } else if case .halfDayHour = $0 { true } else { false } }
        hasDate = has { $0 == .year }
        let hasHalfDayHour = has { if case .halfDayHour = $0 { true } else { false } }
        guard hasHalfDayHour == steps.contains(.halfDay) else {
            throw Flaw("needs h and a together: h counts hours to 12, a is AM or PM")
        }
        guard hasTime || !(steps.contains(.minute) || steps.contains(.second)) else {
            throw Flaw("has minutes (mm) but no hour (HH); months are MM")
        }
    }

    /// Throws where year, month and day are not all in the pattern.
    func checkHoldsDate() throws(Flaw) {
        let hasMonth = steps.contains { if case .month = $0 { true } else { false } }
        let hasDay = steps.contains { if case .day = $0 { true } else { false } }
        guard hasDate, hasMonth, hasDay else { throw Flaw("needs a year (yyyy), a month (MM) and a day (dd)") }
    }

    private static func steps(of pattern: [UInt8]) throws(Flaw) -> [Step] {
        var steps: [Step] = []
        var index = 0
        var seen: Set<UInt8> = []
        while index < pattern.count {
            let byte = pattern[index]
            if byte == UInt8(ascii: "'") {
                index = try appendQuotation(in: pattern, from: index, to: &steps)
            } else if byte.isLetter {
                let run = pattern[index...].prefix { $0 == byte }
                steps.append(try step(for: String(decoding: run, as: UTF8.self)))
                guard seen.insert(byte).inserted else {
                    throw Flaw("has \(String(decoding: run, as: UTF8.self)) twice")
                }
                index = run.endIndex
            } else {
                steps.append(.literal(byte))
                index += 1
            }
        }
        return steps
    }

    private static func appendQuotation(
        in pattern: [UInt8], from start: Int, to steps: inout [Step]
    ) throws(Flaw) -> Int {
        let quote = UInt8(ascii: "'")
        guard let end = pattern[(start + 1)...].firstIndex(of: quote) else { throw Flaw("has a quote without its end") }
        if end == start + 1 { steps.append(.literal(quote)) }
        steps.append(contentsOf: pattern[(start + 1)..<end].map(Step.literal))
        return end + 1
    }

    private static func step(for token: String) throws(Flaw) -> Step {
        switch token {
        case "yyyy": .year
        case "MM", "M": .month(least: token.utf8.count)
        case "dd", "d": .day(least: token.utf8.count)
        case "HH", "H": .hour(least: token.utf8.count)
        case "hh", "h": .halfDayHour(least: token.utf8.count)
        case "mm": .minute
        case "ss": .second
        case "a": .halfDay
        default:
            throw Flaw(
                "has \(quoted(token)), which is none of yyyy, MM, M, dd, d, HH, H, hh, h, mm, ss and a; "
                    + "put letters that stand for themselves in 'single quotes'")
        }
    }

    /// Reads the whole text into the time; false where the text is something else.
    func read(_ bytes: Span<UInt8>, into time: inout CalendarTime) -> Bool {
        var reader = DigitReader()
        var isAfternoon = false
        var halfDayHour: Int?
        for step in steps {
            switch step {
            case .year:
                guard let year = reader.number(bytes, least: 4, most: 4) else { return false }
                time.year = year
            case .month(let least):
                guard let month = reader.number(bytes, least: least, most: 2) else { return false }
                time.month = month
            case .day(let least):
                guard let day = reader.number(bytes, least: least, most: 2) else { return false }
                time.day = day
            case .hour(let least):
                guard let hour = reader.number(bytes, least: least, most: 2) else { return false }
                time.hour = hour
            case .halfDayHour(let least):
                guard let hour = reader.number(bytes, least: least, most: 2), 1...12 ~= hour else { return false }
                halfDayHour = hour
            case .minute:
                guard let minute = reader.number(bytes, least: 2, most: 2) else { return false }
                time.minute = minute
            case .second:
                guard let second = reader.number(bytes, least: 2, most: 2) else { return false }
                time.second = second
            case .halfDay:
                guard reader.position + 2 <= bytes.count else { return false }
                let first = bytes[reader.position].lowercased
                guard first == UInt8(ascii: "a") || first == UInt8(ascii: "p"),
                    bytes[reader.position + 1].lowercased == UInt8(ascii: "m")
                else { return false }
                isAfternoon = first == UInt8(ascii: "p")
                reader.position += 2
            case .literal(let byte):
                guard reader.byte(bytes, byte) else { return false }
            }
        }
        if let halfDayHour { time.hour = halfDayHour % 12 + (isAfternoon ? 12 : 0) }
        return reader.position == bytes.count
    }
}
