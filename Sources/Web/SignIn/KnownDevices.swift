import Crypto
import HTTPTypes
import Hummingbird
import People

/// What devices keep to show that somebody signed in on them before, or opened a link for a password there.
struct KnownDevices: Sendable {
    let cookie: SessionCookie
    /// The first one signs, the others prove what older ones have signed.
    let keys: [SymmetricKey]

    /// What a device shows, whosever it is.
    func read(_ request: Request) -> DeviceCookie? {
        guard let value = cookie.value(.device, in: request.headers[.cookie]) else { return nil }
        return keys.lazy.compactMap { DeviceCookie(value, key: $0) }.first
    }

    /// Makes the device that gets a response known as a person's, for a year.
    func remember(_ person: Int32, in response: inout Response) {
        guard let key = keys.first else { return }
        var generator = SystemRandomNumberGenerator()
        let device = DeviceCookie(account: Int64(person), using: &generator)
        response.headers.append(
            HTTPField(
                name: .setCookie, value: cookie.setting(.device, to: device.text(key: key), lasting: 365 * 86_400)))
    }
}

extension DeviceCookie {
    /// Whether it was this person who signed in; nil is nobody.
    func isOf(_ person: Int32?) -> Bool { person.map { account == Int64($0) } ?? false }
}
