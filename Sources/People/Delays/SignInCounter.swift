import Foundation

/// What failed sign-ins are counted by.
///
/// Each counter lets a number of failures pass at once, and then one more each time a span has gone by. Nobody ever waits
/// longer than that span, so that nobody can lock an account for others; NIST SP 800-63B-4, section 3.2.2 would have an account
/// disabled after 100 failures in a row, which is just such a lock.
///
/// An account is named by what was typed into the form, not by whether there is one, so that waiting tells nothing about
/// which accounts exist.
public enum SignInCounter: String, Sendable, CaseIterable {
    /// By a device that has signed in to the account before, as its ``DeviceCookie`` proves: 10 failures, then one in 15 min.
    ///
    /// Nothing else slows such a device, so that strangers' guesses never do. Whoever has it in hand gets 96 guesses a day.
    case device
    /// By account and network, for unknown devices: 5 failures, then one in 15 min, which is 96 guesses a day.
    case accountAndNetwork = "account-and-network"
    /// By account over all networks, for unknown devices: 20 failures, then one in 5 min.
    ///
    /// Many networks together get 288 guesses a day, against passwords of 15 characters of which the most common are refused.
    /// While such an attack lasts, the person has no luck on a new device; opening a link for a new password makes it known.
    case account
    /// By network over all accounts, for unknown devices: 100 failures, then one in 30 s.
    ///
    /// An office of a thousand people behind one address may well mistype a hundred passwords on a Monday morning. Trying one
    /// password on many accounts gets 2,880 guesses a day.
    case network
    /// By account, for codes of the second factor from unknown devices: 5 failures, then one in 30 min.
    ///
    /// Only those who know the password get here, so strangers cannot use it up. Three codes in a million are right at any time:
    /// 48 guesses a day find one in a year with a probability of 5 percent.
    case code
    /// By network, for sign-ins that begin at the identity provider: 600 at once, then one in a second.
    ///
    /// Each of them is a row until the browser comes back. An office of a thousand people may begin its day with them.
    case provider

    /// The counters of an attempt with a password.
    ///
    /// - Parameter isKnown: Whether the device has proved that it signed in to this account before.
    public static func ofPassword(fromDeviceThat isKnown: Bool) -> [SignInCounter] {
        isKnown ? [.device] : [.accountAndNetwork, .account, .network]
    }

    /// The counters of an attempt with a code of the second factor, or with a recovery code.
    ///
    /// - Parameter isKnown: Whether the device has proved that it signed in to this account before.
    public static func ofCode(fromDeviceThat isKnown: Bool) -> [SignInCounter] {
        isKnown ? [.device] : [.code]
    }

    /// How many failures pass at once.
    public var burst: Int {
        switch self {
        case .device: 10
        case .accountAndNetwork, .code: 5
        case .account: 20
        case .network: 100
        case .provider: 600
        }
    }

    /// The time in which one failure is forgotten, in seconds, and so the longest that anybody waits.
    public var span: TimeInterval {
        switch self {
        case .device, .accountAndNetwork: 15 * 60
        case .account: 5 * 60
        case .network: 30
        case .code: 30 * 60
        case .provider: 1
        }
    }

    /// Whether a complete sign-in clears the counter.
    ///
    /// Not those that others share: whoever has one account could otherwise clear the count of their guesses at the rest.
    var isClearedBySuccess: Bool {
        switch self {
        case .device, .accountAndNetwork, .code: true
        case .account, .network, .provider: false
        }
    }
}
