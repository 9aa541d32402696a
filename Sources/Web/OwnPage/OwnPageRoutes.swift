import Feedback
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// What a customer does on their own page, by the value of the button.
enum OwnPageAction: String {
    case save
    case stopSurveys = "stop-surveys"
    case stopAll = "stop-all"
    case start
}

/// The customer's own page, `/c/TOKEN`: how they are asked, how to stop it, and what they said. Reading changes nothing.
struct OwnPageRoutes: Sendable {
    /// The largest form that is read.
    static let largestForm = 8 * 1024

    let keys: LinkKeys
    let store: Store
    let pages: RenderedPages
    let now: @Sendable () -> Date

    /// Shows the page.
    @Sendable func show(_ request: Request, context: AppContext) async throws -> Response {
        guard let invitation = invitation(context),
            let page = try await store.ownPage(invitation: invitation, now: now())
        else { return unknownLink(request) }
        return try await reply(page, request, context)
    }

    /// Keeps a choice, stops or starts; mail programs stop surveys by a body of their own (RFC 8058).
    @Sendable func act(_ request: Request, context: AppContext) async throws -> Response {
        guard let invitation = invitation(context) else { return unknownLink(request) }
        let body = try await form(of: request)
        let contentType = request.headers[.contentType] ?? ""
        if isOneClick(body, contentType: contentType) {
            let isKnown = try await store.optOut(invitation: invitation, source: "one-click", now: now())
            return isKnown ? .goodbye : unknownLink(request)
        }
        guard mediaType(contentType) == formType else { return refusal(.unsupportedMediaType, request) }
        guard let fields = FormFields(body), let action = fields["action"].flatMap(OwnPageAction.init) else {
            return refusal(.badRequest, request)
        }
        let isKnown: Bool
        switch action {
        case .save: return try await save(fields, invitation, request, context)
        case .stopSurveys:
            isKnown = try await store.optOut(
                invitation: invitation, .optedOutOfSurveys, source: "own page", now: now())
        case .stopAll:
            isKnown = try await store.optOut(invitation: invitation, .optedOut, source: "own page", now: now())
        case .start: isKnown = try await store.optIn(invitation: invitation, now: now())
        }
        return isKnown ? try await confirm(action, invitation, request, context) : unknownLink(request)
    }

    private func save(
        _ fields: FormFields, _ invitation: Int64, _ request: Request, _ context: AppContext
    ) async throws -> Response {
        guard let page = try await store.ownPage(invitation: invitation, now: now()) else {
            return unknownLink(request)
        }
        let typed = ChoiceFields(fields)
        let (choice, problems) = typed.read(offering: page.offeredChannels)
        guard let choice else {
            return try await reply(
                page, request, context, status: .unprocessableContent, typed: typed, problems: problems)
        }
        let isKnown = try await store.choose(choice, invitation: invitation, now: now())
        return isKnown ? try await confirm(.save, invitation, request, context) : unknownLink(request)
    }

    /// Shows the page as it is after an action.
    private func confirm(
        _ action: OwnPageAction, _ invitation: Int64, _ request: Request, _ context: AppContext
    ) async throws -> Response {
        guard let page = try await store.ownPage(invitation: invitation, now: now()) else {
            return unknownLink(request)
        }
        return try await reply(page, request, context, done: action)
    }

    private func reply(
        _ page: OwnPage, _ request: Request, _ context: AppContext, status: HTTPResponse.Status = .ok,
        done: OwnPageAction? = nil, typed: ChoiceFields? = nil, problems: [ChoiceProblem] = []
    ) async throws -> Response {
        var versions: [Int32: SurveyVersion] = [:]
        for id in Set(page.asked.map(\.surveyVersion)) {
            versions[id] = try await pages.version(id, on: context.channel.eventLoop).get()
        }
        let language =
            wantedLanguage(request) ?? page.chosenLanguage.flatMap(Language.tagged)
            ?? Language.tagged(page.askedLanguage) ?? Language.all[0]
        let content = OwnPageContent(page: page, versions: versions, done: done, typed: typed, problems: problems)
        return PageReply(pages.ownPage(content, in: language), status: status).response
    }

    /// The form's bytes.
    ///
    /// - Throws: An error that becomes the page about what is too long.
    private func form(of request: Request) async throws -> [UInt8] {
        do {
            return Array(try await request.body.collect(upTo: Self.largestForm).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw HTTPError(.contentTooLarge)
        }
    }

    /// The invitation that the address proves.
    private func invitation(_ context: AppContext) -> Int64? {
        context.parameters.get("token").flatMap(keys.invitation(ofOwnPage:))
    }

    private func wantedLanguage(_ request: Request) -> Language? {
        request.uri.queryParameters.get("lang").flatMap(Language.tagged)
    }

    private func unknownLink(_ request: Request) -> Response {
        let language = wantedLanguage(request) ?? pageLanguage(of: request.headers)
        return PageReply(pages.state(.unknownLink, in: language), status: .notFound).response
    }

    /// Says that what was sent cannot be read.
    private func refusal(_ status: HTTPResponse.Status, _ request: Request) -> Response {
        let language = wantedLanguage(request) ?? pageLanguage(of: request.headers)
        return PageReply(pages.state(.badRequest, in: language), status: status).response
    }
}

extension Response {
    /// What a mail program is told; hardly anybody reads it.
    fileprivate static var goodbye: Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8", .cacheControl: "no-store",
                .robotsTag: "noindex, nofollow", .xContentTypeOptions: "nosniff",
            ],
            body: .init(byteBuffer: ByteBuffer(string: "You will get no more surveys.\n")))
    }
}
