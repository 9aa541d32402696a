import Crypto
import Foundation
import People

/// Whose figures: a page, a site or a reply belongs to one scope.
public enum FigureScope: Sendable, Hashable {
    case everything
    /// Some teams together.
    case teams([Int32])
    /// Some portfolios together.
    case portfolios([Int32])
    case agent(Int32)

    /// One team.
    public static func team(_ id: Int32) -> FigureScope { .teams([id]) }

    /// One portfolio.
    public static func portfolio(_ id: Int32) -> FigureScope { .portfolios([id]) }

    /// The dimension that the scope is values of.
    public var dimension: MeasureDimension {
        switch self {
        case .everything: .all
        case .teams: .team
        case .portfolios: .portfolio
        case .agent: .agent
        }
    }

    /// The values' identifiers; 0 for everything.
    public var values: [Int32] {
        switch self {
        case .everything: [0]
        case .teams(let ids), .portfolios(let ids): ids
        case .agent(let id): [id]
        }
    }

    /// The values if they are of a dimension; nil for every other scope.
    func values(of dimension: MeasureDimension) -> [Int32]? {
        self.dimension == dimension ? values : nil
    }

    /// Each value's own scope.
    var singles: [FigureScope] {
        switch self {
        case .teams(let ids): ids.map { .teams([$0]) }
        case .portfolios(let ids): ids.map { .portfolios([$0]) }
        case .everything, .agent: [self]
        }
    }

    /// Names the folder of the scope's site, the same for the same teams or portfolios in any order.
    public var siteKey: String {
        let text = "\(dimension.rawValue) " + values.sorted().map(String.init).joined(separator: ",")
        return "\(dimension.rawValue)s-" + SHA256.hash(data: Array(text.utf8)).prefix(10).hexadecimal
    }

    /// Whether figures of the scope are kept by a dimension.
    public func isKept(by dimension: MeasureDimension) -> Bool {
        CellCut(self, by: dimension, only: nil, teams: []) != nil
    }
}

/// What figures can be told apart by.
public enum MeasureDimension: String, Sendable, CaseIterable {
    case all, team, portfolio, agent, topic, channel, segment, outcome, category, language
    case surveyChannel = "survey_channel"
    case surveyVersion = "survey_version"
}

/// Where the cells of a scope and dimension are.
struct CellCut: Hashable {
    /// What tells the rows of figures apart; cells that differ in anything else are added up.
    enum Rows {
        /// The cells' "within" and their value.
        case withinAndValue
        case value
        /// The cells' "within", which is what the figures call their value.
        case within
        /// Nothing: there is one row.
        case one
    }

    /// The name in the database's type "cut".
    let name: String
    /// Which teams, portfolios or agents the cells are within.
    let within: [Int32]
    /// Which values; nil for all.
    let values: [Int32]?
    var rows = Rows.value

    /// Finds the cells.
    ///
    /// - Parameters:
    ///   - only: The values that are wanted; nil for all.
    ///   - teams: Every team's identifier, by which a portfolio's teams are found.
    /// - Returns: nil where figures of the scope are not kept by the dimension.
    init?(_ scope: FigureScope, by dimension: MeasureDimension, only values: [Int32]?, teams: [Int32]) {
        let name = scope.dimension.rawValue
        switch (scope, dimension) {
        case (.everything, _):
            self.init(name: dimension.rawValue, within: [0], values: values)
        case (.agent, .agent), (.teams, .team), (.portfolios, .portfolio):
            let wanted = values.map { wanted in scope.values.filter(wanted.contains) }
            self.init(name: name, within: [0], values: wanted ?? scope.values)
        case (_, .all):
            self.init(name: name, within: [0], values: scope.values, rows: .one)
        case (.portfolios(let ids), .team):
            self.init(name: "team.portfolio", within: values ?? teams + [0], values: ids, rows: .within)
        case (.agent, .topic), (.teams, _), (.portfolios, _):
            self.init(name: "\(name).\(dimension.rawValue)", within: scope.values, values: values)
        case (.agent, _):
            return nil
        }
    }

    init(name: String, within: [Int32], values: [Int32]?, rows: Rows = .value) {
        self.name = name
        self.within = within
        self.values = values
        self.rows = rows
    }

    /// Where the counts of a cell belong among the rows of figures.
    func place(_ cell: CellPlace) -> CellPlace {
        switch rows {
        case .withinAndValue: cell
        case .value: CellPlace(start: cell.start, within: 0, value: cell.value)
        case .within: CellPlace(start: cell.start, within: 0, value: cell.within)
        case .one: CellPlace(start: cell.start, within: 0, value: 0)
        }
    }
}
