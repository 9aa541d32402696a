import Feedback
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// What customers are asked: `/surveys`. Whoever sees everything may read and try; administrators publish.
struct ManagedSurveys: Sendable {
    let store: Store
    let pages: StaffPages
    let customerPages: RenderedPages
    let now: @Sendable () -> Date

    /// A survey with all its versions, oldest first, of which there is at least one.
    private struct Known {
        let id: Int32
        let published: [PublishedSurvey]
        let sources: [SurveySource]
        let newest: SurveySource

        var name: String { newest.version.survey.name }

        /// Every question that a version had, as the newest one with it had it.
        var questions: [String: Question] {
            Dictionary(sources.flatMap(\.version.survey.questions).map { ($0.key, $0) }) { $1 }
        }
    }

    /// Lists the surveys.
    @Sendable func list(_ request: Request, context: AppContext) async throws -> Response {
        let published = try await store.publishedSurveys()
        let policies = try await store.policyVersions().last
        let rows = Dictionary(grouping: published, by: \.survey).values.compactMap { versions in
            versions.max { $0.number < $1.number }.map { newest in
                // A policy that names no survey asks the one that was published last.
                let asking = zip(policies?.names ?? [], policies?.surveys ?? [])
                    .filter { ($0.1 ?? published.last?.name) == newest.name }.map(\.0)
                return (newest.name, SurveysPage.Row(versions, newest: newest, askedBy: asking))
            }
        }.sorted { $0.0 < $1.0 }.map(\.1)
        let frame = StaffFrame(title: "Surveys", pages: pages, context: context, path: "/surveys")
        return pages.reply(
            SurveysPage(frame: frame, surveys: rows),
            with: "surveys")
    }

    /// Shows a survey's newest version, or another one.
    @Sendable func show(_ request: Request, context: AppContext) async throws -> Response {
        guard let known = try await known(context), let version = version(of: known, context),
            let shown = known.published.first(where: { $0.number == version.number })
        else { return unknown }
        let isPublished = request.uri.queryParameters["published"] != nil
        let frame = StaffFrame(
            title: known.name, pages: pages, context: context, path: "/surveys",
            notice: isPublished
                ? "Version \(version.number) is published. New invitations ask it; those that are out keep theirs."
                : nil)
        return pages.reply(
            SurveyPage(frame: frame, shown, version.survey, versions: known.published), with: "survey",
            look: .framing)
    }

    /// Shows a version as customers see it.
    @Sendable func preview(_ request: Request, context: AppContext) async throws -> Response {
        guard let known = try await known(context), let version = version(of: known, context) else { return unknown }
        return preview(version.survey, in: request.uri.queryParameters["lang"].map(String.init))
    }

    /// Offers the newest version for a change.
    @Sendable func edit(_ request: Request, context: AppContext) async throws -> Response {
        guard let known = try await known(context) else { return unknown }
        return page(
            TypedSurvey(known.newest.version.survey, base: known.newest.version.number), known, context)
    }

    /// Changes what is being written, checks it or shows it as customers would see it; publishes nothing.
    @Sendable func change(_ request: Request, context: AppContext) async throws -> Response {
        guard let fields = try await StaffForm.read(request, context, atMost: TypedSurvey.mostFields) else {
            return pages.refusal(.badRequest)
        }
        guard let known = try await known(context) else { return unknown }
        guard var typed = TypedSurvey(fields, name: known.name, known: known.questions) else {
            return pages.refusal(.badRequest)
        }
        if let language = fields["preview"] { return preview(typed.survey, in: language) }
        let action = fields["action"] ?? ""
        if action != "check" {
            guard let edit = SurveyEdit(action, kind: fields["kind"] ?? "") else { return pages.refusal(.badRequest) }
            edit.change(&typed.survey, known: known.questions)
            return page(typed, known, context)
        }
        do {
            _ = try typed.file()
            return page(
                typed, known, context, frame: [.notice: "Nothing stands in the way: this survey can be published."])
        } catch let mistakes as TypedSurvey.Mistakes {
            return page(typed, known, context, mistakes: mistakes, status: .unprocessableContent)
        }
    }

