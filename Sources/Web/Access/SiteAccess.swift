import Store

extension Viewer {
    /// Whether somebody may read a file: a site belongs to a scope, and the whole one shows everybody's figures.
    func sees(_ path: SitePath) -> Bool {
        seesEverything || path.siteKey.map { siteKeys.contains(String($0)) } ?? false
    }

    /// Where their dashboards begin; nil for agents, and for a manager who is given neither teams nor portfolios.
    var dashboards: String? {
        seesEverything ? SitePath.root + "/" : siteKeys.first.map(SitePath.address(ofSite:))
    }
}

/// Who may read the site, as its files are asked for by the bytes of a request.
enum SiteAccess: Sendable {
    /// Whoever reaches the server: somebody in front of it sees to that.
    case open
    /// People who are signed in, each what they see.
    case signedIn(Viewers, SessionCookie)

    /// Whether a request with these cookies certainly may; whatever is not known at once is for the router to find out.
    func isCertain(_ path: SitePath, cookies: String?) -> Bool {
        switch self {
        case .open: true
        case .signedIn(let viewers, let cookie):
            cookie.token(in: cookies).flatMap(viewers.remembered).map { !$0.awaitsSecondFactor && $0.sees(path) }
                ?? false
        }
    }
}
