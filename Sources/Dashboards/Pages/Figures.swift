/// Writes numbers for people. Every figure of every page is rounded here, once, from the unrounded value.
public enum Figures {
    /// A number and its unit, so that a page can set the unit smaller.
    struct Part: Equatable {
        let number: String
        let unit: String
    }

    /// Separates thousands, and a number from its unit: a narrow space that does not break.
    static let thinSpace = "\u{202F}"

    /// Writes a whole number, such as "5 210" or "−7".
    public static func whole(_ number: Int) -> String {
        let digits = String(number.magnitude)
        let sign = number < 0 ? "−" : ""
        guard digits.utf8.count > 3 else { return sign + digits }
        var text = sign
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.utf8.count - position).isMultiple(of: 3) { text += thinSpace }
            text.append(digit)
        }
        return text
    }

    /// Writes a number to the nearest whole one.
    static func whole(_ number: Double) -> String { whole(rounded(number)) }

    /// Writes a size to the nearest whole number, but one that is not zero never as zero.
    static func wholeOrLess(_ size: Double) -> String {
        size > 0 && rounded(size) == 0 ? "less than 1" : whole(size)
    }

    /// Writes a share as a score of −100 to +100 with its sign, such as "+33".
    static func signedHundred(_ share: Double) -> String {
        let score = rounded(share * 100)
        return score > 0 ? "+" + whole(score) : whole(score)
    }

    /// Writes a number with one decimal, such as "2.1".
    static func oneDecimal(_ value: Double) -> String {
        let tenths = rounded(value * 10)
        return "\(tenths < 0 ? "−" : "")\(whole(Int(tenths.magnitude) / 10)).\(tenths.magnitude % 10)"
    }

    /// Writes a share as a whole percentage; near 0 and 100 with as many decimals as tell it from them, up to three.
    static func percent(_ share: Double) -> [Part] {
        let distance = min(share, 1 - share) * 100 + 1e-9
        let decimals =
            switch distance {
            case ..<2e-9, 1...: 0
            case 0.1...: 1
            case 0.01...: 2
            default: 3
            }
        let unit = [1, 10, 100, 1000][decimals]
        let scaled = rounded(share * 100 * Double(unit))
        let fraction = String(scaled % unit + unit).dropFirst()
        return [Part(number: whole(scaled / unit) + (decimals > 0 ? "." + fraction : ""), unit: "%")]
    }

    /// Writes seconds as hours and minutes, minutes and seconds, or seconds.
    static func duration(_ seconds: Double) -> [Part] {
        let whole = rounded(seconds)
        if whole < 60 { return [Part(number: "\(whole)", unit: "s")] }
        if whole < 3600 {
            return [Part(number: "\(whole / 60)", unit: "min"), Part(number: "\(whole % 60)", unit: "s")]
        }
        return [
            Part(number: Figures.whole(whole / 3600), unit: "h"), Part(number: "\(whole / 60 % 60)", unit: "min"),
        ]
    }

    /// Writes seconds as a clock does, for the labels of an axis.
    static func clock(_ seconds: Double) -> String {
        let whole = rounded(seconds)
        return "\(whole / 60):\(twoDigits(whole % 60))"
    }

    /// Writes minutes as days and hours, hours and minutes, or minutes.
    static func span(minutes: Double) -> [Part] {
        let hours = rounded(minutes / 60)
        return hours < 48
            ? duration(minutes * 60)
            : [Part(number: whole(hours / 24), unit: "d"), Part(number: "\(hours % 24)", unit: "h")]
    }

    /// Writes minutes as days, for the labels of an axis.
    static func days(minutes: Double) -> String {
        let days = minutes / 1440
        return (days.rounded() == days ? whole(days) : oneDecimal(days)) + thinSpace + "d"
    }

    /// Joins parts to a text.
    static func text(_ parts: [Part]) -> String {
        var text = ""
        for part in parts {
            if !text.isEmpty { text += " " }
            text += part.number
            guard !part.unit.isEmpty else { continue }
            text += thinSpace
            text += part.unit
        }
        return text
    }

    private static func rounded(_ value: Double) -> Int {
        // Shares such as 0.145 are a hair below what they stand for in binary; the nudge rounds their halves away from zero.
        Int(exactly: (value + (value < 0 ? -1e-9 : 1e-9)).rounded()) ?? 0
    }
}

/// Writes a number below 100 with two digits.
func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
}