    /// Publishes what was written in the editor.
    @Sendable func publish(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer,
            let fields = try await StaffForm.read(request, context, atMost: TypedSurvey.mostFields)
        else { return pages.refusal(.badRequest) }
        guard let known = try await known(context) else { return unknown }
        guard var typed = TypedSurvey(fields, name: known.name, known: known.questions) else {
            return pages.refusal(.badRequest)
        }
        do {
            let file = try typed.file()
            // Written by the editor, the same survey is another text than its author's.
            if file.survey == known.newest.version.survey { return .seeOther("/surveys/\(known.id)") }
            _ = try await store.publish(
                file, over: typed.base, by: .person(viewer.person, network: context.network), now: now())
            return .seeOther("/surveys/\(known.id)?published")
        } catch let mistakes as TypedSurvey.Mistakes {
            return page(typed, known, context, mistakes: mistakes, status: .unprocessableContent)
        } catch let newer as NewerVersion {
            typed.base = newer.number
            return page(typed, known, context, frame: [.problem: newer.words], status: .conflict)
        }
    }

    // MARK: As a file

    /// Offers a survey's file, or the one that ships for a new survey.
    @Sendable func editFile(_ request: Request, context: AppContext) async throws -> Response {
        if context.parameters.get("survey") == nil {
            return page(try SurveyFile.standard().source, base: 0, of: nil, context)
        }
        guard let known = try await known(context) else { return unknown }
        return page(known.newest.source, base: known.newest.version.number, of: known, context)
    }

    /// Checks a file, or shows it as customers would see it; publishes nothing.
    @Sendable func checkFile(_ request: Request, context: AppContext) async throws -> Response {
        guard let fields = try await StaffForm.read(request, context), let typed = TypedFile(fields) else {
            return pages.refusal(.badRequest)
        }
        let known = try await known(context)
        do {
            _ = try typed.file(named: known?.name)
            return page(
                typed.source, base: typed.base, of: known, context,
                notice: "Nothing stands in the way: this survey can be published.")
        } catch let problems as YAMLProblems {
            return page(
                typed.source, base: typed.base, of: known, context, problems: problems, status: .unprocessableContent)
        }
    }

    /// Publishes a file, of a survey or of a new one.
    @Sendable func publishFile(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let fields = try await StaffForm.read(request, context),
            let typed = TypedFile(fields)
        else { return pages.refusal(.badRequest) }
        let known = try await known(context)
        do {
            let file = try typed.file(named: known?.name)
            let (version, isNew) = try await store.publish(
                file, over: typed.base, by: .person(viewer.person, network: context.network), now: now())
            let survey = try await store.publishedSurveys().first { $0.id == version.id }?.survey
            return .seeOther("/surveys" + (survey.map { "/\($0)" } ?? "") + (isNew ? "?published" : ""))
        } catch let problems as YAMLProblems {
            return page(
                typed.source, base: typed.base, of: known, context, problems: problems, status: .unprocessableContent)
        } catch let newer as NewerVersion where known == nil {
            let words =
                "A survey of this name was published on \(written(newer.publication)). Give this one another name, or change "
                + "that one. Nothing was published."
            return page(typed.source, base: 0, of: nil, context, problem: words, status: .conflict)
        } catch let newer as NewerVersion {
            return page(
                typed.source, base: newer.number, of: known, context, problem: newer.words, status: .conflict)
        }
    }

    /// What was typed as a survey's file.
    private struct TypedFile {
        let source: String
        let base: Int32

        init?(_ fields: FormFields) {
            guard let source = fields["source"], let base = fields["base"].flatMap({ Int32($0) }) else { return nil }
            self.source = withPlainLineEnds(source)
            self.base = base
        }

