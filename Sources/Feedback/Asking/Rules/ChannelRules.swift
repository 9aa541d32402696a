import Foundation

/// Rules about addresses: which channels may be used, in which order.
extension Judgement {
    /// Stands in the way if no channel of the policy may be used; the rule is that of the first channel that has an address.
    var channels: Finding? {
        guard usableChannels.isEmpty else { return nil }
        let refusals = policy.channels.map { ($0, refusal(of: $0) ?? .noAddress) }
        let rule = refusals.first { $0.1 != .noAddress }?.1 ?? .noAddress
        let reasons = refusals.map { "\($0.0.rawValue): \($0.1.rawValue)" }.joined(separator: ", ")
        return .skip(Objection(rule, ["channels": reasons]))
    }

    /// The customer's own choice first, then the policy's order.
    var usableChannels: [SurveyChannel] {
        let usable = policy.channels.filter { refusal(of: $0) == nil }
        guard let preferred = subject.preferredChannel, usable.contains(preferred) else { return usable }
        return [preferred] + usable.filter { $0 != preferred }
    }

    private func refusal(of channel: SurveyChannel) -> AskingRule? {
        switch channel {
        case .link, .webhook: nil
        case .letter: subject.hasPostalAddress ? nil : .noAddress
        case .email: emailRefusal
        case .sms: smsRefusal
        }
    }

    /// Source: 12 CFR 1006.6(d)(4) and 1006.22(f)(3).
    private var emailRefusal: AskingRule? {
        guard subject.email != nil else { return .noAddress }
        if subject.isEmailSuspended { return .addressSuspended }
        if subject.isWorkEmail, !policy.allowsWorkEmail, subject.emailBasis != .consented { return .emailAtWork }
        guard policy.needsEmailBasis else { return nil }
        switch subject.emailBasis {
        case .used, .consented, .priorCollector: return nil
        case .creditorNotice:
            // The customer has 35 days to object to the notice: 1006.6(d)(4)(ii)(C).
            guard let notice = subject.emailBasisAt, now >= notice.addingTimeInterval(35 * 86_400) else {
                return .emailWithoutBasis
            }
            return nil
        case nil: return .emailWithoutBasis
        }
    }

    /// Source: 12 CFR 1006.6(d)(5).
    private var smsRefusal: AskingRule? {
        guard subject.textNumber != nil else { return .noAddress }
        if subject.isPhoneSuspended { return .addressSuspended }
        guard let days = policy.smsConsentDays else { return nil }
        let oldest = now.addingTimeInterval(-Double(days) * 86_400)
        let isFresh = [subject.smsConsentAt, subject.lastTextAt].contains { $0.map { $0 >= oldest } ?? false }
        return isFresh ? nil : .smsWithoutConsent
    }
}
