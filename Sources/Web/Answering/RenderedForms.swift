import Feedback
import Hummingbird
import Store
import Synchronization

/// The survey pages in the organisation's name, each rendered once.
///
/// A form's bytes depend only on the survey version, the language and the score that is chosen in advance; versions never
/// change, so a rendered form stays right until the organisation's name changes.
final class RenderedForms: Sendable {
    private struct Key: Hashable {
        let version: Int32
        let language: String
        let chosen: String?
    }

    private struct State {
        var organisation: String
        var pages: SurveyPages
        var versions: [Int32: SurveyVersion] = [:]
        var forms: [Key: ByteBuffer] = [:]
    }

    private let store: Store
    private let state: Mutex<State>

    init(store: Store, organisation: String) throws {
        self.store = store
        state = Mutex(State(organisation: organisation, pages: try SurveyPages(organisation: organisation)))
    }

    /// The pages in the organisation's present name.
    var pages: SurveyPages { state.withLock(\.pages) }

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
            state.forms = [:]
        }
    }

    /// A survey version; asks the database only for one that is newer than the last reload.
    func version(_ id: Int32) async throws -> SurveyVersion? {
        let (known, newest) = state.withLock { ($0.versions[id], $0.versions.keys.max() ?? 0) }
        if let known { return known }
        guard id > newest, let version = try await store.surveyVersions(after: id - 1).first, version.id == id else {
            return nil
        }
        return version
    }

    /// The empty form, with at most one score chosen.
    func form(_ version: SurveyVersion, in language: Language, chosen: (question: Question, score: Int)?) -> ByteBuffer
    {
        let key = Key(
            version: version.id, language: language.code, chosen: chosen.map { "\($0.question.key)=\($0.score)" })
        let (known, pages, organisation) = state.withLock { ($0.forms[key], $0.pages, $0.organisation) }
        if let known { return known }
        let filled = chosen.map { [$0.question.key: "\($0.score)"] } ?? [:]
        let form = ByteBuffer(string: pages.form(version, in: language, filled: filled))
        state.withLock { state in
            // Unless the organisation was renamed meanwhile.
            if state.organisation == organisation { state.forms[key] = form }
        }
        return form
    }
}
