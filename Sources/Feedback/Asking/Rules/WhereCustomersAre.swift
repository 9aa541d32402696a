/// The zones that a customer may be in: that of the address and those of the telephone number, or else all of the country.
///
/// - Parameter otherwise: The zone for those of whom nothing tells where they are.
func candidateZones(of subject: AskingSubject, otherwise: String) -> CandidateZones {
    var names = subject.timeZone.map { [$0] } ?? []
    names += subject.phone.map { PhoneZones.zones(ofPhone: $0, country: subject.country) } ?? []
    for names in [names, subject.country.map(PhoneZones.zones(ofCountry:)) ?? [], [otherwise]] where !names.isEmpty {
        let zones = CandidateZones(names)
        if !zones.isEmpty { return zones }
    }
    return CandidateZones(["UTC"])
}

extension PhoneZones {
    /// All zones in which a country's numbers are used; none if the country is not known.
    static func zones(ofCountry country: String) -> [String] {
        PhonePrefixes.shared.plans[country].map { PhonePrefixes.shared.zones(of: $0.callingCode) } ?? []
    }
}

extension ZoneClock {
    /// The number of the day, from 1 January 1970, that the clock shows at a moment. Seconds since 1970.
    func dayNumber(at moment: Int) -> Int {
        quotient(moment + stretch(at: moment).offset, 86_400)
    }

    /// The first moment of a day.
    func start(ofDay dayNumber: Int) -> Int {
        // No clock is further than 15 hours from UTC.
        var moment = dayNumber * 86_400 - 15 * 3600
        while true {
            let stretch = stretch(at: moment)
            let start = max(moment, dayNumber * 86_400 - stretch.offset)
            if start < stretch.end { return start }
            moment = stretch.end
        }
    }
}
