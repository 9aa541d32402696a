import Foundation
import People
import Postgres

/// Somebody who works with Hearback.
public struct Person: Sendable, Equatable, Identifiable {
    /// The number by which others name the person.
    public let id: Int32
    /// The address they sign in with, in lower case.
    public let email: String
    /// Their name.
    public let name: String
    /// What they are here for.
    public let role: Role
    /// Whose scores an agent sees: the reference of the agent they are.
    public let agent: String?
    /// Whether they see everything; otherwise the teams and portfolios that they see, by reference.
    public let seesEverything: Bool
    /// References of teams.
    public let teams: [String]
    /// References of portfolios.
    public let portfolios: [String]
    /// Whether they have set a password.
    public let hasPassword: Bool
    /// Whether they sign in by the organisation's identity provider.
    public let isProvided: Bool
    /// Whether they sign in with a second factor.
    public let hasSecondFactor: Bool
    /// When they were added.
    public let createdAt: Date
    /// Since when they may not sign in.
    public let disabledAt: Date?

    init(_ row: PostgresRow) throws {
        id = try row.decode("person_id")
        email = try row.decode("email")
        name = try row.decode("name")
        guard let role = try Role(rawValue: row.decode("role")) else { throw UnknownRole() }
        self.role = role
        agent = try row.decode("agent")
        seesEverything = try row.decode("sees_everything")
        teams = try row.decode("teams")
        portfolios = try row.decode("portfolios")
        hasPassword = try row.decode("has_password")
        isProvided = try row.decode("is_provided")
        hasSecondFactor = try row.decode("has_second_factor")
        createdAt = try row.decode("created_at")
        disabledAt = try row.decode("disabled_at")
    }
}

/// The database has a role that this program does not know.
private struct UnknownRole: Error {}

/// What is set of a person by whoever lets them in.
public struct PersonSettings: Sendable, Equatable, Codable {
    /// The address they sign in with.
    public var email: String
    /// Their name.
    public var name: String
    /// ``Role``, by its name.
    public var role: String
    /// The reference of the agent they are.
    public var agent: String?
    /// Whether they see everything.
    public var seesEverything: Bool
    /// References of the teams they see.
    public var teams: [String]
    /// References of the portfolios they see.
    public var portfolios: [String]

    /// Creates settings; administrators see everything.
    public init(
        email: String, name: String, role: Role, agent: String? = nil, seesEverything: Bool = false,
        teams: [String] = [], portfolios: [String] = []
    ) {
        self.email = email.lowercased()
        self.name = name
        self.role = role.rawValue
        self.agent = agent
        self.seesEverything = seesEverything || role == .administrator
        self.teams = teams
        self.portfolios = portfolios
    }
}
