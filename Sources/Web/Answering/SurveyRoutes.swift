import Feedback
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Postgres
import Store

/// What a customer meets at `/s/TOKEN`. Reading changes nothing; only a POST stores, and it thanks when the answer is durable.
struct SurveyRoutes: Sendable {
    /// The largest form that is read; a full one has about 20 KB.
    static let largestForm = 64 * 1024

    let keys: LinkKeys
    let forms: RenderedForms
    let links: Batcher<Int64, LinkState>
    let submissions: Batcher<Submission, SubmissionOutcome>
    let metrics: ServerMetrics

    /// Shows the form, or why there is none.
    @Sendable func show(_ request: Request, context: AppContext) async throws -> Response {
        let wanted = request.uri.queryParameters["lang"].map(String.init)
        guard let invitation = context.parameters.get("token").flatMap({ keys.invitation(of: $0) }) else {
            return unknownLink(request, wanted)
        }
        switch try await links(invitation) {
        case .open(let versionID, let asked):
            let version = try await self.version(versionID)
            let language = self.language(wanted ?? asked, of: version)
            let chosen = chosenScore(request, in: version.survey)
            return .page(forms.form(version, in: language, chosen: chosen))
        case .answered(let versionID, let asked):
            let language = self.language(wanted ?? asked, of: try await version(versionID))
            return .page(forms.pages.state(.alreadyAnswered, in: language))
        case .expired(let versionID, let asked):
            let language = self.language(wanted ?? asked, of: try await version(versionID))
            return .page(forms.pages.state(.expired, in: language), status: .gone)
        case .unknown:
            return unknownLink(request, wanted)
        }
    }

    /// Stores the answers, or says what to correct.
    @Sendable func submit(_ request: Request, context: AppContext) async throws -> Response {
        guard let invitation = context.parameters.get("token").flatMap({ keys.invitation(of: $0) }) else {
            return unknownLink(request, nil)
        }
        let fallback = pageLanguage(of: request)
        guard isForm(request) else {
            return .page(forms.pages.state(.badRequest, in: fallback), status: .unsupportedMediaType)
        }
        var request = request
        let body: ByteBuffer
        do {
            body = try await request.collectBody(upTo: Self.largestForm)
        } catch is NIOTooManyBytesError {
            return .page(forms.pages.state(.tooLarge, in: fallback), status: .contentTooLarge, closing: true)
        }
        guard let fields = FormFields(body.readableBytesView) else {
            return .page(forms.pages.state(.badRequest, in: fallback), status: .badRequest)
        }
        return try await submit(fields, invitation: invitation, request: request)
    }

    private func submit(_ fields: FormFields, invitation: Int64, request: Request) async throws -> Response {
        // The form names the survey version it asked by, which spares a look at the invitation: the database refuses
        // answers that come with another version than the invitation's.
        guard let version = try await version(named: fields["survey"], for: invitation) else {
            return unknownLink(request, fields["lang"])
        }
        let language = self.language(fields["lang"], of: version)
        let (answers, problems) = Answers.read(fields.all, for: version.survey)
        if !problems.isEmpty {
            let page = forms.pages.form(version, in: language, filled: fields.typed, problems: problems)
            return .page(page, status: .unprocessableContent)
        }
        do {
            let submission = Submission(
                invitation: invitation, surveyVersion: version.id, language: language.code, answers: answers)
            let outcome = try await submissions(submission)
            metrics.count(outcome)
            return try await page(after: outcome, version: version, language: language, request: request)
        } catch let error where isPassing(error) {
            metrics.countUnavailable()
            let page = forms.pages.form(version, in: language, filled: fields.typed, notSaved: true)
            return .page(page, status: .serviceUnavailable, retryAfter: 5)
        }
    }

    private func page(
        after outcome: SubmissionOutcome, version: SurveyVersion, language: Language, request: Request
    ) async throws -> Response {
        switch outcome {
        case .stored, .repeated:
            .page(forms.pages.state(.thanks(version.survey.thanks[language.code]), in: language))
        case .answered:
            .page(forms.pages.state(.alreadyAnswered, in: language), status: .conflict)
        case .expired:
            .page(forms.pages.state(.expired, in: language), status: .gone)
        case .unknown:
            unknownLink(request, language.code)
        case .mismatched, .contended:
            .page(forms.pages.state(.badRequest, in: language), status: .badRequest)
        }
    }

    private func version(named name: String?, for invitation: Int64) async throws -> SurveyVersion? {
        if let id = name.flatMap(Int32.init), let version = try await forms.version(id) { return version }
        switch try await links(invitation) {
        case .open(let id, _), .answered(let id, _), .expired(let id, _): return try await version(id)
        case .unknown: return nil
        }
    }

    private func version(_ id: Int32) async throws -> SurveyVersion {
        guard let version = try await forms.version(id) else { throw HTTPError(.internalServerError) }
        return version
    }

    /// The score tapped in a message (`?nps=9`, `?csat=5`, `?ces=2`), if the survey offers it; by key or by kind.
    private func chosenScore(_ request: Request, in survey: Survey) -> (question: Question, score: Int)? {
        guard request.uri.query != nil else { return nil }
        for question in survey.questions {
            guard let scores = question.scores,
                let value = request.uri.queryParameters[Substring(question.key)]
                    ?? request.uri.queryParameters[Substring(question.kind.rawValue)],
                let score = Int(value), scores.contains(score)
            else { continue }
            return (question, score)
        }
        return nil
    }

    private func language(_ wish: String?, of version: SurveyVersion) -> Language {
        Language.named(version.survey.language(for: wish)) ?? Language.all[0]
    }

    private func isForm(_ request: Request) -> Bool {
        guard let type = request.headers[.contentType] else { return false }
        let essence = type.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        return essence == "application/x-www-form-urlencoded"
    }

    private func unknownLink(_ request: Request, _ wanted: String?) -> Response {
        let language = wanted.flatMap(Language.named) ?? pageLanguage(of: request)
        return .page(forms.pages.state(.unknownLink, in: language), status: .notFound)
    }
}

extension FormFields {
    /// What was typed, by field: the last value where a field was sent more than once.
    fileprivate var typed: [String: String] {
        Dictionary(all.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    }
}

/// Whether trying again may help: the database is away or too much is waiting.
func isPassing(_ error: any Error) -> Bool {
    if error is Overloaded { return true }
    guard let error = error as? PostgresError else { return false }
    switch error.code {
    case .connectionLost, .connectFailed, .leaseTimedOut, .poolClosed: return true
    default: return error.isRetryable || error.sqlState?.hasPrefix("57P") == true || error.sqlState == "53100"
    }
}

/// The first language the browser asks for that has page texts, or English.
func pageLanguage(of request: Request) -> Language {
    let wishes = request.headers[.acceptLanguage] ?? ""
    let codes = wishes.prefix(200).split(separator: ",").map {
        $0.prefix { $0.isLetter || $0 == " " }.drop { $0 == " " }
    }
    return codes.lazy.compactMap { Language.named($0.lowercased()) }.first ?? Language.all[0]
}
