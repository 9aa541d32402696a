/// A date and time of day as written, with its distance from UTC where the text has one.
struct CalendarTime: Equatable, Sendable {
    static let years = 1900...2199

    var year = 0
    var month = 0
    var day = 0
    var hour = 0
    var minute = 0
    var second = 0
    var microsecond = 0
    var offsetMinutes: Int?

    /// Tells whether the date is in the calendar and the time on the clock.
    var isReal: Bool {
        Self.years.contains(year) && 1...12 ~= month && day >= 1 && day <= daysInMonth
            && hour <= 23 && minute <= 59 && second <= 59
    }

    private var daysInMonth: Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Orders two times; nil where only one has an offset, since the other's zone is not known here.
    func isBefore(_ other: CalendarTime) -> Bool? {
        guard (offsetMinutes == nil) == (other.offsetMinutes == nil) else { return nil }
        return (minutes, second, microsecond) < (other.minutes, other.second, other.microsecond)
    }

    private var minutes: Int {
        // Days since 1 March 0000: with February last, a year's leap day comes after all its other days.
        let shiftedYear = month > 2 ? year : year - 1
        let shiftedMonth = month > 2 ? month - 3 : month + 9
        let days =
            365 * shiftedYear + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
            + (153 * shiftedMonth + 2) / 5 + day
        return (days * 24 + hour) * 60 + minute - (offsetMinutes ?? 0)
    }

    /// Appends `2017-03-27 13:34:11[.ffffff][+00[:00]]`.
    func write(to rows: inout [UInt8]) {
        writeDate(to: &rows)
        rows.append(0x20)
        appendTwo(hour, to: &rows)
        rows.append(0x3A)
        appendTwo(minute, to: &rows)
        rows.append(0x3A)
        appendTwo(second, to: &rows)
        if microsecond > 0 {
            rows.append(0x2E)
            appendTwo(microsecond / 10_000, to: &rows)
            appendTwo(microsecond / 100 % 100, to: &rows)
            appendTwo(microsecond % 100, to: &rows)
        }
        if let offsetMinutes {
            rows.append(offsetMinutes < 0 ? 0x2D : 0x2B)
            appendTwo(abs(offsetMinutes) / 60, to: &rows)
            if offsetMinutes % 60 != 0 {
                rows.append(0x3A)
                appendTwo(abs(offsetMinutes) % 60, to: &rows)
            }
        }
    }

    private func writeDate(to rows: inout [UInt8]) {
        appendTwo(year / 100, to: &rows)
        appendTwo(year % 100, to: &rows)
        rows.append(0x2D)
        appendTwo(month, to: &rows)
        rows.append(0x2D)
        appendTwo(day, to: &rows)
    }

    /// The date as a person reads it in a message.
    var date: String {
        var bytes: [UInt8] = []
        writeDate(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The date and time as a person reads them in a message.
    var dateAndTime: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

private func appendTwo(_ value: Int, to rows: inout [UInt8]) {
    rows.append(0x30 &+ UInt8(truncatingIfNeeded: value / 10))
    rows.append(0x30 &+ UInt8(truncatingIfNeeded: value % 10))
}

/// A time of day that completes a date without one.
struct TimeOfDay: Equatable, Sendable {
    var hour = 0
    var minute = 0
    var second = 0

    /// Reads `HH:mm` or `HH:mm:ss`.
    init?(_ text: String) {
        for pattern in ["HH:mm:ss", "HH:mm"] {
            var time = CalendarTime(year: 2000, month: 1, day: 1)
            if let format = try? DateFormat(pattern), format.read(Array(text.utf8).span, into: &time), time.isReal {
                (hour, minute, second) = (time.hour, time.minute, time.second)
                return
            }
        }
        return nil
    }

    init() {}
}
