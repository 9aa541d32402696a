import Feedback
import Foundation
import Intake
import Postgres
import Store

/// Fills an empty store with a year of a made-up centre, through the same doors that real data take.
public struct DemoYear: Sendable {
    private let store: Store
    private let days: Int

    /// Creates the filling.
    ///
    /// - Parameter days: How many days before the present to live through.
    public init(_ store: Store, days: Int = 365) {
        self.store = store
        self.days = days
    }

    /// Fills the store. A filling that was interrupted can be done again: it makes the same facts.
    ///
    /// - Parameters:
    ///   - progress: Told how many of the days are done.
    /// - Returns: Whether there was anything to do: false if the store holds something else, or the whole year already.
    public func fill(now: Date, progress: @Sendable (_ done: Int, _ total: Int) -> Void) async throws -> Bool {
        guard let now = try await store.beginDemoYear(now: now) else { return false }
        let zone = TimeZone(identifier: "America/New_York") ?? .gmt
        var organisation = OrganisationChange()
        (organisation.name, organisation.timeZone) = ("Northfield Customer Care", zone.identifier)
        _ = try await store.changeOrganisation(organisation, by: .program, now: now)
        _ = try await store.publish(PolicyFile.demo(), by: .program, now: now)
        let centre = Centre(customers: 6_000, seed: 20)
        try await prepare(centre)
        var life = CentreLife(centre, contactsPerDay: 70, seed: 21)
        var answers = DemoAnswers(centre, seed: 22)
        var mail: [CalendarDay: [Submission]] = [:]
        let today = CalendarDay(now, in: zone)
        for index in 0..<days {
            let day = today.adding(days: index - days)
            let happened = life.live(day)
            _ = try await store.importing(.interactions) { try await $0.merge(happened.interactions) }
            _ = try await store.importing(.complaints) { try await $0.merge(happened.complaints) }
            let evening = day.instant(hour: 22, in: zone)
            _ = try await store.decideDueResolutions(now: evening)
            for invitation in try await store.attributions(issuedAt: evening) {
                let said = answers.answer(
                    agent: invitation.agent, isComplaint: invitation.isComplaint, progress: Double(index) / Double(days)
                )
                guard let said else { continue }
                let later = day.adding(days: 1 + (invitation.id % 7 < 5 ? 0 : Int(invitation.id % 4)))
                mail[later, default: []].append(
                    Submission(
                        invitation: invitation.id, surveyVersion: invitation.surveyVersion,
                        language: invitation.language, answers: said))
            }
            let noon = day.instant(hour: 12, in: zone)
            if let arrived = mail.removeValue(forKey: day) { _ = try await store.submitAnswers(arrived, now: noon) }
            progress(index + 1, days)
        }
        try await store.refreshCells(now: now)
        try await store.completeDemoYear()
        return true
    }

    /// Lets one more customer call and be invited, if nobody else can still answer.
    public func inviteSomebody(now: Date) async throws {
        guard try await store.holdsDemoYear(),
            try await store.invitations(onlyOpen: true, limit: 1, now: now).isEmpty
        else { return }
        var call = CopyText()
        call.append(
            [
                "late-\(Int(now.timeIntervalSince1970))", nil, "C1", nil, nil, "A100", nil, "phone", "inbound", nil,
                "Payment plan",
            ]
                + ["resolved", "t", "f", now.addingTimeInterval(-3600).ISO8601Format(), nil, "240", "0", "30"])
        let record = call.bytes
        _ = try await store.importing(.interactions) { try await $0.merge(record) }
        _ = try await store.decideDueResolutions(now: now)
    }

    private func prepare(_ centre: Centre) async throws {
        var agents = CopyText()
        for agent in centre.agents { agents.append([agent.ref, agent.name, agent.team, "t"]) }
        let people = agents.bytes
        _ = try await store.importing(.agents) { try await $0.merge(people) }
        var customers = CopyText()
        for customer in 0..<centre.customers {
            let language = customer % 12 == 0 ? "es" : customer % 40 == 0 ? "ar" : "en"
            customers.append(
                ["C\(customer)", language, "America/New_York"] + Array(repeating: nil, count: customerFieldsLeftOut))
        }
        let list = customers.bytes
        _ = try await store.importing(.customers) { try await $0.merge(list) }
    }
}

private let customerFieldsLeftOut = IntakeKind.customers.fields.count - 3

extension PolicyFile {
    /// The demo asks everybody at once, and hands the links over itself: nothing is sent to made-up customers.
    fileprivate static func demo() throws -> PolicyFile {
        try PolicyFile(
            """
            policies:
              - name: demo
                delay: 0s
                channels: [link]
                quiet_hours: none
                customer_rest: none
                account_rest: none
                contact_cap: none
            """)
    }
}
