/// The rules between the fields of one row that need no database.
///
/// Times of which only one has an offset are left to the database, which knows the other's zone.
struct RowRules {
    private var beginning: CalendarTime?
    private var end: CalendarTime?
    private var state = 0

    mutating func note(_ value: ConvertedValue, as role: FieldRole) {
        switch (role, value) {
        case (.beginning, .instant(let time)): beginning = time
        case (.end, .instant(let time)): end = time
        case (.state, .choice(let index)): state = index
        default: break
        }
    }

    /// Throws where a complaint's state lacks its time, or something ends before it begins.
    func check(_ kind: IntakeKind) throws(RowFlaw) {
        if kind == .complaints, state > 0, end == nil {
            throw RowFlaw(
                field: "state_at",
                reason: "state_at is missing: say when the complaint was \(IntakeKind.complaintStates[state])")
        }
        guard let beginning, let end, end.isBefore(beginning) == true else { return }
        let isSameDay = end.date == beginning.date
        let last = isSameDay ? end.dateAndTime : end.date
        let first = isSameDay ? beginning.dateAndTime : beginning.date
        if kind == .complaints {
            throw RowFlaw(
                field: "state_at",
                reason: "\(IntakeKind.complaintStates[state]) on \(last), before it was received on \(first)")
        }
        throw RowFlaw(field: "ended_at", reason: "ended on \(last), before it started on \(first)")
    }
}
