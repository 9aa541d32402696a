import Foundation
import Store

extension Store {
    /// Sets what is not nil of the organisation.
    public func setOrganisation(
        name: String?, timeZone: String?, repeatDays: Int? = nil, shownFrom: Int? = nil, fullFrom: Int? = nil
    ) async throws {
        var change = OrganisationChange()
        (change.name, change.timeZone, change.repeatDays) = (name, timeZone, repeatDays)
        (change.shownFrom, change.fullFrom) = (shownFrom, fullFrom)
        _ = try await changeOrganisation(change, by: .program, now: .test)
    }

    /// Sets how many days a repeat contact about a topic breaks the resolution of the one before.
    public func setRepeatDays(_ days: Int?, ofTopic name: String) async throws -> Bool {
        try await setRepeatDays(days, ofTopic: name, by: .program, now: .test)
    }
}
