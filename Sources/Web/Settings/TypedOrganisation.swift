import Feedback
import Foundation
import Store

/// What was typed about the organisation.
struct TypedOrganisation {
    /// A field of a form.
    enum Field: Hashable {
        case name, timeZone, repeatDays, shownFrom, fullFrom, light, dark, logo, comments

        /// The field that a problem is of.
        init(_ problem: OrganisationProblem) {
            switch problem {
            case .name, .disclosing: self = .name
            case .timeZone: self = .timeZone
            case .repeatDays: self = .repeatDays
            case .shownFrom: self = .shownFrom
            case .fullFrom: self = .fullFrom
            case .unreadable(let accent): self = accent.scheme == .light ? .light : .dark
            }
        }
    }

    var name, timeZone, repeatDays, shownFrom, fullFrom: String
    var light, dark: String
    var problems: [Field: String] = [:]

    init(_ organisation: Organisation) {
        name = organisation.name
        timeZone = organisation.timeZone
        repeatDays = "\(organisation.repeatDays)"
        shownFrom = "\(organisation.shownFrom)"
        fullFrom = "\(organisation.fullFrom)"
        light = organisation.appearance.accents?.light.colour.text ?? ""
        dark = organisation.appearance.accents?.dark.colour.text ?? ""
    }

    /// What the first form begins from.
    var base: String { fingerprint([name, timeZone, repeatDays, shownFrom, fullFrom]) }

    mutating func take(_ fields: FormFields) {
        func typed(_ name: String) -> String { (fields[name] ?? "").trimmingCharacters(in: .whitespaces) }
        (name, timeZone) = (typed("name"), typed("zone"))
        (repeatDays, shownFrom, fullFrom) = (typed("repeat"), typed("shown"), typed("full"))
        if name.isEmpty { problems[.name] = "Enter a name." }
        if timeZone.isEmpty { problems[.timeZone] = "Enter a time zone." }
        for (field, text) in [(Field.repeatDays, repeatDays), (.shownFrom, shownFrom), (.fullFrom, fullFrom)]
        where Int16(text) == nil {
            problems[field] = "Enter a number."
        }
    }

    /// What is another than before, so that nothing else is touched.
    func change(_ organisation: Organisation) -> OrganisationChange {
        var change = OrganisationChange()
        change.name = name == organisation.name ? nil : name
        change.timeZone = timeZone == organisation.timeZone ? nil : timeZone
        (change.repeatDays, change.shownFrom, change.fullFrom) = (Int(repeatDays), Int(shownFrom), Int(fullFrom))
        return change
    }

    mutating func takeColours(_ fields: FormFields) {
        light = (fields["light"] ?? "").trimmingCharacters(in: .whitespaces)
        dark = (fields["dark"] ?? "").trimmingCharacters(in: .whitespaces)
        let wrong = "Enter a colour such as #0b5d5a."
        if Colour(light) == nil { problems[.light] = wrong }
        if !dark.isEmpty, Colour(dark) == nil { problems[.dark] = wrong }
    }

    /// The typed colours; the dark one is found where none is typed.
    var accents: AccentColours? {
        Colour(light).map { AccentColours(light: $0, dark: Colour(dark)) }
    }
}

/// The page of the organisation.
struct OrganisationPage {
    let frame: StaffFrame
    let token: String
    /// What the first form began from.
    let base: String
    let name, zone: TextField
    let zones: [String]
    let numbers: [TextField]
    let logo: LogoField
    let colours: [TextField]
    let hasOwnColours: Bool
    let schemes: [SchemePreview]
    let comments: CommentsField

    /// Which comments agents read.
    struct CommentsField {
        let isReleased, isAll, isDelayed: Bool
        let days: String
        let problem: String?

        init(_ choice: AgentComments, problem: String?) {
            (isReleased, isAll) = (choice == .released, choice == .all)
            if case .delayed(let days) = choice {
                (isDelayed, self.days) = (true, "\(days)")
            } else {
                (isDelayed, days) = (false, "7")
            }
            self.problem = problem
        }
    }

    /// A field to type in.
    struct TextField {
        let id, label, help, value: String
        let problem: String?
    }

    /// The logo that is shown, and why another was not taken.
    struct LogoField {
        let current: Logo?
        let kilobytes, longestSide: Int
        let problem: String?
    }

    init(
        frame: StaffFrame, organisation: Organisation, comments: AgentComments, typed: TypedOrganisation, token: String
    ) {
        self.frame = frame
        self.token = token
        base = TypedOrganisation(organisation).base
        self.comments = CommentsField(comments, problem: typed.problems[.comments])
        name = TextField(
            id: "name", label: "Name",
            help:
                "Customers read it on every page and message, so it must not tell a bystander what a contact is about.",
            value: typed.name, problem: typed.problems[.name])
        zone = TextField(
            id: "zone", label: "Time zone", help: "Days, weeks and months are cut in it: a name like America/New_York.",
            value: typed.timeZone, problem: typed.problems[.timeZone])
        zones = TimeZone.knownTimeZoneIdentifiers
        numbers = [
            TextField(
                id: "repeat", label: "Days within which a further contact is a repeat", help: "1 to 30.",
                value: typed.repeatDays, problem: typed.problems[.repeatDays]),
            TextField(
                id: "shown", label: "Figures are shown from", help: "So many answers or contacts; fewer are withheld.",
                value: typed.shownFrom, problem: typed.problems[.shownFrom]),
            TextField(
                id: "full", label: "Figures are shown in full from", help: "So many answers or contacts.",
                value: typed.fullFrom, problem: typed.problems[.fullFrom]),
        ]
        logo = LogoField(
            current: organisation.appearance.logo.map(Logo.init), kilobytes: LogoImage.largest / 1024,
            longestSide: LogoImage.sides.upperBound, problem: typed.problems[.logo])
        colours = [
            TextField(
                id: "light", label: "Accent by day", help: "Links, buttons and lines, such as #0b5d5a.",
                value: typed.light, problem: typed.problems[.light]),
            TextField(
                id: "dark", label: "Accent by night",
                help: "Where people have set their device to dark. Leave it empty to have one found.",
                value: typed.dark,
                problem: typed.problems[.dark]),
        ]
        hasOwnColours = organisation.appearance.accents != nil
        let tried = typed.accents ?? organisation.appearance.accents
        schemes = ColourScheme.allCases.map { scheme in
            let standard = AccentColour(scheme.standardAccent, in: scheme)
            return SchemePreview(tried.map { scheme == .light ? $0.light : $0.dark } ?? standard)
        }
    }
}

/// How an accent looks and how well it can be read.
struct SchemePreview {
    let title: String
    let page, sheet, ink, accent, onAccent, tint: String
    let description: String
    let checks: [Row]

    /// A pair of colours.
    struct Row {
        let what, ratio, least, verdict: String
        let isPassed: Bool
    }

    init(_ accent: AccentColour) {
        let scheme = accent.scheme
        title = "\(scheme == .light ? "By day" : "By night"): \(accent.colour.text)"
        (page, sheet, ink) = (scheme.page.text, scheme.sheet.text, scheme.ink.text)
        (self.accent, onAccent, tint) = (accent.colour.text, accent.onAccent.text, accent.tint.text)
        description = "A page with a heading, a link, a button and a chosen score in \(accent.colour.text)"
        checks = accent.checks.map { check in
            Row(
                what: check.what, ratio: check.ratio.ratioText, least: check.least.ratioText,
                verdict: check.isPassed ? "enough" : "too little", isPassed: check.isPassed)
        }
    }
}
