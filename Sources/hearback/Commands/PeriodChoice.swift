import ArgumentParser
import Foundation
import Postgres
import Store

extension CalendarDay: ExpressibleByArgument {
    /// Reads a day such as 2026-03-29.
    public init?(argument: String) {
        self.init(argument)
    }
}

/// The period somebody asked for on the command line.
struct PeriodChoice: Sendable {
    let from: CalendarDay?
    let to: CalendarDay?
    /// How many days the period has if its start is left out.
    let days: Int

    /// The days, in the organisation's zone.
    func period(in store: Store, now: Date) async throws -> ClosedRange<CalendarDay> {
        let zone = TimeZone(identifier: try await store.organisation().timeZone) ?? .gmt
        let last = to ?? CalendarDay(now, in: zone)
        let first = from ?? last.adding(days: 1 - days)
        guard first <= last else { throw ValidationError("the period ends (\(last)) before it starts (\(first))") }
        return first...last
    }
}
