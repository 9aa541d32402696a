import Postgres
import Store

extension ExportFilter {
    /// The parameters of a query.
    static let parameters = ["from", "to", "team", "agent", "portfolio", "topic", "channel"]

    /// Reads the filter from a query; a parameter without a value counts as left out.
    ///
    /// - Throws: ``Problem`` for a parameter that is unknown, repeated, or no day where one is needed.
    init(query: String) throws {
        guard let fields = FormFields(Array(query.utf8)) else {
            throw Self.problem("The query is not percent-encoded UTF-8.")
        }
        var values: [String: String] = [:]
        for (name, value) in fields.all {
            guard Self.parameters.contains(name) else {
                throw Self.problem(
                    "There is no parameter \"\(name)\"; there are: \(Self.parameters.joined(separator: ", ")).")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Self.problem("The parameter \(name) comes twice.")
            }
        }
        values = values.filter { !$0.value.isEmpty }
        self.init()
        firstDay = try values["from"].map { try Self.day($0, "from") }
        lastDay = try values["to"].map { try Self.day($0, "to") }
        (team, agent, portfolio) = (values["team"], values["agent"], values["portfolio"])
        (topic, channel) = (values["topic"], values["channel"])
    }

    private static func day(_ text: String, _ name: String) throws -> CalendarDay {
        guard let day = CalendarDay(text) else {
            throw problem("\"\(text)\" is no day; \(name) is written YYYY-MM-DD.")
        }
        return day
    }

    private static func problem(_ detail: String) -> Problem {
        Problem(.badRequest, "Nothing can be exported", detail)
    }
}
