/// Whose figures: a page, a site or a reply belongs to one scope.
public enum FigureScope: Sendable, Hashable {
    case everything
    case team(Int32)
    case portfolio(Int32)
    case agent(Int32)

    /// The dimension that the scope is one value of.
    public var dimension: MeasureDimension {
        switch self {
        case .everything: .all
        case .team: .team
        case .portfolio: .portfolio
        case .agent: .agent
        }
    }

    /// The value's identifier; 0 for everything.
    public var value: Int32 {
        switch self {
        case .everything: 0
        case .team(let id), .portfolio(let id), .agent(let id): id
        }
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
    /// The name in the database's type "cut".
    let name: String
    /// Which teams, portfolios or agents the cells are within.
    let within: [Int32]
    /// Which values; nil for all.
    let values: [Int32]?
    /// Whether what is told apart is the "within" of the cells.
    var isTurned = false

    /// Finds the cells.
    ///
    /// - Parameters:
    ///   - only: The values that are wanted; nil for all.
    ///   - teams: Every team's identifier, by which a portfolio's teams are found.
    /// - Returns: nil where figures of the scope are not kept by the dimension.
    init?(_ scope: FigureScope, by dimension: MeasureDimension, only values: [Int32]?, teams: [Int32]) {
        switch (scope, dimension) {
        case (.everything, _):
            self.init(name: dimension.rawValue, within: [0], values: values)
        case (_, .all), (.team, .team), (.portfolio, .portfolio), (.agent, .agent):
            self.init(name: scope.dimension.rawValue, within: [0], values: [scope.value])
        case (.portfolio(let id), .team):
            self.init(name: "team.portfolio", within: values ?? teams + [0], values: [id], isTurned: true)
        case (.agent, .topic), (.team, _), (.portfolio, _):
            self.init(name: "\(scope.dimension.rawValue).\(dimension.rawValue)", within: [scope.value], values: values)
        case (.agent, _):
            return nil
        }
    }

    init(name: String, within: [Int32], values: [Int32]?, isTurned: Bool = false) {
        self.name = name
        self.within = within
        self.values = values
        self.isTurned = isTurned
    }
}
