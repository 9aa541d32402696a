import Feedback
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// The rules of asking: `/policies`. Whoever sees everything may read and try them; administrators publish.
struct PolicyRoutes: Sendable {
    /// How far back policies are tried.
    static let trialDays = 30
    /// The most resolutions that a trial looks at.
    static let largestTrial = 100_000

    let store: Store
    let pages: StaffPages
    let now: @Sendable () -> Date
    /// A trial keeps a connection and half a processor busy: one at a time.
    let trials = DownloadSlots(1)

    /// Shows the policies in force.
    @Sendable func list(_ request: Request, context: AppContext) async throws -> Response {
        try await show(nil, request, context)
    }

    /// Shows one version.
    @Sendable func show(_ request: Request, context: AppContext) async throws -> Response {
        guard let version = context.parameters.get("version", as: Int32.self) else { return unknown }
        return try await show(version, request, context)
    }

    /// Offers a version's text for a change.
    @Sendable func edit(_ request: Request, context: AppContext) async throws -> Response {
        let versions = try await store.policyVersions()
        let newest = versions.last?.id ?? 0
        let from = request.uri.queryParameters["version"].flatMap { Int32($0) } ?? newest
        guard let source = try await store.policySource(ofVersion: from) else { return unknown }
        return page(TypedPolicies(source: source, base: newest), context)
    }

    /// Checks what was typed, or tries it on what was resolved lately; publishes nothing.
    @Sendable func check(_ request: Request, context: AppContext) async throws -> Response {
        guard let fields = try await StaffForm.read(request, context), let typed = TypedPolicies(fields) else {
            return pages.refusal(.badRequest)
        }
        let file: PolicyFile
        do { file = try typed.file() } catch let problems as YAMLProblems {
            return page(typed, context, problems: problems, status: .unprocessableContent)
        }
        guard fields["action"] == "try" else {
            return page(typed, context, notice: "Nothing stands in the way: these policies can be published.")
        }
        guard let slot = trials.take() else {
            return page(
                typed, context, problem: "Policies are being tried at the moment. Please try again in a minute.",
                status: .serviceUnavailable)
        }
        defer { withExtendedLifetime(slot) {} }
        return page(typed, context, trial: try await trial(of: file.policies))
    }

    /// Publishes what was typed.
    @Sendable func publish(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let fields = try await StaffForm.read(request, context),
            var typed = TypedPolicies(fields)
        else { return pages.refusal(.badRequest) }
        do {
            let (version, isNew) = try await store.publish(
                try typed.file(), over: typed.base, by: .person(viewer.person, network: context.network), now: now())
            return .seeOther("/policies/\(version)" + (isNew ? "?published" : ""))
        } catch let problems as YAMLProblems {
            return page(typed, context, problems: problems, status: .unprocessableContent)
        } catch let problem as UnknownSurvey {
            return page(typed, context, problem: sentence(problem.description), status: .unprocessableContent)
        } catch let newer as NewerVersion {
            typed.base = newer.number
            return page(typed, context, problem: newer.words, status: .conflict)
        }
    }

    private func trial(of policies: [Policy]) async throws -> PolicyTrial {
        let moment = now()
        let start = moment.addingTimeInterval(-Double(Self.trialDays) * 86_400)
        let typed = try await store.dryRun(policies, since: start, now: moment, atMost: Self.largestTrial)
        let inForce = try await store.dryRun(nil, since: start, now: moment, atMost: Self.largestTrial)
        return PolicyTrial(typed, inForce: inForce, days: Self.trialDays)
    }

    private func show(_ number: Int32?, _ request: Request, _ context: AppContext) async throws -> Response {
        let versions = try await store.policyVersions()
        guard let newest = versions.last, let shown = number.map({ id in versions.first { $0.id == id } }) ?? newest,
            let source = try await store.policySource(ofVersion: shown.id)
        else { return unknown }
        let isPublished = request.uri.queryParameters["published"] != nil && shown.id == newest.id
        let frame = StaffFrame(
            title: shown.id == newest.id ? "Policies" : "Policies, version \(shown.id)", pages: pages,
            context: context, path: "/policies",
            notice: isPublished ? "Version \(shown.id) is published. Decisions from now on follow it." : nil)
        return pages.reply(
            PoliciesPage(
                frame: frame, number: Int(shown.id), written: written(shown.publication),
                isInForce: shown.id == newest.id, names: shown.names.joined(separator: ", "), source: source,
                versions: versions.reversed().map { PoliciesPage.Row($0, shown: shown.id, newest: newest.id) }),
            with: "policies")
    }

    private func page(
        _ typed: TypedPolicies, _ context: AppContext, problems: YAMLProblems? = nil, notice: String? = nil,
        problem: String? = nil, trial: PolicyTrial? = nil, status: HTTPResponse.Status = .ok
    ) -> Response {
        let mistakes = TextEditor.Mistake.list(
            problems?.problems.map { ($0.line, $0.reason) } ?? [], in: typed.source)
        let counted = mistakes.isEmpty ? nil : mistakeCount(mistakes.count)
        let frame = StaffFrame(
            title: "Change the policies", pages: pages, context: context, path: "/policies", notice: notice,
            problem: problem ?? counted)
        let editor = TextEditor(
            label: "Policies", help: "The first policy whose “for” fits a resolution decides about it.",
            source: typed.source, mistakes: mistakes)
        return pages.reply(
            PolicyEditPage(
                frame: frame, token: context.formToken?.text ?? "", base: Int(typed.base), editor: editor,
                days: Self.trialDays, mayPublish: context.viewer?.role == .administrator, trial: trial),
            with: "policy-edit", status: status)
    }

    private var unknown: Response {
        pages.message(
            "There is no such version", "The number in the address belongs to no version of the policies.",
            status: .notFound, link: .init(address: "/policies", words: "See the policies in force"))
    }
}

/// How much has to be corrected, as a sentence.
func mistakeCount(_ count: Int) -> String {
    count == 1
        ? "One thing has to be corrected. Nothing was published."
        : "\(count) things have to be corrected. Nothing was published."
}
