import Foundation
import HTTPTypes
import Hummingbird
import Postgres
import Store

/// Giving out and erasing what is held of a customer: `/customers`, for administrators.
struct CustomerRoutes: Sendable {
    let store: Store
    let pages: StaffPages
    let now: @Sendable () -> Date

    /// Shows the form.
    @Sendable func show(_ request: Request, context: AppContext) async throws -> Response { page(context) }

    /// Looks somebody up, gives out what is held, or erases it. References are never in an address, which would be kept in histories.
    @Sendable func act(_ request: Request, context: AppContext) async throws -> Response {
        guard let viewer = context.viewer, let fields = try await StaffForm.read(request, context) else {
            return pages.refusal(.badRequest)
        }
        let actor = Actor.person(viewer.person, network: context.network)
        let ref = (fields["ref"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard !ref.isEmpty, !ref.unicodeScalars.contains("\0") else {
            return page(context, refProblem: "Enter a reference.", status: .unprocessableContent)
        }
        switch fields["action"] {
        case "find":
            guard try await store.knowsCustomer(ref) else { return unknown(ref, context) }
            return page(context, ref: ref, found: ref)
        case "export":
            guard let export = try await store.exportCustomer(ref, by: actor, now: now()) else {
                return unknown(ref, context)
            }
            return export.file
        case "erase":
            guard try await store.knowsCustomer(ref) else { return unknown(ref, context) }
            guard fields["typed"]?.trimmingCharacters(in: .whitespacesAndNewlines) == ref else {
                return page(
                    context, ref: ref, found: ref, typedProblem: "Type the reference as it stands above.",
                    status: .unprocessableContent)
            }
            guard let key = store.suppressionKey else { throw SuppressionError.noKey }
            do {
                guard let erasure = try await store.eraseCustomer(ref, key: key, by: actor, now: now()) else {
                    return unknown(ref, context)
                }
                return page(context, erasure: erasure)
            } catch let error as SuppressionError {
                return page(
                    context, ref: ref, found: ref, problem: "Nobody was erased: \(error.description).",
                    status: .serviceUnavailable)
            }
        default: return pages.refusal(.badRequest)
        }
    }

    private func unknown(_ ref: String, _ context: AppContext) -> Response {
        page(context, ref: ref, refProblem: "There is no customer of this reference.", status: .unprocessableContent)
    }

    private func page(
        _ context: AppContext, ref: String = "", found: String? = nil, refProblem: String? = nil,
        typedProblem: String? = nil, problem: String? = nil, erasure: Erasure? = nil,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let frame = StaffFrame(
            title: "Customers", pages: pages, context: context, path: "/customers",
            notice: erasure.map { "The customer is erased. What is left is called \($0.ref)." },
            problem: problem
                ?? (refProblem == nil && typedProblem == nil ? nil : "Nothing was done: see what is marked below."))
        let token = context.formToken?.text ?? ""
        return pages.reply(
            CustomersPage(
                frame: frame, token: token, ref: ref, refProblem: refProblem,
                found: found.map { .init(ref: $0, token: token, typedProblem: typedProblem) },
                erased: erasure.map { $0.rows.map { .init(what: $0.what, count: "\($0.count)") } } ?? [],
                sharedAddresses: erasure.map { $0.sharedAddresses > 0 } ?? false), with: "customers", status: status)
    }
}

/// The page of a customer who was looked up.
struct CustomersPage {
    let frame: StaffFrame
    let token: String
    let ref: String
    let refProblem: String?
    let found: Found?
    let erased: [Row]
    let sharedAddresses: Bool

    /// A customer of whom something is held.
    struct Found {
        let ref, token: String
        let typedProblem: String?
    }

    /// What went and how much of it.
    struct Row {
        let what, count: String
    }
}

extension JSONB {
    /// The export as a file, whose name says nothing of whom it is about.
    var file: Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "application/json", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
                .contentDisposition: "attachment; filename=\"customer.json\"",
            ], body: .init(byteBuffer: ByteBuffer(string: text + "\n")))
    }
}
