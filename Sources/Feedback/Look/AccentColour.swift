/// Where pages are read: by day or by night, with the grounds and inks of `base.css`.
public enum ColourScheme: String, Sendable, CaseIterable {
    case light, dark

    /// What is behind everything.
    public var page: Colour { self == .light ? Self.lightPage : Self.darkPage }
    /// What is behind whatever is read.
    public var sheet: Colour { self == .light ? .white : Self.darkSheet }
    /// What is written with.
    public var ink: Colour { self == .light ? Self.lightInk : Self.darkInk }

    /// The accent that pages have by themselves.
    public var standardAccent: Colour { self == .light ? Self.lightAccent : Self.darkAccent }

    /// How much of the accent is in the ground of what is chosen, and in a chart's band.
    var tintShare: Double { self == .light ? 0.11 : 0.14 }
    var bandShare: Double { self == .light ? 0.2 : 0.22 }

    private static let lightPage = Colour(red: 0xf2, green: 0xf5, blue: 0xf4)
    private static let lightInk = Colour(red: 0x17, green: 0x21, blue: 0x1f)
    private static let lightAccent = Colour(red: 0x0b, green: 0x5d, blue: 0x5a)
    private static let darkPage = Colour(red: 0x0e, green: 0x14, blue: 0x13)
    private static let darkSheet = Colour(red: 0x17, green: 0x20, blue: 0x1f)
    private static let darkInk = Colour(red: 0xe8, green: 0xee, blue: 0xec)
    private static let darkAccent = Colour(red: 0x66, green: 0xcf, blue: 0xc6)
}

/// The colour of links, buttons and lines in one scheme, with what is made of it.
public struct AccentColour: Sendable, Hashable {
    /// Where it is used.
    public let scheme: ColourScheme
    /// The colour.
    public let colour: Colour

    /// Creates an accent, good or not.
    public init(_ colour: Colour, in scheme: ColourScheme) {
        (self.colour, self.scheme) = (colour, scheme)
    }

    /// What is written on it.
    public var onAccent: Colour {
        let dark = ColourScheme.dark.page
        return colour.contrast(with: .white) >= colour.contrast(with: dark) ? .white : dark
    }

    /// The ground of what is chosen.
    public var tint: Colour { colour.over(scheme.sheet, share: scheme.tintShare) }

    /// The band around a line in a chart.
    public var band: Colour { colour.over(scheme.sheet, share: scheme.bandShare) }

    /// Two colours that stand on each other, and how far they must be told apart (WCAG 2.2, 1.4.3 and 1.4.11).
    public struct Check: Sendable, Equatable {
        /// What it is, such as "Links on a page".
        public let what: String
        /// The contrast that it has, and the least that it needs.
        public let ratio, least: Double

        /// Whether it is enough.
        public var isPassed: Bool { ratio >= least }
    }

    /// Every use of it.
    public var checks: [Check] {
        func check(_ what: String, _ front: Colour, _ ground: Colour, _ least: Double) -> Check {
            Check(what: what, ratio: front.contrast(with: ground), least: least)
        }
        // Under the pointer buttons are a little brighter.
        let pointed = (onAccent.brightened(by: 1.12), colour.brightened(by: 1.12))
        return [
            check("Links and quiet buttons", colour, scheme.sheet, 4.5),
            check("Links on the page’s ground", colour, scheme.page, 4.5),
            check("Words on buttons", onAccent, colour, 4.5),
            check("Words on buttons under the pointer", pointed.0, pointed.1, 4.5),
            check("Words on what is chosen", scheme.ink, tint, 4.5),
            check("The edge of what is chosen", colour, tint, 3),
            check("A chart’s line on its band", colour, band, 3),
        ]
    }

    /// Whether every use can be read.
    public var isReadable: Bool { checks.allSatisfy(\.isPassed) }

    /// The nearest colour of the same hue whose every use can be read.
    public var nearestReadable: AccentColour {
        let scheme = scheme
        let found = colour.nearest { AccentColour($0, in: scheme).isReadable }
        return AccentColour(found ?? scheme.standardAccent, in: scheme)
    }
}

/// The organisation's accents by day and by night.
public struct AccentColours: Sendable, Hashable {
    /// The accent of each scheme.
    public let light, dark: AccentColour

    /// Creates the accents.
    ///
    /// - Parameter dark: If nil, the nearest to the light one that can be read by night.
    public init(light: Colour, dark: Colour?) {
        self.light = AccentColour(light, in: .light)
        self.dark = dark.map { AccentColour($0, in: .dark) } ?? AccentColour(light, in: .dark).nearestReadable
    }

    /// The accents that cannot be read.
    public var unreadable: [AccentColour] { [light, dark].filter { !$0.isReadable } }

    /// The style sheet that puts them in the place of the standard ones.
    var style: String {
        func variables(_ accent: AccentColour) -> String {
            let values = [
                ("accent", accent.colour), ("on-accent", accent.onAccent), ("tint", accent.tint), ("band", accent.band),
            ]
            return ":root { " + values.map { "--\($0): \($1.text); " }.joined() + "}"
        }
        return "\(variables(light))\n@media (prefers-color-scheme: dark) { \(variables(dark)) }\n"
    }
}
