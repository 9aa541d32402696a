import Feedback
import Foundation
import HTTPTypes
import Logging
import NIOCore
import Store

/// What a customer meets at `/s/TOKEN`. Reading changes nothing; only a POST stores, and it thanks when the answer is durable.
struct SurveyRoutes: Sendable {
    let keys: LinkKeys
    let pages: RenderedPages
    let links: Batcher<Int64, LinkState>
    let submissions: Batcher<Submission, SubmissionOutcome>
    /// Makes a complaint of the answers to an invitation, if there are any.
    let makeComplaint: @Sendable (Int64) async throws -> ComplaintTerms?
    let metrics: ServerMetrics
    let refusals: Refusals
    let logger: Logger

    /// Shows the form, or stores the answers; never fails: what goes wrong becomes a page too.
    func reply(to request: SurveyRequest, on eventLoop: any EventLoop) -> EventLoopFuture<PageReply> {
        let reply =
            switch keys.invitation(of: request.token) {
            case nil: eventLoop.makeSucceededFuture(unknownLink(request, request.query("lang")))
            case let invitation? where request.head.method == .post: submit(request, invitation, eventLoop)
            case let invitation?: show(request, invitation, eventLoop)
            }
        return reply.flatMapErrorThrowing { error in
            pages.reply(to: error, at: "/s/{token}", in: pageLanguage(of: request.head.headerFields), logger: logger)
        }
    }

    /// Says why a request is not looked at.
    func refusal(of request: SurveyRequest, _ state: SurveyPageState, _ status: HTTPResponse.Status) -> PageReply {
        let page = pages.state(state, in: pageLanguage(of: request.head.headerFields))
        return PageReply(page, status: status, closing: true)
    }

    /// Shows the form, or why there is none.
    private func show(
        _ request: SurveyRequest, _ invitation: Int64, _ eventLoop: any EventLoop
    ) -> EventLoopFuture<PageReply> {
        let wanted = request.query("lang")
        return links(invitation, on: eventLoop).flatMap { state in
            guard let (versionID, asked) = state.asked else {
                return eventLoop.makeSucceededFuture(unknownLink(request, wanted))
            }
            return version(versionID, eventLoop).map { version in
                let language = language(wanted ?? asked, of: version)
                switch state {
                case .answered: return PageReply(pages.state(.alreadyAnswered, in: language))
                case .expired: return PageReply(pages.state(.expired, in: language), status: .gone)
                case .open, .unknown:
                    let chosen = chosenScore(request, in: version.survey)
                    return PageReply(pages.form(version, in: language, chosen: chosen))
                }
            }
        }
    }

    /// Stores the answers, or says what to correct.
    private func submit(
        _ request: SurveyRequest, _ invitation: Int64, _ eventLoop: any EventLoop
    ) -> EventLoopFuture<PageReply> {
        let fallback = pageLanguage(of: request.head.headerFields)
        guard request.isForm else {
            let page = pages.state(.badRequest, in: fallback)
            return eventLoop.makeSucceededFuture(PageReply(page, status: .unsupportedMediaType))
        }
        guard let fields = FormFields(Array(request.body.readableBytesView)) else {
            return eventLoop.makeSucceededFuture(
                PageReply(pages.state(.badRequest, in: fallback), status: .badRequest))
        }
        if fields["complaint"] != nil {
            return complain(invitation, in: fields["lang"].flatMap(Language.named) ?? fallback, eventLoop)
        }
        // The form names the survey version it asked by, which spares a look at the invitation: the database refuses
        // answers that come with another version than the invitation's.
        let named = fields["survey"].flatMap(Int32.init)
        if let named, let version = pages.knownVersion(named) {
            return submit(fields, for: version, request, invitation, eventLoop)
        }
        return version(named, for: invitation, eventLoop).flatMap { version in
            guard let version else { return eventLoop.makeSucceededFuture(unknownLink(request, fields["lang"])) }
            return submit(fields, for: version, request, invitation, eventLoop)
        }
    }

    private func submit(
        _ fields: FormFields, for version: SurveyVersion, _ request: SurveyRequest, _ invitation: Int64,
        _ eventLoop: any EventLoop
    ) -> EventLoopFuture<PageReply> {
        let language = language(fields["lang"], of: version)
        let (answers, problems) = Answers.read(fields.all, for: version.survey)
        if !problems.isEmpty {
            let page = pages.form(version, in: language, typed: fields.typed, problems: problems)
            return eventLoop.makeSucceededFuture(PageReply(page, status: .unprocessableContent))
        }
        let submission = Submission(
            invitation: invitation, surveyVersion: version.id, language: language.code, answers: answers)
        return submissions(submission, on: eventLoop).map { outcome in
            metrics.count(outcome)
            return page(after: outcome, version: version, language: language, request: request)
        }.flatMapErrorThrowing { error in
            guard isPassing(error) else { throw error }
            metrics.countUnavailable()
            let page = pages.form(version, in: language, typed: fields.typed, notSaved: true)
            return PageReply(page, status: .serviceUnavailable, retryAfter: 5)
        }
    }

