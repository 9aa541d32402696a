import Feedback

/// What every page for customers has around its content.
struct SurveyFrame {
    let documentTitle: String
    let languageCode: String
    let direction: String
    let organisation: String
    let languagesLabel: String
    let languages: [LanguageLink]
    let style = SurveyPages.style

    init(
        title: String, language: Language, organisation: String, text: PageText, languages: [LanguageLink] = []
    ) {
        documentTitle = "\(title) – \(organisation)"
        languageCode = language.code
        direction = language.isRightToLeft ? "rtl" : "ltr"
        self.organisation = organisation
        languagesLabel = text.languages
        self.languages = languages
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
