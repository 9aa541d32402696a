import Testing

@testable import Web

@Suite struct SitePathTests {
    @Test(arguments: [
        ("/dashboards", ""),
        ("/dashboards/", "index.html"),
        ("/dashboards/?from=mail", "index.html"),
        ("/dashboards/index.html", "index.html"),
        ("/dashboards/teams/", "teams/index.html"),
        ("/dashboards/teams", "teams"),
        ("/dashboards/teams/N%C3%B8rth.html?x=/../y", "teams/Nørth.html"),
        ("/dashboards/a+b%20c.csv", "a+b c.csv"),
        ("/dashboards/a%2ehtml", "a.html"),
    ])
    func aPathHasOneSpelling(request: String, relative: String) {
        #expect(SitePath(request)?.relative == relative)
    }

    @Test(arguments: [
        "", "/", "/dashboard", "/dashboardsx/index.html", "/DASHBOARDS/", "dashboards/", "http://x/dashboards/",
        "/dashboards/../link-keys", "/dashboards/a/../../link-keys", "/dashboards/%2e%2e/link-keys",
        "/dashboards/..%2flink-keys", "/dashboards/.%2e/x", "/dashboards/.", "/dashboards/./index.html",
        "/dashboards//index.html", "/dashboards//", "/dashboards/a//b.html", "/dashboards/a%2Fb.html",
        "/dashboards/.hidden", "/dashboards/teams/.hidden.html", "/dashboards/%2Ehidden", "/dashboards/...",
        "/dashboards/index.html%00", "/dashboards/%00", "/dashboards/a\\b.html", "/dashboards/a%5Cb.html",
        "/dashboards/a%0Ab.html", "/dashboards/a\u{7F}.html", "/dashboards/%", "/dashboards/%4", "/dashboards/%4g",
        "/dashboards/%FF.html", "/dashboards/%C3.html", "/dashboards/index.html.tmp", "/dashboards/a.csv.unfinished",
        "/dashboards/index.html.%74mp", "/dashboards/" + String(repeating: "a", count: 1024),
    ])
    func nothingElseHasAPath(request: String) {
        #expect(SitePath(request) == nil)
    }
}

@Suite struct NegotiationTests {
    @Test(arguments: [
        ("gzip", true), ("gzip, deflate, br", true), ("deflate, GZIP", true), ("x-gzip", true), ("*", true),
        ("gzip;q=0.5", true), ("gzip ; q=1.0", true), ("br, *;q=0.1", true), ("gzip;q=0.5, identity;q=0.5", true),
        ("identity;q=0, gzip", true), ("gzip;q=0.001", true),
        ("", false), ("identity", false), ("br", false), ("gzip;q=0", false), ("gzip;q=0.000, *", false),
        ("*;q=0", false), ("gzip;q=0.5, identity", false), ("*;q=0.2, identity;q=0.3", false), ("gzip;q=x", false),
        ("gzipped", false), (",,;q=1", false),
    ])
    func gzipIsTakenWhereItIsWelcome(header: String, gzip: Bool) {
        #expect(prefersGzip(header) == gzip)
    }

    @Test func nobodyIsGivenGzipUnasked() {
        #expect(!prefersGzip(nil))
    }

    @Test(arguments: [
        (#""a""#, true), (#"W/"a""#, true), (#""b", "a""#, true), (#""b",W/"a" ,"c""#, true), ("*", true),
        (" * ", true),
        (#""b""#, false), ("", false), ("a", false), (#""ab""#, false), (#""b", *"#, false), (#"w/"a""#, false),
    ])
    func tagsAreFoundInLists(list: String, isIncluded: Bool) {
        #expect(entityTags(list, include: #""a""#) == isIncluded)
    }
}
