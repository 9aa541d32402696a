/// The time zones that a telephone number may be in, told by its first digits.
public enum PhoneZones {
    /// The names in the IANA database of all zones that a number's prefix is used in.
    ///
    /// A number that is not tied to a place, such as a mobile number outside +1, has all zones of its country; one whose
    /// area code of +1 is not assigned has all of +1. A trunk prefix such as the 0 before area codes in Britain is left
    /// out.
    ///
    /// - Parameters:
    ///   - phone: 5 to 15 digits with a plus sign before them, or without one if it is a national number.
    ///   - country: Where a national number belongs: an ISO 3166-1 code of two upper-case letters.
    /// - Returns: An empty list for anything else, and where nothing is known.
    public static func zones(ofPhone phone: String, country: String?) -> [String] {
        var digits = phone.utf8[...]
        let isInternational = digits.first == 0x2B
        if isInternational { digits.removeFirst() }
        guard 5...15 ~= digits.count, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return [] }
        if isInternational { return digits.first == 0x30 ? [] : zones(of: PhonePrefixes.number(digits)) }
        guard let plan = country.flatMap({ PhonePrefixes.shared.plans[$0] }) else { return [] }
        return zones(of: PhonePrefixes.number(plan.withoutTrunk(digits), behind: plan.callingCode))
    }

    /// The number as it is dialled from abroad, with a plus sign: what gateways take, and report texts from.
    ///
    /// - Returns: nil for a national number of no known country, and for what is no number.
    public static func international(_ phone: String, country: String?) -> String? {
        if phone.hasPrefix("+") { return phone }
        let digits = phone.utf8[...]
        guard 5...15 ~= digits.count, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let plan = country.flatMap({ PhonePrefixes.shared.plans[$0] })
        else { return nil }
        let national = String(decoding: plan.withoutTrunk(digits), as: UTF8.self)
        let number = "+\(plan.callingCode)\(national)"
        return number.utf8.count <= 16 ? number : nil
    }

    private static func zones(of number: Int) -> [String] {
        // Numbers of +1 and +7 have eleven digits. Fewer are a local number, whose first digits are no area code.
        let isComplete = 10_000_000_000...99_999_999_999 ~= number
        var prefix = number
        while prefix >= 10 { prefix /= 10 }
        if prefix == 1 || prefix == 7, !isComplete { return [] }
        return PhonePrefixes.shared.zones(of: number)
    }
}
