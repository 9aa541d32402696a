import Dashboards
import Feedback

/// The pages a customer sees: the form and what follows it.
///
/// Every page is complete in itself: no script, one style block, nothing fetched. The same input gives the same bytes.
public struct SurveyPages: Sendable {
    /// The content of the one `<style>` block of every page in the standard look.
    public static let style = String(decoding: PackageResources.base_css + PackageResources.survey_css, as: UTF8.self)

    /// Every template, by the name others include it with.
    static let templates = [
        "survey-layout": PackageResources.survey_layout_mustache,
        "survey-form": PackageResources.survey_form_mustache,
        "survey-question": PackageResources.survey_question_mustache,
        "survey-state": PackageResources.survey_state_mustache,
        "own-page": PackageResources.own_page_mustache,
    ]

    /// Whose pages they are, and how they look.
    let organisation: PageHead
    private let templates: PageTemplates

    /// Prepares the pages of an organisation, whose name customers know.
    public init(organisation: String, appearance: Appearance = Appearance()) throws {
        self.organisation = PageHead(organisation, appearance, style: Self.style)
        templates = try PageTemplates(Self.templates)
    }

    /// The page with the questions.
    ///
    /// - Parameters:
    ///   - filled: Values by question key: the score tapped in a message, or what was typed before a mistake.
    ///   - problems: What has to be corrected.
    ///   - notSaved: Whether the answers were right but could not be stored.
    public func form(
        _ version: SurveyVersion, in language: Language, filled: [String: String] = [:], problems: [AnswerProblem] = [],
        notSaved: Bool = false
    ) -> String {
        let page = SurveyForm(
            version, language: language, organisation: organisation, filled: filled, problems: problems,
            notSaved: notSaved)
        return templates.render(page, with: "survey-form")
    }

    /// A page without questions.
    public func state(_ state: SurveyPageState, in language: Language) -> String {
        templates.render(
            SurveyStatePage(state, language: language, organisation: organisation), with: "survey-state")
    }

    /// The page on which customers say how they want to be asked.
    func ownPage(_ content: OwnPageContent, in language: Language) -> String {
        templates.render(OwnPageForm(content, language: language, organisation: organisation), with: "own-page")
    }
}
