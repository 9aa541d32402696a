import Foundation
import Testing

@testable import Feedback

@Suite struct PolicyFileTests {
    @Test func thePoliciesThatShipAreTheDefaults() throws {
        let policies = try PolicyFile.standard().policies
        #expect(policies.map(\.name) == ["united-kingdom", "standard"])
        #expect(policies[1] == Policy(name: "standard"))
        #expect(policies[0].hours?.days == Set(Weekday.allCases).subtracting([.sunday]))
        #expect(policies[0].scope.jurisdictions == ["GB"])
    }

    @Test func everyValueIsRead() throws {
        let policy = try #require(
            PolicyFile(
                """
                policies:
                  - name: cards
                    for: {portfolio: [Cards, Loans], topic: Dispute, jurisdiction: [US-NY, GB], resolution: complaint}
                    delay: 90m
                    expiry: 7d
                    stale_after: 10d
                    sampling: 12.5%
                    channels: [sms, letter]
                    quiet_hours: {open: "09:30-24:00", days: [monday], holidays: [2028-02-29]}
                    customer_rest: 60d
                    account_rest: none
                    contact_cap: {contacts: 3, within: 14d}
                    email: {basis: not-required, work_addresses: allowed}
                    sms: {consent: not-required}
                    reminder_after: never
                    spread: 2h
                  - name: rest
                """
            ).policies.first)
        #expect(policy.scope.portfolios == ["Cards", "Loans"])
        #expect(policy.scope.topics == ["Dispute"])
        #expect(policy.scope.jurisdictions == ["US-NY", "GB"])
        #expect(policy.scope.kind == .complaint)
        #expect((policy.delay, policy.expiry, policy.staleAfter, policy.spread) == (5400, 604_800, 864_000, 7200))
        #expect(policy.sampling == 0.125)
        #expect(policy.channels == [.sms, .letter])
        let holiday = try #require(CalendarDate("2028-02-29"))
        #expect(policy.hours == ContactHours(days: [.monday], opens: 570, closes: 1440, holidays: [holiday]))
        #expect((policy.customerRestDays, policy.accountRestDays) == (60, 0))
        #expect(policy.contactCap == Policy.ContactCap(contacts: 3, days: 14))
        #expect(!policy.needsEmailBasis && policy.allowsWorkEmail && policy.smsConsentDays == nil)
        #expect(policy.reminderAfter == nil)
        let coded = try JSONDecoder().decode(Policy.self, from: JSONEncoder().encode(policy))
        #expect(coded == policy)
    }

    @Test(arguments: [
        ("delay: soon", "line 3: delay is a duration like 90m, 24h or 14d, from 0s to 90d"),
        ("delay: -1h", "line 3: delay is a duration like 90m, 24h or 14d, from 0s to 90d"),
        ("delay: 99999999999999999999d", "line 3: delay is a duration like 90m, 24h or 14d, from 0s to 90d"),
        ("expiry: 0h", "line 3: expiry is a duration like 90m, 24h or 14d, from 1h to 90d"),
        ("sampling: 101%", "line 3: sampling is a share from 0% to 100%"),
        ("sampling: 0.5", "line 3: sampling is a share from 0% to 100%"),
        ("channels: [pigeon]", "line 3: \"pigeon\" is not a channel; known are link, email, sms, letter, webhook"),
        ("channels: [sms, sms]", "line 3: sms is named twice"),
        ("channels: []", "line 3: channels is a list with at least one entry"),
        (
            "quiet_hours: {open: \"21:00-08:00\"}",
            "line 3: open is written like \"08:00-21:00\", the first time before the second"
        ),
        (
            "quiet_hours: {days: [funday]}",
            "line 3: \"funday\" is not a day; known are monday, tuesday, wednesday, thursday, friday, saturday, sunday"
        ),
        ("quiet_hours: {holidays: [2027-02-29]}", "line 3: a holiday is a date like 2026-12-25"),
        (
            "for: {jurisdiction: gb}",
            "line 3: \"gb\" is not a jurisdiction; write a country like GB or a part of one like US-NY"
        ),
        ("customer_rest: 30", "line 3: customer_rest is a number of days from 0d to 3650d"),
        ("contact_cap: {contacts: 0}", "line 3: contacts is at least 1"),
        ("contact_cap: {within: 32d}", "line 3: within is a number of days from 1d to 31d"),
        ("email: {basis: maybe}", "line 3: basis is required or not-required"),
        ("stale_after: 24h", "line 3: stale_after must be longer than the delay, or nobody is ever asked"),
        ("colour: red", "line 3: a policy has no key \"colour\"; known are"),
    ])
    func everyMistakeIsNamedWithItsLine(line: String, message: String) {
        let source = "policies:\n  - name: first\n    \(line)\n  - name: rest\n"
        do {
            _ = try PolicyFile(source.contains("for:") ? source : "policies:\n  - name: first\n    \(line)\n")
            Issue.record("nothing was wrong with \(line)")
        } catch {
            #expect("\(error)".contains(message), "\(error)")
        }
    }

    @Test func theLastPolicyFitsEverythingAndOnlyTheLast() {
        #expect(throws: YAMLProblems.self) { try PolicyFile("policies:\n  - name: a\n    for: {topic: Plan}\n") }
        #expect(throws: YAMLProblems.self) { try PolicyFile("policies:\n  - name: a\n  - name: b\n") }
        #expect(throws: YAMLProblems.self) {
            try PolicyFile("policies:\n  - name: a\n    for: {topic: Plan}\n  - name: a\n")
        }
    }

    @Test func theFirstPolicyThatFitsDecides() throws {
        let version = PolicyVersion(
            id: 1,
            policies: try PolicyFile(
                """
                policies:
                  - {name: cards-complaints, for: {portfolio: Cards, resolution: complaint}}
                  - {name: cards, for: {portfolio: Cards}}
                  - {name: new-york, for: {jurisdiction: US-NY}}
                  - {name: disputes, for: {topic: Dispute, jurisdiction: [US, CA]}}
                  - {name: rest}
                """
            ).policies)
        func chosen(_ change: (inout AskingSubject) -> Void) -> String? {
            var subject = AskingSubject(resolution: 1, resolvedAt: .now)
            change(&subject)
            return version.policy(for: subject)?.name
        }
        #expect(
            chosen {
                $0.portfolio = "Cards"
                $0.isComplaint = true
            } == "cards-complaints")
        #expect(chosen { $0.portfolio = "Cards" } == "cards")
        #expect(
            chosen {
                $0.country = "US"
                $0.region = "NY"
                $0.topic = "Dispute"
            } == "new-york")
        #expect(
            chosen {
                $0.country = "US"
                $0.region = "CA"
                $0.topic = "Dispute"
            } == "disputes")
        #expect(chosen { $0.topic = "Dispute" } == "rest")
        #expect(chosen { _ in } == "rest")
    }
}
