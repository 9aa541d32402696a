import Dashboards
import Foundation
import Hummingbird
import NIOCore
import Postgres
import Statistics
import Store

/// `GET /api/v1/measures`: the dashboards' figures, from the same cells and by the same formulas.
struct MeasureRoutes: Sendable {
    let store: Store
    let now: @Sendable () -> Date

    /// How a reply is written.
    private enum Format: String, CaseIterable {
        case json, csv
    }

    /// Which measures are told.
    private enum Selection: String, CaseIterable {
        case headline, all
    }

    private static let title = "There are no such figures"

    /// Sends the figures of a period.
    @Sendable func measures(_ request: Request, context: AppContext) async throws -> Response {
        do {
            let parameters = try QueryParameters(
                request.uri.query ?? "",
                known: ["from", "to", "by", "cut", "measures", "team", "portfolio", "agent", "format"],
                title: Self.title)
            let format = try parameters.choice("format", Format.json)
            let selection = try parameters.choice("measures", Selection.headline)
            let (report, rule) = try await report(parameters)
            let kinds =
                selection == .all
                ? MeasureKind.all(instruments: report.instruments)
                : MeasureKind.headline(instruments: report.instruments)
            let figures = report.figures(kinds, rule: rule)
            let (type, body) =
                switch format {
                case .json: ("application/json", try JSON.encode(MeasureReply(figures, report.query.days)))
                case .csv: ("text/csv; charset=utf-8", Array(FigureFile(figures).csv.utf8))
                }
            return Response(
                status: .ok,
                headers: [.contentType: type, .cacheControl: "no-store", .xContentTypeOptions: "nosniff"],
                body: .init(byteBuffer: ByteBuffer(bytes: body)))
        } catch let unknown as UnknownScope {
            return try Problem(.badRequest, Self.title, unknown.description).response()
        } catch let missing as FiguresNotKept {
            return try Problem(.badRequest, Self.title, missing.description).response()
        }
    }

    private func report(_ parameters: QueryParameters) async throws -> (FigureReport, SufficiencyRule) {
        let scopes = ["team", "portfolio", "agent"].filter { parameters[$0] != nil }
        guard scopes.count <= 1 else {
            throw Problem(.badRequest, Self.title, "Choose one of team, portfolio and agent.")
        }
        let scope = try await store.scope(
            team: parameters["team"], portfolio: parameters["portfolio"], agent: parameters["agent"])
        let organisation = try await store.organisation()
        let zone = TimeZone(identifier: organisation.timeZone) ?? .gmt
        let last = try parameters.day("to") ?? CalendarDay(now(), in: zone)
        let first = try parameters.day("from") ?? last.adding(days: -89)
        guard first <= last else {
            throw Problem(.badRequest, Self.title, "The period ends (\(last)) before it starts (\(first)).")
        }
        let cut = try parameters.choice("cut", PeriodCut.whole)
        guard cut != .day || (first...last).days <= 400 else {
            throw Problem(.badRequest, Self.title, "Cut into days, a period has at most 400 of them.")
        }
        let query = FigureQuery(scope, by: try parameters.choice("by", MeasureDimension.all), first...last, cut: cut)
        return (try await store.readingFigures { try await FigureReport.read(query, from: $0) }, organisation.rule)
    }
}

/// The reply: what was asked for, and the figures.
private struct MeasureReply: Encodable {
    /// One figure; a value that is withheld or missing is null.
    struct Row: Encodable {
        let measure: String
        let by: String
        let name: String?
        let from: String
        let to: String
        let value: Double?
        let lower: Double?
        let upper: Double?
        let n: Int
        let numerator: Int?
        let denominator: Int?
    }

    let from: String
    let to: String
    let figures: [Row]

    init(_ figures: [Figure], _ days: ClosedRange<CalendarDay>) {
        from = "\(days.lowerBound)"
        to = "\(days.upperBound)"
        self.figures = figures.map { figure in
            Row(
                measure: figure.kind.id, by: figure.dimension.rawValue, name: figure.name,
                from: "\(figure.days.lowerBound)", to: "\(figure.days.upperBound)", value: figure.estimate?.point,
                lower: figure.estimate?.lower, upper: figure.estimate?.upper, n: figure.n,
                numerator: figure.estimate?.numerator, denominator: figure.estimate?.denominator)
        }
    }
}
