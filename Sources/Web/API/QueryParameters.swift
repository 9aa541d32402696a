import Postgres

/// The parameters of a request's query, each at most once.
struct QueryParameters {
    private let values: [String: String]
    private let title: String

    /// Reads a query; a parameter without a value counts as left out.
    ///
    /// - Parameters:
    ///   - known: The names that may occur.
    ///   - title: What is not done when something is wrong.
    /// - Throws: ``Problem`` for a parameter that is unknown or repeated.
    init(_ query: String, known: [String], title: String) throws {
        self.title = title
        guard let fields = FormFields(Array(query.utf8)) else {
            throw Problem(.badRequest, title, "The query is not percent-encoded UTF-8.")
        }
        var values: [String: String] = [:]
        for (name, value) in fields.all {
            guard known.contains(name) else {
                throw Problem(
                    .badRequest, title,
                    "There is no parameter \"\(name)\"; there are: \(known.joined(separator: ", ")).")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Problem(.badRequest, title, "The parameter \(name) comes twice.")
            }
        }
        self.values = values.filter { !$0.value.isEmpty }
    }

    subscript(name: String) -> String? { values[name] }

    /// A parameter that is a day.
    func day(_ name: String) throws -> CalendarDay? {
        guard let text = values[name] else { return nil }
        guard let day = CalendarDay(text) else {
            throw Problem(.badRequest, title, "\"\(text)\" is no day; \(name) is written YYYY-MM-DD.")
        }
        return day
    }

    /// A parameter that is one of some names.
    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _ standard: Choice) throws -> Choice
    where Choice.RawValue == String {
        guard let text = values[name] else { return standard }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(.badRequest, title, "\(name) cannot be \"\(text)\"; it is one of: \(known).")
        }
        return choice
    }
}
