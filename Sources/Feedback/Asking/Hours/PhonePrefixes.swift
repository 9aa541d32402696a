/// What `phone-zones.txt` says, laid out for look-ups.
struct PhonePrefixes: Sendable {
    /// How national numbers of a country are dialled.
    struct Plan: Sendable {
        let callingCode: Int
        /// The digits that are dialled before a national number inside the country, and left out from abroad.
        let trunk: String

        func withoutTrunk(_ digits: Substring.UTF8View) -> Substring.UTF8View {
            guard !trunk.isEmpty, digits.starts(with: trunk.utf8) else { return digits }
            // National numbers of +7 have ten digits and may begin with the trunk prefix, 8, themselves.
            if callingCode == 7, digits.count != 11 { return digits }
            return digits.dropFirst(trunk.utf8.count)
        }
    }

    static let shared = PhonePrefixes(PackageResources.phone_zones_txt)

    private(set) var plans: [String: Plan] = [:]
    /// By prefix, which a number holds whole since none begins with 0.
    private(set) var zones: [Int: [String]] = [:]
    private var longest = 1

    /// Reads the file: countries with their calling code and trunk prefix, lists of zones with their prefixes.
    init(_ text: [UInt8]) {
        for line in text.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
            let fields = String(decoding: line, as: UTF8.self).split(separator: "\t", omittingEmptySubsequences: false)
            if fields.count == 3, let callingCode = Int(fields[1]) {
                plans[String(fields[0])] = Plan(callingCode: callingCode, trunk: String(fields[2]))
            } else if fields.count == 2 {
                let names = fields[0].split(separator: " ").map(String.init)
                for prefix in fields[1].split(separator: " ").compactMap({ Int($0) }) {
                    zones[prefix] = names
                    while longest <= prefix { longest *= 10 }
                }
            }
        }
    }

    /// The zones of the longest prefix that the number begins with.
    func zones(of number: Int) -> [String] {
        var prefix = number
        while prefix >= longest { prefix /= 10 }
        while prefix > 0 {
            if let zones = zones[prefix] { return zones }
            prefix /= 10
        }
        return []
    }

    /// The digits as a number, behind a calling code; at most 15 and 3 digits, so that it fits.
    static func number(_ digits: Substring.UTF8View, behind callingCode: Int = 0) -> Int {
        digits.reduce(callingCode) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
