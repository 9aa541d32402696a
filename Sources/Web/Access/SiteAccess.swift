/// Who may read the site, as its files are asked for by the bytes of a request.
enum SiteAccess: Sendable {
    /// Whoever reaches the server: somebody in front of it sees to that.
    case open
    /// People who are signed in and see everything.
    case signedIn(Viewers, SessionCookie)

    /// Whether a request with these cookies certainly may; whatever is not known at once is for the router to find out.
    func isCertain(cookies: String?) -> Bool {
        switch self {
        case .open: true
        case .signedIn(let viewers, let cookie):
            cookie.token(in: cookies).flatMap(viewers.remembered).map { !$0.awaitsSecondFactor && $0.seesEverything }
                ?? false
        }
    }
}
