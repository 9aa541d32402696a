import Store

extension ExportFilter {
    /// Reads the filter from a query.
    ///
    /// - Throws: ``Problem`` for a parameter that is unknown, repeated, or no day where one is needed.
    init(query: String) throws {
        let parameters = try QueryParameters(
            query, known: ["from", "to", "team", "agent", "portfolio", "topic", "channel"],
            title: "Nothing can be exported")
        self.init()
        firstDay = try parameters.day("from")
        lastDay = try parameters.day("to")
        (team, agent, portfolio) = (parameters["team"], parameters["agent"], parameters["portfolio"])
        (topic, channel) = (parameters["topic"], parameters["channel"])
    }
}
