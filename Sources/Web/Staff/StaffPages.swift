import Dashboards
import Foundation
import HTTPTypes
import Hummingbird
import People
import Store
import Synchronization

/// The pages of people who work with Hearback, besides dashboards: complete in themselves, without scripts.
final class StaffPages: Sendable {
    /// The content of their one `<style>` block in the standard look.
    static let style = String(decoding: PackageResources.base_css + PackageResources.staff_css, as: UTF8.self)

    /// The same for pages with figures, which look as dashboards do.
    private static let figureStyle =
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
        "own-answer": PackageResources.own_answer_mustache,
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
        "organisation": PackageResources.organisation_mustache,
        "keys": PackageResources.keys_mustache,
        "sessions": PackageResources.sessions_mustache,
        "record": PackageResources.record_mustache,
        "follow-ups": PackageResources.follow_ups_mustache,
        "follow-up": PackageResources.follow_up_mustache,
        "follow-up-card": PackageResources.follow_up_card_mustache,
        "customers": PackageResources.customers_mustache,
    ]

    /// What is on a page besides words and forms.
    enum Look {
        case plain
        /// Figures, as on dashboards.
        case figures
        /// A frame with a preview of this site, which may have the style of customers' pages.
        case framing
    }

    private struct State {
        let head: PageHead
        let figureStyle: String
        /// What lets the styles through; with the origin told to this site: its forms are taken by it.
        let headers: [Look: HTTPFields]

        init(_ organisation: Organisation) {
            head = PageHead(organisation.name, organisation.appearance, style: StaffPages.style)
            figureStyle = StaffPages.figureStyle + organisation.appearance.style
            headers = [
                .plain: Web.headers(ofPageStyledBy: head.style, referrer: "same-origin"),
                .figures: Web.headers(ofPageStyledBy: figureStyle, referrer: "same-origin"),
                .framing: Web.headers(
                    ofPageStyledBy: head.style, SurveyPages.style + organisation.appearance.style, framing: "'self'",
                    referrer: "same-origin"),
            ]
        }
    }

    private let templates: PageTemplates
    private let state: Mutex<State>

    init(organisation: Organisation) throws {
        templates = try PageTemplates(Self.templates)
        state = Mutex(State(organisation))
    }

    /// Takes up a changed name or look.
    func show(_ organisation: Organisation) {
        let other = State(organisation)
        state.withLock { $0 = other }
    }

    /// Whose pages they are, and how they look.
    var head: PageHead { state.withLock(\.head) }

    /// The content of the `<style>` block of pages with figures.
    var figureStyle: String { state.withLock(\.figureStyle) }

    /// The name that pages are headed by.
    var organisationName: String { head.name }

    /// A page as a reply.
    ///
    /// - Parameter look: What is on it besides words and forms.
    func reply(
        _ model: Any, with template: String, status: HTTPResponse.Status = .ok, look: Look = .plain
    ) -> Response {
        Response(
            status: status, headers: state.withLock { $0.headers[look] ?? [:] },
            body: .init(byteBuffer: document(model, with: template)))
    }

    /// A page.
    func document(_ model: Any, with template: String) -> ByteBuffer {
        ByteBuffer(string: templates.render(model, with: template))
    }

    /// Says in a few words why there is nothing else.
    func message(
        _ title: String, _ body: String, status: HTTPResponse.Status = .ok, link: StaffMessage.Link? = nil
    ) -> Response {
        let frame = StaffFrame(title: title, pages: self)
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
    let logo: Logo?
    var style: String
    /// What was done, or what has to be corrected.
    var notice: String?
    var problem: String?
    var signedIn: SignedIn?

    /// What somebody who is signed in finds on every page.
    struct SignedIn {
        let links: [Link]
        /// The settings, where one of them is shown.
        let settings: Settings?
        let account: Link
        let token: String
    }

    /// The second list of pages.
    struct Settings {
        let links: [Link]
    }

    /// A page in the list of pages.
    struct Link {
        let address: String
        let name: String
        /// Whether it is this page; whether this page is among those it leads to.
        let isCurrent: Bool
        var isAround = false
    }

    /// The frame of a page for whoever is not signed in.
    init(title: String, pages: StaffPages, problem: String? = nil) {
        self.init(title: title, head: pages.head, problem: problem)
    }

    init(title: String, head: PageHead, problem: String? = nil) {
        self.title = title
        organisation = head.name
        logo = head.logo
        style = head.style
        self.problem = problem
    }

    /// The frame of a page for whoever is signed in.
    init(
        title: String, pages: StaffPages, context: AppContext, path: String, notice: String? = nil,
        problem: String? = nil
    ) {
        self.init(title: title, pages: pages, problem: problem)
        self.notice = notice
        guard let viewer = context.viewer, let token = context.formToken else { return }
        func links(_ places: [Place]) -> [Link] {
            places.filter { $0.need.isMet(by: viewer) }
                .map { Link(address: $0.address, name: $0.name, isCurrent: $0.address == path) }
        }
        let settings = links(Self.settings)
        let isSetting = settings.contains(where: \.isCurrent)
        // The first of them stands for all, and the others stand below it once somebody is there.
        let entrance = settings.first.map {
            Link(address: $0.address, name: "Settings", isCurrent: false, isAround: isSetting)
        }
        signedIn = SignedIn(
            links: Self.dashboards(of: viewer) + links(Self.places) + [entrance].compactMap(\.self),
            settings: isSetting ? Settings(links: settings) : nil,
            account: Link(address: "/account", name: "Your account", isCurrent: path == "/account"), token: token.text)
    }

    /// The whole dashboards, or those of the viewer's own teams and portfolios.
    private static func dashboards(of viewer: Viewer) -> [Link] {
        if viewer.scopes.isEmpty {
            return viewer.dashboards.map { [Link(address: $0, name: "Dashboards", isCurrent: false)] } ?? []
        }
        return viewer.scopes.map { scope in
            Link(
                address: SitePath.address(ofSite: scope.siteKey),
                name: scope.dimension == .team ? "Teams" : "Portfolios", isCurrent: false)
        }
    }

    private typealias Place = (address: String, name: String, need: Need)

    /// What people come for.
    private static let places: [Place] = [
        ("/me", "Your figures", .agent), ("/follow-ups", "Follow-ups", .manager), ("/agents", "Agents", .manager),
        ("/surveys", "Surveys", .everything), ("/policies", "Policies", .everything),
        ("/templates", "Messages", .everything),
    ]

    /// What is set up once and looked after.
    private static let settings: [Place] = [
        ("/people", "People", .administrator), ("/sessions", "Sessions", .administrator),
        ("/keys", "Keys", .administrator), ("/organisation", "Organisation", .administrator),
        ("/customers", "Customers", .administrator), ("/record", "Record", .administrator),
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
