import Dashboards
import Foundation
import HTTPTypes
import Hummingbird
import People
import Store
import Synchronization

/// The pages of people who work with Hearback, besides dashboards: complete in themselves, without scripts.
final class StaffPages: Sendable {
    /// The content of their one `<style>` block.
    static let style = String(decoding: PackageResources.base_css + PackageResources.staff_css, as: UTF8.self)

    /// The same for pages with figures, which look as dashboards do.
    static let figureStyle =
        String(decoding: PackageResources.base_css, as: UTF8.self) + DashboardPages.style
        + String(decoding: PackageResources.me_css, as: UTF8.self)

    /// Every template, by the name others include it with.
    static let templates = [
        "staff-layout": PackageResources.staff_layout_mustache,
        "staff-message": PackageResources.staff_message_mustache,
        "sign-in": PackageResources.sign_in_mustache,
        "sign-in-code": PackageResources.sign_in_code_mustache,
        "new-password": PackageResources.new_password_mustache,
        "account": PackageResources.account_mustache,
        "second-factor": PackageResources.second_factor_mustache,
        "people": PackageResources.people_mustache,
        "person": PackageResources.person_mustache,
        "person-form": PackageResources.person_form_mustache,
        "me": PackageResources.me_mustache,
        "reviewed-agents": PackageResources.reviewed_agents_mustache,
        "reviewed-agent": PackageResources.reviewed_agent_mustache,
        "text-editor": PackageResources.text_editor_mustache,
        "surveys": PackageResources.surveys_mustache,
        "survey": PackageResources.survey_mustache,
        "survey-edit": PackageResources.survey_edit_mustache,
        "survey-texts": PackageResources.survey_texts_mustache,
        "survey-file": PackageResources.survey_file_mustache,
        "policies": PackageResources.policies_mustache,
        "policy-edit": PackageResources.policy_edit_mustache,
        "templates": PackageResources.templates_mustache,
        "template": PackageResources.template_mustache,
        "text-preview": PackageResources.text_preview_mustache,
        "faulty-preview": PackageResources.faulty_preview_mustache,
    ]

    private let templates: PageTemplates
    private let organisation: Mutex<String>

    init(organisation: String) throws {
        templates = try PageTemplates(Self.templates)
        self.organisation = Mutex(organisation)
    }

    /// Takes up a changed name.
    func rename(to name: String) { organisation.withLock { $0 = name } }

    /// The name that pages are headed by.
    var organisationName: String { organisation.withLock { $0 } }

    /// A page as a reply.
    func reply(
        _ model: Any, with template: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = staffHeaders
    ) -> Response {
        Response(status: status, headers: headers, body: .init(byteBuffer: document(model, with: template)))
    }

    /// A page.
    func document(_ model: Any, with template: String) -> ByteBuffer {
        ByteBuffer(string: templates.render(model, with: template))
    }

    /// Says in a few words why there is nothing else.
    func message(
        _ title: String, _ body: String, status: HTTPResponse.Status = .ok, link: StaffMessage.Link? = nil
    ) -> Response {
        let frame = StaffFrame(title: title, organisation: organisationName)
        return reply(StaffMessage(frame: frame, body: body, link: link), with: "staff-message", status: status)
    }

    /// Says that something may not be done.
    func refusal(_ status: HTTPResponse.Status) -> Response {
        switch status {
        case .forbidden:
            message(
                "This is not yours to see", "Your role does not include this page. An administrator can change that.",
                status: status, link: .init(address: "/", words: "Go to your own pages"))
        case .unauthorized:
            message(
                "Please sign in again", "Nothing was changed.", status: status,
                link: .init(address: "/sign-in", words: "Sign in"))
        default:
            message(
                "This could not be read", "Nothing was changed. Please go back, load the page again and repeat it.",
                status: status)
        }
    }
}

/// What stands around every page.
struct StaffFrame {
    let title: String
    let organisation: String
    var style = StaffPages.style
    /// What was done, or what has to be corrected.
    var notice: String?
    var problem: String?
    var signedIn: SignedIn?

    /// What somebody who is signed in finds on every page.
    struct SignedIn {
        let links: [Link]
        let token: String
    }

    /// A page in the list of pages.
    struct Link {
        let address: String
        let name: String
        let isCurrent: Bool
    }

    init(title: String, organisation: String, problem: String? = nil) {
        self.title = title
        self.organisation = organisation
        self.problem = problem
    }

    /// The frame of a page for whoever is signed in.
    init(
        title: String, pages: StaffPages, context: AppContext, path: String, notice: String? = nil,
        problem: String? = nil
    ) {
        self.init(title: title, organisation: pages.organisationName, problem: problem)
        self.notice = notice
        guard let viewer = context.viewer, let token = context.formToken else { return }
        let dashboards =
            viewer.scopes.isEmpty
            ? [viewer.dashboards.map { ($0, "Dashboards") }].compactMap { $0 }
            : viewer.scopes.map {
                (SitePath.address(ofSite: $0.siteKey), $0.dimension == .team ? "Teams" : "Portfolios")
            }
        let links = dashboards + Self.places.filter { $0.need.isMet(by: viewer) }.map { ($0.address, $0.name) }
        signedIn = SignedIn(
            links: links.map { Link(address: $0.0, name: $0.1, isCurrent: $0.0 == path) }, token: token.text)
    }

    private static let places: [(address: String, name: String, need: Need)] = [
        ("/me", "Your figures", .agent), ("/agents", "Agents", .manager), ("/surveys", "Surveys", .everything),
        ("/policies", "Policies", .everything), ("/templates", "Messages", .everything),
        ("/people", "People", .administrator), ("/account", "Your account", .person),
    ]
}

/// A page of a few words.
struct StaffMessage {
    let frame: StaffFrame
    let body: String
    let link: Link?

    /// Where to go on.
    struct Link {
        let address: String
        let words: String
    }
}

/// With the origin told to this site: its forms are taken by it.
let staffHeaders = headers(ofPageStyledBy: StaffPages.style, referrer: "same-origin")

/// The same for pages with figures.
let figureHeaders = headers(ofPageStyledBy: StaffPages.figureStyle, referrer: "same-origin")

/// Those of a page that frames a preview of this site, or holds one with the styles of customers' pages.
let framingHeaders = headers(
    ofPageStyledBy: StaffPages.style, SurveyPages.style, framing: "'self'", referrer: "same-origin")
