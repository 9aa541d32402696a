import Feedback
import HTTPTypes
import NIOCore
import Store
import Synchronization

/// The survey pages in the organisation's name, each rendered once.
///
/// A form's bytes depend only on the survey version, the language and the score that is chosen in advance, and those of the pages
/// without questions on less; versions never change, so a rendered page stays right until the organisation's name or look changes.
final class RenderedPages: Sendable {
    private enum Key: Hashable {
        case form(version: Int32, language: String, chosen: String?)
        case thanks(version: Int32, language: String)
        case state(SurveyPageState, language: String)
    }

    private struct State {
        var name: String
        var appearance: Appearance
        var pages: SurveyPages
        /// What lets the pages' style through.
        var headers: HTTPFields
        var versions: [Int32: SurveyVersion] = [:]
        var rendered: [Key: ByteBuffer] = [:]
        /// Another one for each look.
        var look = 0

        init(_ organisation: Organisation) throws {
            (name, appearance) = (organisation.name, organisation.appearance)
            pages = try SurveyPages(organisation: name, appearance: appearance)
            headers = Web.headers(ofPageStyledBy: pages.organisation.style, referrer: "no-referrer")
        }

        /// Takes up another name or look.
        mutating func take(_ other: State) {
            (name, appearance, pages, headers) = (other.name, other.appearance, other.pages, other.headers)
            rendered = [:]
            look += 1
        }
    }

    private let store: Store
    private let state: Mutex<State>

    init(store: Store, organisation: Organisation) throws {
        self.store = store
        state = Mutex(try State(organisation))
    }

    /// Takes up new survey versions, and the organisation's name and look if they have changed.
    func reload() async throws {
        for version in try await store.surveyVersions(after: state.withLock { $0.versions.keys.max() ?? 0 }) {
            state.withLock { $0.versions[version.id] = version }
        }
        try await show(store.organisation())
    }

    /// Takes up another name or look.
    func show(_ organisation: Organisation) throws {
        let isKnown = state.withLock {
            $0.name == organisation.name && $0.appearance == organisation.appearance
        }
        guard !isKnown else { return }
        let other = try State(organisation)
        state.withLock { $0.take(other) }
    }

    /// A survey version, if it was there at the last reload.
    func knownVersion(_ id: Int32) -> SurveyVersion? {
        state.withLock { $0.versions[id] }
    }

    /// A survey version; asks the database only for one that is newer than the last reload.
    func version(_ id: Int32, on eventLoop: any EventLoop) -> EventLoopFuture<SurveyVersion?> {
        let (known, newest) = state.withLock { ($0.versions[id], $0.versions.keys.max() ?? 0) }
        guard known == nil, id > newest else { return eventLoop.makeSucceededFuture(known) }
        return eventLoop.makeFutureWithTask { [store] in
            try await store.surveyVersions(after: id - 1).first { $0.id == id }
        }
    }

    /// The empty form, with at most one score chosen.
    func form(_ version: SurveyVersion, in language: Language, chosen: (question: Question, score: Int)?)
        -> RenderedPage
    {
        let score = chosen.map { "\($0.question.key)=\($0.score)" }
        return page(.form(version: version.id, language: language.code, chosen: score)) { pages in
            pages.form(
                version, in: language, filled: chosen.map { [$0.question.key: "\($0.score)"] } ?? [:])
        }
    }

    /// The form with what a customer typed, which is nobody else's.
    func form(
        _ version: SurveyVersion, in language: Language, typed: [String: String], problems: [AnswerProblem] = [],
        notSaved: Bool = false
    ) -> RenderedPage {
        fresh { $0.form(version, in: language, filled: typed, problems: problems, notSaved: notSaved) }
    }

    /// What is said once an answer is stored.
    func thanks(_ version: SurveyVersion, in language: Language) -> RenderedPage {
        page(.thanks(version: version.id, language: language.code)) { pages in
            pages.state(.thanks(version.survey.thanks[language.code]), in: language)
        }
    }

    /// A page without questions.
    func state(_ pageState: SurveyPageState, in language: Language) -> RenderedPage {
        switch pageState {
        // Its number, or its days, are the request's own.
        case .failure, .complaintTaken:
            return fresh { $0.state(pageState, in: language) }
        default:
            return page(.state(pageState, language: language.code)) { $0.state(pageState, in: language) }
        }
    }

    /// A customer's own page, which is nobody else's.
    func ownPage(_ content: OwnPageContent, in language: Language) -> RenderedPage {
        fresh { $0.ownPage(content, in: language) }
    }

    private func fresh(_ render: (SurveyPages) -> String) -> RenderedPage {
        let (pages, headers) = state.withLock { ($0.pages, $0.headers) }
        return RenderedPage(bytes: ByteBuffer(string: render(pages)), headers: headers)
    }

    private func page(_ key: Key, render: (SurveyPages) -> String) -> RenderedPage {
        let (known, pages, headers, look) = state.withLock { ($0.rendered[key], $0.pages, $0.headers, $0.look) }
        if let known { return RenderedPage(bytes: known, headers: headers) }
        let page = ByteBuffer(string: render(pages))
        state.withLock { state in
            // Unless the name or the look changed meanwhile.
            if state.look == look { state.rendered[key] = page }
        }
        return RenderedPage(bytes: page, headers: headers)
    }
}
