import Feedback
import NIOCore
import Store
import Synchronization

/// The survey pages in the organisation's name, each rendered once.
///
/// A form's bytes depend only on the survey version, the language and the score that is chosen in advance, and those of the pages
/// without questions on less; versions never change, so a rendered page stays right until the organisation's name changes.
final class RenderedPages: Sendable {
    private enum Key: Hashable {
        case form(version: Int32, language: String, chosen: String?)
        case thanks(version: Int32, language: String)
        case state(SurveyPageState, language: String)
    }

    private struct State {
        var organisation: String
        var pages: SurveyPages
        var versions: [Int32: SurveyVersion] = [:]
        var rendered: [Key: ByteBuffer] = [:]
    }

    private let store: Store
    private let state: Mutex<State>

    init(store: Store, organisation: String) throws {
        self.store = store
        state = Mutex(State(organisation: organisation, pages: try SurveyPages(organisation: organisation)))
    }

    /// Takes up new survey versions, and the organisation's name if it has changed.
    func reload() async throws {
        for version in try await store.surveyVersions(after: state.withLock { $0.versions.keys.max() ?? 0 }) {
            state.withLock { $0.versions[version.id] = version }
        }
        let name = try await store.organisation().name
        guard state.withLock({ $0.organisation != name }) else { return }
        let pages = try SurveyPages(organisation: name)
        state.withLock { state in
            state.organisation = name
            state.pages = pages
            state.rendered = [:]
        }
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
    func form(_ version: SurveyVersion, in language: Language, chosen: (question: Question, score: Int)?) -> ByteBuffer
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
    ) -> ByteBuffer {
        let pages = state.withLock(\.pages)
        return ByteBuffer(
            string: pages.form(version, in: language, filled: typed, problems: problems, notSaved: notSaved))
    }

    /// What is said once an answer is stored.
    func thanks(_ version: SurveyVersion, in language: Language) -> ByteBuffer {
        page(.thanks(version: version.id, language: language.code)) { pages in
            pages.state(.thanks(version.survey.thanks[language.code]), in: language)
        }
    }

    /// A page without questions.
    func state(_ pageState: SurveyPageState, in language: Language) -> ByteBuffer {
        switch pageState {
        // Its number, or its days, are the request's own.
        case .failure, .complaintTaken:
            return ByteBuffer(string: state.withLock(\.pages).state(pageState, in: language))
        default:
            return page(.state(pageState, language: language.code)) { $0.state(pageState, in: language) }
        }
    }

    /// A customer's own page, which is nobody else's.
    func ownPage(_ content: OwnPageContent, in language: Language) -> ByteBuffer {
        ByteBuffer(string: state.withLock(\.pages).ownPage(content, in: language))
    }

    private func page(_ key: Key, render: (SurveyPages) -> String) -> ByteBuffer {
        let (known, pages, organisation) = state.withLock { ($0.rendered[key], $0.pages, $0.organisation) }
        if let known { return known }
        let page = ByteBuffer(string: render(pages))
        state.withLock { state in
            // Unless the organisation was renamed meanwhile.
            if state.organisation == organisation { state.rendered[key] = page }
        }
        return page
    }
}
