import ArgumentParser
import Dashboards
import Store

/// Whose figures somebody asked for on the command line.
struct ScopeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only figures of this team.", valueName: "ref"))
    var team: String?
    @Option(help: ArgumentHelp("Only figures of this portfolio.", valueName: "ref"))
    var portfolio: String?
    @Option(help: ArgumentHelp("Only figures of this agent.", valueName: "ref"))
    var agent: String?

    func validate() throws {
        guard [team, portfolio, agent].count(where: { $0 != nil }) <= 1 else {
            throw ValidationError("choose one of --team, --portfolio and --agent")
        }
    }

    /// The scope, which must be known.
    func scope(in store: Store) async throws -> FigureScope {
        do {
            return try await store.scope(team: team, portfolio: portfolio, agent: agent)
        } catch let error as UnknownScope {
            throw ValidationError(error.description)
        }
    }
}
