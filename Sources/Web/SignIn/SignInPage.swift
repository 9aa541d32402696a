import People

/// The form for a password.
struct SignInPage {
    let frame: StaffFrame
    let next: String
    /// The same as a query, for the provider's link.
    let query: String
    let email: String
    let provider: Provider?
    let takesPasswords: Bool

    /// The organisation's identity provider.
    struct Provider {
        /// What its button calls it.
        let name: String
        /// Whether nobody signs in with a password.
        let isOnlyWay: Bool
    }

    init(frame: StaffFrame, next: String, email: String, provider: Provider?) {
        self.frame = frame
        self.next = next
        query = next == "/" ? "" : "?next=" + percentEncoded(next)
        self.email = email
        self.provider = provider
        takesPasswords = provider?.isOnlyWay != true
    }
}

/// The form for a code.
struct SignInCodePage {
    let frame: StaffFrame
    let next: String
}

/// A browser in two words, for the list of sessions; what browsers say of themselves is not to be trusted.
func browserName(_ agent: String?) -> String {
    let agent = String((agent ?? "").prefix(300))
    let browsers = [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]
    let systems = [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ]
    let browser = browsers.first { agent.contains($0.0) }?.1 ?? "another program"
    let system = systems.first { agent.contains($0.0) }?.1
    return browser + (system.map { " on \($0)" } ?? "")
}
