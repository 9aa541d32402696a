import Feedback

/// What every page for customers has around its content.
struct SurveyFrame {
    let documentTitle: String
    let languageCode: String
    let direction: String
    let organisation: String
    let logo: Logo?
    let languagesLabel: String
    let languages: [LanguageLink]
    let style: String

    init(
        title: String, language: Language, organisation: PageHead, text: PageText, languages: [LanguageLink] = []
    ) {
        documentTitle = "\(title) – \(organisation.name)"
        languageCode = language.code
        direction = language.isRightToLeft ? "rtl" : "ltr"
        self.organisation = organisation.name
        logo = organisation.logo
        style = organisation.style
        languagesLabel = text.languages
        self.languages = languages
    }
}

/// Whose page it is, and how it looks.
struct PageHead: Sendable {
    let name: String
    let logo: Logo?
    /// The content of the one style block.
    let style: String

    /// - Parameter style: The standard look's, which the organisation's follows.
    init(_ name: String, _ appearance: Appearance, style: String) {
        self.name = name
        logo = appearance.logo.map(Logo.init)
        self.style = style + appearance.style
    }
}

/// The picture beside the organisation's name.
struct Logo: Sendable {
    let address: String
    let width, height: Int

    init(_ image: LogoImage) {
        (address, width, height) = (image.address, image.width, image.height)
    }
}

/// A language the page can be read in, named in itself.
struct LanguageLink {
    let code: String
    let name: String
    let direction: String
    let isCurrent: Bool
    let address: String

    /// - Parameter kept: A query such as `&nps=9` that the other language's page needs too.
    init(_ language: Language, current: Language, kept: String) {
        code = language.code
        name = language.name
        direction = language.isRightToLeft ? "rtl" : "ltr"
        isCurrent = language == current
        address = "?lang=\(language.code)\(kept)"
    }
}
