import Foundation
import Testing

@testable import Feedback

/// Every row of the rules of asking, on and off, at its edges.
@Suite struct JudgementTests {
    /// A Wednesday, 12:00 in New York.
    let noon = instant("2026-11-18T17:00:00Z")

    @Test func aCustomerWithNothingInTheWayIsInvited() {
        #expect(verdict(subject()) == .invite([.email, .sms]))
    }

    @Test(arguments: HardStop.allCases)
    func aStopIsOverriddenByNoPolicy(stop: HardStop) {
        var lenient = Policy(name: "lenient")
        lenient.hours = nil
        lenient.contactCap = nil
        lenient.needsEmailBasis = false
        #expect(rule(subject { $0.stops = [stop] }, lenient) == "skip \(stop.rawValue)")
        #expect(
            rule(subject { $0.stops = [stop] }, step: .sending(expiresAt: .distantFuture)) == "skip \(stop.rawValue)")
    }

    @Test func theRuleOfAStopIsTheFirstOfAFixedOrder() {
        #expect(rule(subject { $0.stops = [.optedOut, .deceased] }) == "skip deceased")
        #expect(rule(subject { $0.stops = [.deceased, .optedOut] }) == "skip deceased")
    }

    @Test(arguments: [AskingRule.partOfAComplaint, .earlierLeg, .reopened])
    func whatTheFactsForbidIsNotAsked(obstacle: AskingRule) {
        #expect(rule(subject { $0.obstacle = obstacle }) == "skip \(obstacle.rawValue)")
    }

    @Test func aStrangerIsNotAsked() {
        #expect(rule(subject { $0.customer = nil }) == "skip customer-unknown")
    }

    @Test func nobodyIsAskedBeforeTheDelayNorWhenItIsStale() {
        let resolved = instant("2026-11-17T17:00:01Z")
        #expect(
            verdict(subject { $0.resolvedAt = resolved })
                == .hold(
                    until: instant("2026-11-18T17:00:01Z"),
                    Objection(.delay, ["resolved": "2026-11-17T17:00:01Z", "delay-seconds": "86400"])))
        #expect(verdict(subject { $0.resolvedAt = noon.addingTimeInterval(-86_400) }) == .invite([.email, .sms]))
        #expect(rule(subject { $0.resolvedAt = noon.addingTimeInterval(-14 * 86_400) }) == "skip stale")
        #expect(
            verdict(subject { $0.resolvedAt = noon.addingTimeInterval(-14 * 86_400 + 1) }) == .invite([.email, .sms]))
    }

    @Test func theSampleIsTheSameEachTimeAndAboutTheRate() {
        var policy = Policy(name: "sampled")
        policy.sampling = 0.25
        let drawn = (1...20_000).filter { id in
            rule(subject { $0 = $0.with(resolution: Int64(id)) }, policy) != "skip not-sampled"
        }
        let again = (1...20_000).filter { id in
            rule(subject { $0 = $0.with(resolution: Int64(id)) }, policy) != "skip not-sampled"
        }
        #expect(drawn == again)
        // Four standard deviations of a binomial count.
        let deviation = (20_000 * 0.25 * 0.75).squareRoot()
        #expect(abs(Double(drawn.count) - 5000) < 4 * deviation)
        policy.sampling = 0
        #expect(rule(subject(), policy) == "skip not-sampled")
    }

    @Test func oneInvitationInThirtyDaysForCustomerAndAccount() {
        let justWithin = noon.addingTimeInterval(-30 * 86_400 + 1)
        let justOutside = noon.addingTimeInterval(-30 * 86_400)
        #expect(rule(subject { $0.customerInvitedAt = justWithin }) == "skip customer-asked-recently")
        #expect(rule(subject { $0.accountInvitedAt = justWithin }) == "skip account-asked-recently")
        #expect(verdict(subject { $0.customerInvitedAt = justOutside }) == .invite([.email, .sms]))
        var restless = Policy(name: "restless")
        restless.customerRestDays = 0
        #expect(verdict(subject { $0.customerInvitedAt = justWithin }, restless) == .invite([.email, .sms]))
        // A message that is queued does not stand in its own way.
        #expect(
            verdict(subject { $0.customerInvitedAt = justWithin }, step: .sending(expiresAt: .distantFuture))
                == .invite([.email, .sms]))
    }

    @Test func theContactCapCountsTheDayOfAContactAsTheFirst() {
        // 12 CFR 1006.14(b)(2)(i): after 2 March, seven days are over on 9 March.
        var policy = Policy(name: "capped")
        policy.contactCap = Policy.ContactCap(contacts: 1, days: 7)
        policy.hours = nil
        let contact = instant("2026-03-02T20:00:00Z")
        let asked = subject {
            $0.contacts = [contact]
            $0.resolvedAt = instant("2026-03-05T12:00:00Z")
        }
        guard case .hold(let until, let objection) = verdict(asked, policy, at: instant("2026-03-08T17:00:00Z")) else {
            Issue.record("not held")
            return
        }
        #expect(objection.rule == .contactCap)
        // Midnight in New York; the clocks were changed on the 8th.
        #expect(until == instant("2026-03-09T04:00:00Z"))
        #expect(verdict(asked, policy, at: until) == .invite([.email, .sms]))
    }

    @Test func sevenContactsInSevenDaysHoldUntilOneIsOutOfTheWindow() {
        let contacts = (0..<7).map { noon.addingTimeInterval(Double(-$0) * 3600) }
        #expect(rule(subject { $0.contacts = contacts }) == "hold contact-cap")
        #expect(verdict(subject { $0.contacts = Array(contacts.dropLast()) }) == .invite([.email, .sms]))
        var free = Policy(name: "free")
        free.contactCap = nil
        #expect(verdict(subject { $0.contacts = contacts }, free) == .invite([.email, .sms]))
    }

    @Test func aHoldThatOutlivesItsUseEndsAsASkipWithItsReason() {
        let late = subject {
            $0.contacts = (0..<7).map { noon.addingTimeInterval(Double(-$0) * 3600) }
            $0.resolvedAt = noon.addingTimeInterval(-13 * 86_400)
        }
        guard case .skip(let objection) = verdict(late) else {
            Issue.record("not skipped")
            return
        }
        #expect(objection.rule == .stale)
        #expect(objection.inputs.first { $0.name == "held-by" }?.value == "contact-cap")
    }

    @Test func eMailNeedsABasis() {
        let notice = noon.addingTimeInterval(-35 * 86_400)
        let cases: [(AskingSubject.EmailBasis?, Date?, String)] = [
            (nil, nil, "skip email-without-basis"), (.used, nil, "invite"), (.consented, nil, "invite"),
            (.priorCollector, nil, "invite"), (.creditorNotice, nil, "skip email-without-basis"),
            (.creditorNotice, notice.addingTimeInterval(1), "skip email-without-basis"),
            (.creditorNotice, notice, "invite"),
        ]
        for (basis, since, expected) in cases {
            let asked = subject {
                $0.emailBasis = basis
                $0.emailBasisAt = since
                $0.phone = nil
            }
            #expect(rule(asked) == expected, "\(String(describing: basis))")
        }
        var lenient = Policy(name: "lenient")
        lenient.needsEmailBasis = false
        #expect(verdict(subject { $0.emailBasis = nil }, lenient) == .invite([.email, .sms]))
    }

    @Test func anAddressAtWorkNeedsConsent() {
        let atWork = subject {
            $0.isWorkEmail = true
            $0.phone = nil
        }
        #expect(rule(atWork) == "skip email-at-work")
        var consented = atWork
        consented.emailBasis = .consented
        #expect(verdict(consented) == .invite([.email]))
        var allowing = Policy(name: "allowing")
        allowing.allowsWorkEmail = true
        #expect(verdict(atWork, allowing) == .invite([.email]))
    }

    @Test func textsNeedFreshConsentOrALaterText() {
        let old = noon.addingTimeInterval(-60 * 86_400 - 1)
        let fresh = noon.addingTimeInterval(-60 * 86_400)
        func asked(_ consent: Date?, _ text: Date?) -> AskingSubject {
            subject {
                $0.email = nil
                $0.smsConsentAt = consent
                $0.lastTextAt = text
            }
        }
        #expect(rule(asked(nil, nil)) == "skip sms-without-consent")
        #expect(rule(asked(old, nil)) == "skip sms-without-consent")
        #expect(verdict(asked(fresh, nil)) == .invite([.sms]))
        #expect(verdict(asked(old, fresh)) == .invite([.sms]))
        #expect(verdict(asked(nil, fresh)) == .invite([.sms]))
    }

    @Test func suspendedAndMissingAddressesAreToldApart() {
        #expect(rule(subject { $0.isEmailSuspended = true }) == "invite")
        #expect(verdict(subject { $0.isEmailSuspended = true }) == .invite([.sms]))
        let none = subject {
            $0.email = nil
            $0.phone = nil
        }
        #expect(rule(none) == "skip no-address")
        let both = subject {
            $0.isEmailSuspended = true
            $0.isPhoneSuspended = true
        }
        #expect(rule(both) == "skip address-suspended")
        guard case .skip(let objection) = verdict(both) else { return }
        #expect(objection.inputs.map(\.value) == ["email: address-suspended, sms: address-suspended"])
    }

    @Test func theCustomersChannelComesFirstIfItCanBeUsed() {
        #expect(verdict(subject { $0.preferredChannel = .sms }) == .invite([.sms, .email]))
        #expect(verdict(subject { $0.preferredChannel = .letter }) == .invite([.email, .sms]))
    }

    @Test func quietHoursHoldUntilTheNextOpenMomentInEveryZone() {
        // Eastern and Pacific leave 11:00 to 21:00 Eastern.
        let asked = subject {
            $0.timeZone = "America/Los_Angeles"
            $0.phone = "+12125550100"
        }
        #expect(rule(asked, at: instant("2026-11-18T15:59:59Z")) == "hold quiet-hours")
        #expect(verdict(asked, at: instant("2026-11-18T16:00:00Z")) == .invite([.email, .sms]))
        #expect(verdict(asked, at: instant("2026-11-19T01:59:59Z")) == .invite([.email, .sms]))
        guard case .hold(let until, _) = verdict(asked, at: instant("2026-11-19T02:00:00Z")) else {
            Issue.record("not held")
            return
        }
        #expect(until == instant("2026-11-19T16:00:00Z"))
    }

    @Test func ownHoursNarrowThePolicys() {
        let evenings = ContactHours(
            days: Set(Weekday.allCases).subtracting([.sunday]), opens: 18 * 60, closes: 1440)
        let asked = subject { $0.ownHours = evenings }
        guard case .hold(let until, let objection) = verdict(asked) else {
            Issue.record("not held")
            return
        }
        #expect(until == instant("2026-11-18T23:00:00Z"))
        #expect(objection.inputs.first { $0.name == "own-hours" }?.value == "yes")
    }

    @Test func aLetterDisturbsNobodyAtNight() {
        var policy = Policy(name: "post")
        policy.channels = [.letter]
        let asked = subject { $0.hasPostalAddress = true }
        #expect(verdict(asked, policy, at: instant("2026-11-18T07:00:00Z")) == .invite([.letter]))
    }

    @Test func zonesComeFromAddressAndNumberThenCountryThenOrganisation() {
        func zones(_ change: (inout AskingSubject) -> Void) -> [String] {
            var asked = AskingSubject(resolution: 1, resolvedAt: noon)
            change(&asked)
            return candidateZones(of: asked, otherwise: "Europe/Paris").known
        }
        #expect(zones { $0.timeZone = "Asia/Tokyo" } == ["Asia/Tokyo"])
        #expect(
            zones {
                $0.timeZone = "America/Los_Angeles"
                $0.phone = "+12125550100"
            } == ["America/Los_Angeles", "America/New_York"])
        #expect(zones { $0.country = "JP" } == ["Asia/Tokyo"])
        #expect(zones { $0.timeZone = "Mars/Olympus" } == ["Europe/Paris"])
        #expect(zones { _ in } == ["Europe/Paris"])
        #expect(candidateZones(of: AskingSubject(resolution: 1, resolvedAt: noon), otherwise: "x").known == ["UTC"])
    }

    @Test func aQueuedMessageEndsWithItsLink() {
        #expect(rule(subject(), step: .sending(expiresAt: noon)) == "skip expired")
        #expect(verdict(subject(), step: .sending(expiresAt: noon.addingTimeInterval(1))) == .invite([.email, .sms]))
        let night = instant("2026-11-18T07:00:00Z")
        #expect(rule(subject(), step: .sending(expiresAt: night.addingTimeInterval(3600)), at: night) == "skip expired")
    }

    @Test func everyRuleHasWords() {
        for rule in AskingRule.allCases {
            #expect(!rule.title.isEmpty)
            #expect(rule.sentence([:]).hasSuffix("."))
        }
    }

    // MARK: What is judged

    private func subject(_ change: (inout AskingSubject) -> Void = { _ in }) -> AskingSubject {
        var subject = AskingSubject(resolution: 7, resolvedAt: noon.addingTimeInterval(-2 * 86_400))
        subject.customer = 1
        subject.account = 2
        subject.country = "US"
        subject.timeZone = "America/New_York"
        subject.email = "c@example.com"
        subject.emailBasis = .used
        subject.phone = "+12125550100"
        subject.smsConsentAt = noon.addingTimeInterval(-86_400)
        change(&subject)
        return subject
    }

    private func verdict(
        _ subject: AskingSubject, _ policy: Policy = Policy(name: "standard"), step: JudgedStep = .asking,
        at now: Date? = nil
    ) -> Verdict {
        Judgement(of: subject, by: policy, step: step, at: now ?? noon, organisationZone: "UTC").verdict
    }

    private func rule(
        _ subject: AskingSubject, _ policy: Policy = Policy(name: "standard"), step: JudgedStep = .asking,
        at now: Date? = nil
    ) -> String {
        switch verdict(subject, policy, step: step, at: now) {
        case .invite: "invite"
        case .hold(_, let objection): "hold \(objection.rule.rawValue)"
        case .skip(let objection): "skip \(objection.rule.rawValue)"
        }
    }
}

private func instant(_ text: String) -> Date {
    (try? Date(text, strategy: .iso8601)) ?? .distantPast
}

extension AskingSubject {
    fileprivate func with(resolution: Int64) -> AskingSubject {
        var other = self
        other.resolution = resolution
        return other
    }
}
