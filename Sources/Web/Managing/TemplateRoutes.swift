import Delivery
import Feedback
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// The words of messages to customers: `/templates`. Whoever sees everything may read and try them; administrators publish.
struct TemplateRoutes: Sendable {
    let store: Store
    let pages: StaffPages
    let now: @Sendable () -> Date

    /// A channel's and a language's template, as it stands.
    private struct Place {
        let channel: MessageChannel
        let language: Language
        let published: PublishedTemplate?

        var path: String { "/templates/\(channel.rawValue)/\(language.code)" }
    }

    /// Lists the templates.
    @Sendable func list(_ request: Request, context: AppContext) async throws -> Response {
        let published = try await store.publishedTemplates()
        let channels = MessageChannel.allCases.map { channel in
            TemplatesPage.Channel(
                name: channel.words,
                rows: Language.all.map { language in
                    TemplatesPage.Row(
                        channel, language,
                        published.first { $0.channel == channel.rawValue && $0.language == language.code })
                })
        }
        let frame = StaffFrame(title: "Messages", pages: pages, context: context, path: "/templates")
        return pages.reply(TemplatesPage(frame: frame, channels: channels), with: "templates")
    }

    /// Shows one to be changed.
    @Sendable func show(_ request: Request, context: AppContext) async throws -> Response {
        guard let place = try await place(context),
            let template = try await store.messageTemplates().template(for: place.channel, in: place.language)
        else { return unknown }
        let notice: String? =
            switch request.uri.queryParameters["done"].map(String.init) {
            case "published": "Published. Messages say this within seconds."
            case "standard": "Messages say again what ships with Hearback."
            default: nil
            }
        return page(place, template.source, base: place.published?.number ?? 0, context, notice: notice)
    }

    /// Shows what customers get now.
    @Sendable func preview(_ request: Request, context: AppContext) async throws -> Response {
        guard let place = try await place(context) else { return unknown }
        let isReminder = request.uri.queryParameters["reminder"] != nil
        return try await preview(place, try await store.messageTemplates(), isReminder: isReminder)
    }

    /// Checks what was typed, or shows what customers would get; publishes nothing.
    @Sendable func check(_ request: Request, context: AppContext) async throws -> Response {
        guard let fields = try await StaffForm.read(request, context), let source = fields["source"],
            let base = fields["base"].flatMap({ Int32($0) })
        else { return pages.refusal(.badRequest) }
        guard let place = try await place(context) else { return unknown }
        let text = withPlainLineEnds(source)
        do {
            let template = try MessageTemplate(channel: place.channel, language: place.language, source: text)
            guard fields["action"] == "preview" || fields["action"] == "reminder" else {
                return page(
                    place, text, base: base, context, notice: "Nothing stands in the way: it can be published.")
            }
            var templates = try await store.messageTemplates()
            templates.use(template)
            return try await preview(place, templates, isReminder: fields["action"] == "reminder")
        } catch let problems as TemplateProblems {
            guard fields["action"] == "check" else { return try faultyPreview(problems, text) }
            return page(place, text, base: base, context, problems: problems, status: .unprocessableContent)
        }
    }

    /// Publishes what was typed, or goes back to what ships.
    @Sendable func publish(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let fields = try await StaffForm.read(request, context),
            let source = fields["source"], let base = fields["base"].flatMap({ Int32($0) })
        else { return pages.refusal(.badRequest) }
        guard let place = try await place(context) else { return unknown }
        let text = withPlainLineEnds(source)
        let isStandard = fields["action"] == "standard"
        do {
            let template =
                isStandard
                ? nil : try MessageTemplate(channel: place.channel, language: place.language, source: text)
            try await store.publishTemplate(
                channel: place.channel.rawValue, language: place.language.code, source: template?.source, over: base,
                by: .person(viewer.person, network: context.network), now: now())
            return .seeOther("\(place.path)?done=\(isStandard ? "standard" : "published")")
        } catch let problems as TemplateProblems {
            return page(place, text, base: base, context, problems: problems, status: .unprocessableContent)
        } catch let newer as NewerVersion {
            let words =
                "Other words were published on \(written(newer.publication)) while these were being written, so nothing "
                + "was published. What you typed is kept; publishing again puts it in their place."
            return page(place, text, base: newer.number, context, problem: words, status: .conflict)
        }
    }

    private func place(_ context: AppContext) async throws -> Place? {
        guard let channel = context.parameters.get("channel").flatMap(MessageChannel.init),
            let language = context.parameters.get("language").flatMap(Language.named)
        else { return nil }
        let published = try await store.publishedTemplates()
            .first { $0.channel == channel.rawValue && $0.language == language.code }
        return Place(channel: channel, language: language, published: published)
    }

    private func preview(_ place: Place, _ templates: MessageTemplates, isReminder: Bool) async throws -> Response {
        guard let survey = try await store.surveyVersions(after: 0).last?.survey else { return unknown }
        let preview = try MessagePreview(
            channel: place.channel, language: place.language, isReminder: isReminder, templates: templates,
            survey: survey, organisation: try await store.organisation(), now: now())
        if let html = try preview.html { return Preview.html(ByteBuffer(string: html)) }
        let parts = preview.text.split(separator: "\n\n", maxSplits: 1).map(String.init)
        return Preview.html(
            pages.document(
                TextPreview(
                    language: place.language.code, direction: place.language.isRightToLeft ? "rtl" : "ltr",
                    text: parts.first ?? "", cost: parts.count > 1 ? parts[1] : ""), with: "text-preview"))
    }

    /// In the place of a preview that cannot be made.
    private func faultyPreview(_ problems: TemplateProblems, _ source: String) throws -> Response {
        Preview.html(
            pages.document(
                FaultyPreview(
                    mistakes: TextEditor.Mistake.list(problems.problems.map { ($0.line, $0.reason) }, in: source)),
                with: "faulty-preview"))
    }

    private func page(
        _ place: Place, _ source: String, base: Int32, _ context: AppContext, problems: TemplateProblems? = nil,
        notice: String? = nil, problem: String? = nil, status: HTTPResponse.Status = .ok
    ) -> Response {
        let mistakes = TextEditor.Mistake.list(problems?.problems.map { ($0.line, $0.reason) } ?? [], in: source)
        let frame = StaffFrame(
            title: "\(place.channel.words), \(place.language.englishName)", pages: pages, context: context,
            path: "/templates", notice: notice,
            problem: problem ?? (mistakes.isEmpty ? nil : mistakeCount(mistakes.count)))
        let editor = TextEditor(
            label: "Words", help: place.channel.help, source: source, language: place.language, mistakes: mistakes)
        return pages.reply(
            TemplatePage(
                frame: frame, token: context.formToken?.text ?? "", path: place.path, base: Int(base),
                state: TemplatesPage.Row(place.channel, place.language, place.published).words, editor: editor,
                tags: MessageTemplate.tags(on: place.channel).map { TemplatePage.Tag(name: $0) },
                isOwn: place.published?.source != nil, mayPublish: context.viewer?.role == .administrator,
                isLetter: place.channel == .letter),
            with: "template", status: status, look: .framing)
    }

    private var unknown: Response {
        pages.message(
            "There is no such message", "Messages go by e-mail, text and letter, in each language of the pages.",
            status: .notFound, link: .init(address: "/templates", words: "See all messages"))
    }
}
