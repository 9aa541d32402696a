/// Turns a trimmed value that is not empty into the bytes of one column of COPY's text format.
enum FieldConverter: Sendable {
    case text(maximum: Int)
    case email, phone, language, zone, boolean
    case instant(InstantReading)
    case seconds(DurationUnit)
    case choice([[UInt8]])

    init(_ type: IntakeFieldType, instants: InstantReading = InstantReading(), unit: DurationUnit = .seconds) {
        switch type {
        case .text(let maximum): self = .text(maximum: maximum)
        case .email: self = .email
        case .phone: self = .phone
        case .language: self = .language
        case .zone: self = .zone
        case .instant: self = .instant(instants)
        case .seconds: self = .seconds(unit)
        case .boolean: self = .boolean
        case .choice(let words): self = .choice(words.map { Array($0.utf8) })
        }
    }

    /// Appends the column's bytes; where it throws, some of them may have been appended.
    func write(_ value: Span<UInt8>, to rows: inout [UInt8]) throws(Flaw) -> ConvertedValue {
        switch self {
        case .text(let maximum):
            try writeText(value, maximum: maximum, to: &rows)
        case .email:
            // Personal data is not repeated in messages: the line and the field find it.
            guard isEmailAddress(value) else { throw Flaw("does not hold an e-mail address such as name@example.com") }
            rows.append(value)
        case .phone:
            guard appendPhoneNumber(value, to: &rows) else {
                throw Flaw("does not hold a telephone number of 5 to 15 digits, such as +12125550100")
            }
        case .language:
            guard appendLanguageTag(value, to: &rows) else {
                throw Flaw(value, "is not a language tag such as en or es-MX")
            }
        case .zone:
            guard isZoneName(value) else { throw Flaw(value, "is not a zone name such as America/New_York") }
            rows.append(value)
        case .boolean:
            rows.append(try boolean(value) ? UInt8(ascii: "t") : UInt8(ascii: "f"))
        case .instant(let reading):
            let time = try reading.read(value)
            time.write(to: &rows)
            return .instant(time)
        case .seconds(let unit):
            rows.append(decimal: try unit.read(value))
        case .choice(let words):
            for (index, word) in words.enumerated() where equalIgnoringCase(value, word) {
                rows.append(contentsOf: word)
                return .choice(index)
            }
            throw Flaw(
                value, "is not one of \(words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", "))")
        }
        return .plain
    }

    private func boolean(_ value: Span<UInt8>) throws(Flaw) -> Bool {
        for word in Self.trueWords where equalIgnoringCase(value, word) { return true }
        for word in Self.falseWords where equalIgnoringCase(value, word) { return false }
        throw Flaw(value, "is not true or false (or yes or no, 1 or 0)")
    }

    private static let trueWords = ["1", "true", "yes", "y", "t", "1.0"].map { Array($0.utf8) }
    private static let falseWords = ["0", "false", "no", "n", "f", "0.0"].map { Array($0.utf8) }
}

/// What the rules between fields need to know of a converted value.
enum ConvertedValue: Equatable, Sendable {
    case absent, plain
    case instant(CalendarTime)
    case choice(Int)
}

/// Appends text, with backslashes doubled as COPY wants it.
///
/// Tabs and line ends need no escape here: they are control characters, and text that holds one is refused.
private func writeText(_ value: Span<UInt8>, maximum: Int, to rows: inout [UInt8]) throws(Flaw) {
    var characters = 0
    var backslashes = 0
    var previous: UInt8 = 0
    for index in 0..<value.count {
        let byte = value[index]
        if byte & 0xC0 != 0x80 { characters += 1 }
        if byte == UInt8(ascii: "\\") { backslashes += 1 }
        guard byte >= 0x20, byte != 0x7F, previous != 0xC2 || byte >= 0xA0 else {
            throw Flaw(value, "holds a control character, such as a line end or a tab; take it out")
        }
        previous = byte
    }
    guard characters <= maximum else {
        throw Flaw(value, "has \(characters) characters; \(maximum) are allowed")
    }
    guard backslashes > 0 else { return rows.append(value) }
    for index in 0..<value.count {
        if value[index] == UInt8(ascii: "\\") { rows.append(UInt8(ascii: "\\")) }
        rows.append(value[index])
    }
}