    private func page(
        after outcome: SubmissionOutcome, version: SurveyVersion, language: Language, request: SurveyRequest
    ) -> PageReply {
        switch outcome {
        case .stored, .repeated: PageReply(pages.thanks(version, in: language))
        case .answered: PageReply(pages.state(.alreadyAnswered, in: language), status: .conflict)
        case .expired: PageReply(pages.state(.expired, in: language), status: .gone)
        case .unknown: unknownLink(request, language.code)
        case .mismatched, .contended: PageReply(pages.state(.badRequest, in: language), status: .badRequest)
        }
    }

    /// Makes a complaint of what was answered, or says that nothing was.
    private func complain(
        _ invitation: Int64, in language: Language, _ eventLoop: any EventLoop
    ) -> EventLoopFuture<PageReply> {
        eventLoop.makeFutureWithTask { [self] in
            guard let terms = try await makeComplaint(invitation) else {
                return PageReply(pages.state(.badRequest, in: language), status: .badRequest)
            }
            let taken = SurveyPageState.complaintTaken(
                first: terms.first.written(in: language), final: terms.final.written(in: language))
            return PageReply(pages.state(taken, in: language))
        }
    }

    /// The version that a form names, or else the one that the invitation asks by.
    private func version(
        _ named: Int32?, for invitation: Int64, _ eventLoop: any EventLoop
    ) -> EventLoopFuture<SurveyVersion?> {
        let named = named.map { pages.version($0, on: eventLoop) } ?? eventLoop.makeSucceededFuture(nil)
        return named.flatMap { version in
            if let version { return eventLoop.makeSucceededFuture(version) }
            return links(invitation, on: eventLoop).flatMap { state in
                guard let (id, _) = state.asked else { return eventLoop.makeSucceededFuture(nil) }
                return self.version(id, eventLoop).map { $0 }
            }
        }
    }

    private func version(_ id: Int32, _ eventLoop: any EventLoop) -> EventLoopFuture<SurveyVersion> {
        pages.version(id, on: eventLoop).flatMapThrowing { version in
            guard let version else { throw MissingSurveyVersion(id: id) }
            return version
        }
    }

    /// The score tapped in a message (`?nps=9`, `?csat=5`, `?ces=2`), if the survey offers it; by key or by kind.
    private func chosenScore(_ request: SurveyRequest, in survey: Survey) -> (question: Question, score: Int)? {
        for question in survey.questions {
            guard let scores = question.scores,
                let value = request.query(question.key) ?? request.query(question.kind.rawValue),
                let score = Int(value), scores.contains(score)
            else { continue }
            return (question, score)
        }
        return nil
    }

    private func language(_ wish: String?, of version: SurveyVersion) -> Language {
        Language.named(version.survey.language(for: wish)) ?? Language.all[0]
    }

    private func unknownLink(_ request: SurveyRequest, _ wanted: String?) -> PageReply {
        let language = wanted.flatMap(Language.named) ?? pageLanguage(of: request.head.headerFields)
        return PageReply(pages.state(.unknownLink, in: language), status: .notFound)
    }
}

/// An invitation names a survey version that the database does not have.
private struct MissingSurveyVersion: Error {
    let id: Int32
}

extension LinkState {
    /// What the invitation asks by, if there is one.
    fileprivate var asked: (version: Int32, language: String)? {
        switch self {
        case .open(let version, let language), .answered(let version, let language),
            .expired(let version, let language):
            (version, language)
        case .unknown: nil
        }
    }
}

extension FormFields {
    /// What was typed, by field: the last value where a field was sent more than once.
    fileprivate var typed: [String: String] {
        Dictionary(all.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    }
}

/// The first language the browser asks for that has page texts, or English.
func pageLanguage(of headers: HTTPFields) -> Language {
    let wishes = headers[.acceptLanguage] ?? ""
    let codes = wishes.prefix(200).split(separator: ",").map {
        $0.prefix { $0.isLetter || $0 == " " }.drop { $0 == " " }
    }
    return codes.lazy.compactMap { Language.named($0.lowercased()) }.first ?? Language.all[0]
}
