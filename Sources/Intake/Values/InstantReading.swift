/// How an instant is read: formats in the order they are tried, and what completes a date without a time.
struct InstantReading: Equatable, Sendable {
    enum Format: Equatable, Sendable {
        case iso
        case pattern(DateFormat)

        var name: String {
            switch self {
            case .iso: "yyyy-MM-dd HH:mm:ss (ISO 8601)"
            case .pattern(let format): format.pattern
            }
        }
    }

    var formats: [Format] = [.iso]
    var timeOfDay = TimeOfDay()
    var needsOffset = false

    func read(_ bytes: Span<UInt8>) throws(Flaw) -> CalendarTime {
        for format in formats {
            if let time = read(bytes, as: format), time.isReal {
                guard time.offsetMinutes != nil || !needsOffset else {
                    throw Flaw(bytes, "needs a time and its offset from UTC, as in 2017-03-27T13:34:11Z or +02:00")
                }
                return time
            }
        }
        throw Flaw(bytes, complaint(about: bytes))
    }

    private func read(_ bytes: Span<UInt8>, as format: Format) -> CalendarTime? {
        let hasTime: Bool
        var time: CalendarTime
        switch format {
        case .iso:
            guard let instant = readISOInstant(bytes) else { return nil }
            (time, hasTime) = instant
        case .pattern(let format):
            time = CalendarTime()
            guard format.read(bytes, into: &time) else { return nil }
            hasTime = format.hasTime
        }
        if !hasTime { (time.hour, time.minute, time.second) = (timeOfDay.hour, timeOfDay.minute, timeOfDay.second) }
        return time
    }

    private func complaint(about bytes: Span<UInt8>) -> String {
        for format in formats {
            if let time = read(bytes, as: format), !CalendarTime.years.contains(time.year) {
                return "has a year outside \(CalendarTime.years.lowerBound) to \(CalendarTime.years.upperBound)"
            }
        }
        if needsOffset { return "is not a time in ISO 8601, as in 2017-03-27T13:34:11Z or +02:00" }
        return "is not a date in the format \(alternatives(formats.map(\.name)))"
    }
}
