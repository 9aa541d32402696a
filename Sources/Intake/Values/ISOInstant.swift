/// Reads ISO 8601: `2017-03-27`, `2017-03-27T13:34[:11[.123456]]`, a space for the T, and `Z`, `+02`, `+0200`, `+02:00`.
///
/// Returns nil where the text is something else; the result's date may still not be in the calendar.
func readISOInstant(_ bytes: Span<UInt8>) -> (time: CalendarTime, hasTime: Bool)? {
    var reader = DigitReader()
    var time = CalendarTime()
    guard let year = reader.number(bytes, least: 4, most: 4), reader.byte(bytes, 0x2D),
        let month = reader.number(bytes, least: 2, most: 2), reader.byte(bytes, 0x2D),
        let day = reader.number(bytes, least: 2, most: 2)
    else { return nil }
    (time.year, time.month, time.day) = (year, month, day)
    if reader.position == bytes.count { return (time, false) }

    let separator = bytes[reader.position]
    guard separator == 0x20 || separator.lowercased == UInt8(ascii: "t") else { return nil }
    reader.position += 1
    guard let hour = reader.number(bytes, least: 2, most: 2), reader.byte(bytes, 0x3A),
        let minute = reader.number(bytes, least: 2, most: 2)
    else { return nil }
    (time.hour, time.minute) = (hour, minute)
    if reader.byte(bytes, 0x3A) {
        guard let second = reader.number(bytes, least: 2, most: 2) else { return nil }
        time.second = second
        if reader.byte(bytes, 0x2E) {
            guard let microsecond = reader.millionths(bytes) else { return nil }
            time.microsecond = microsecond
        }
    }
    if reader.position < bytes.count {
        guard let offset = readOffset(bytes, &reader) else { return nil }
        time.offsetMinutes = offset
    }
    return reader.position == bytes.count ? (time, true) : nil
}

private func readOffset(_ bytes: Span<UInt8>, _ reader: inout DigitReader) -> Int? {
    if reader.byte(bytes, UInt8(ascii: "Z")) || reader.byte(bytes, UInt8(ascii: "z")) { return 0 }
    let isNegative = reader.byte(bytes, 0x2D)
    guard isNegative || reader.byte(bytes, 0x2B), let hours = reader.number(bytes, least: 2, most: 2) else {
        return nil
    }
    var minutes = 0
    if reader.position < bytes.count {
        _ = reader.byte(bytes, 0x3A)
        guard let read = reader.number(bytes, least: 2, most: 2) else { return nil }
        minutes = read
    }
    // PostgreSQL takes no offset of 16 hours or more.
    guard hours <= 15, minutes <= 59 else { return nil }
    return (isNegative ? -1 : 1) * (hours * 60 + minutes)
}
