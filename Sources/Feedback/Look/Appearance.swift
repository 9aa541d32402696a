/// How an organisation's pages look, besides their words.
public struct Appearance: Sendable, Hashable {
    /// The organisation's own accents; nil for the standard ones.
    public let accents: AccentColours?
    /// The picture beside the organisation's name.
    public let logo: LogoImage?

    /// Creates an appearance; by default the standard one.
    public init(accents: AccentColours? = nil, logo: LogoImage? = nil) {
        (self.accents, self.logo) = (accents, logo)
    }

    /// What follows a page's own style sheet; empty for the standard look.
    public var style: String {
        // On paper colours are the printer's business, and a logo drawn for white stands on white by night too.
        let colours = accents.map { "@media screen {\n\($0.style)}\n" } ?? ""
        return logo == nil ? colours : colours + Self.logoStyle
    }

    private static let logoStyle = """
        .logo { display: block; width: auto; height: auto; max-width: 12rem; max-height: 2.5rem; }
        .organisation:has(.logo) { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; }
        @media screen and (prefers-color-scheme: dark) { .logo { padding: .25rem; background: #fff; border-radius: .25rem; } }

        """
}