        /// - Parameter name: The survey that it has to be of.
        func file(named name: String?) throws -> SurveyFile {
            let file = try SurveyFile(source)
            if let name, file.survey.name != name {
                throw YAMLProblems(problems: [
                    .init(line: 1, reason: "this is the file of the survey \"\(name)\", and keeps that name")
                ])
            }
            return file
        }
    }

    // MARK: Pages

    private func known(_ context: AppContext) async throws -> Known? {
        guard let id = context.parameters.get("survey", as: Int32.self) else { return nil }
        let sources = try await store.surveySources(of: id)
        guard let newest = sources.last else { return nil }
        let published = try await store.publishedSurveys().filter { $0.survey == id }.sorted { $0.number < $1.number }
        return Known(id: id, published: published, sources: sources, newest: newest)
    }

    private func version(of known: Known, _ context: AppContext) -> SurveyVersion? {
        guard let text = context.parameters.get("version") else { return known.newest.version }
        return known.sources.first { String($0.version.number) == text }?.version
    }

    /// In one language, since links to others would lead out of what is being written.
    private func preview(_ survey: Survey, in code: String?) -> Response {
        guard let language = Language.named(code ?? survey.languages.first ?? "en") else { return unknown }
        return Preview.html(seen(survey, in: language))
    }

    private func seen(_ survey: Survey, in language: Language) -> ByteBuffer {
        var shown = survey
        shown.languages = [language.code]
        return customerPages.form(SurveyVersion(id: 0, number: 0, survey: shown), in: language, typed: [:]).bytes
    }

    private enum Said { case notice, problem }

    private func page(
        _ typed: TypedSurvey, _ known: Known, _ context: AppContext, frame said: [Said: String] = [:],
        mistakes: TypedSurvey.Mistakes? = nil, status: HTTPResponse.Status = .ok
    ) -> Response {
        let frame = StaffFrame(
            title: "Change \(known.name)", pages: pages, context: context, path: "/surveys", notice: said[.notice],
            problem: said[.problem])
        let language = typed.survey.languages.first.flatMap(Language.named) ?? Language.all[0]
        return pages.reply(
            SurveyEditPage(
                frame: frame, typed, survey: known.id, mistakes: mistakes,
                seen: String(buffer: seen(typed.survey, in: language)), token: context.formToken?.text ?? "",
                mayPublish: context.viewer?.role == .administrator), with: "survey-edit",
            status: status, look: .framing)
    }

    private func page(
        _ source: String, base: Int32, of known: Known?, _ context: AppContext, problems: YAMLProblems? = nil,
        notice: String? = nil, problem: String? = nil, status: HTTPResponse.Status = .ok
    ) -> Response {
        let mistakes = TextEditor.Mistake.list(problems?.problems.map { ($0.line, $0.reason) } ?? [], in: source)
        let frame = StaffFrame(
            title: known.map { "Change \($0.name) as a file" } ?? "A new survey", pages: pages, context: context,
            path: "/surveys", notice: notice,
            problem: problem ?? (mistakes.isEmpty ? nil : mistakeCount(mistakes.count)))
        let help =
            known == nil
            ? "This is the survey that ships: give it a name of its own in the line “survey:”, and change what it asks."
            : "The same file as “hearback survey publish” takes."
        return pages.reply(
            SurveyFilePage(
                frame: frame, token: context.formToken?.text ?? "",
                action: known.map { "/surveys/\($0.id)/file" } ?? "/surveys/new",
                publishing: known.map { "/surveys/\($0.id)/file/publish" } ?? "/surveys",
                back: known.map { "/surveys/\($0.id)/edit" } ?? "/surveys", base: Int(base),
                editor: TextEditor(label: "Survey", help: help, source: source, mistakes: mistakes),
                mayPublish: context.viewer?.role == .administrator, isNew: known == nil), with: "survey-file",
            status: status)
    }

    private var unknown: Response {
        pages.message(
            "There is no such survey", "The address belongs to no survey, version or language.", status: .notFound,
            link: .init(address: "/surveys", words: "See all surveys"))
    }
}
