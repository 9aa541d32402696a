import Foundation
import People
import Store

/// What was typed about a person.
struct TypedPerson {
    /// Why it cannot be taken.
    enum Problem: Error {
        case name
        case email
        case role
        case agent
        case ownRole

        /// What to do about it.
        var words: String {
            switch self {
            case .name: "Enter a name."
            case .email: "Enter an e-mail address, such as name@example.com."
            case .role: "Choose a role."
            case .agent: "An agent needs their reference; nobody else has one."
            case .ownRole: "Another administrator has to change your role."
            }
        }
    }

    var name = ""
    var email = ""
    var role = Role.qualityManager.rawValue
    var agent = ""
    var seesEverything = false
    var teams = ""
    var portfolios = ""

    init() {}

    init(_ fields: FormFields) {
        name = (fields["name"] ?? "").trimmingCharacters(in: .whitespaces)
        email = (fields["email"] ?? "").trimmingCharacters(in: .whitespaces).lowercased()
        role = fields["role"] ?? ""
        agent = (fields["agent"] ?? "").trimmingCharacters(in: .whitespaces)
        seesEverything = fields["everything"] == "yes"
        teams = fields["teams"] ?? ""
        portfolios = fields["portfolios"] ?? ""
    }

    init(_ person: Person) {
        name = person.name
        email = person.email
        role = person.role.rawValue
        agent = person.agent ?? ""
        seesEverything = person.seesEverything
        teams = person.teams.joined(separator: "\n")
        portfolios = person.portfolios.joined(separator: "\n")
    }

    /// What to store.
    func settings() throws(Problem) -> PersonSettings {
        guard (1...120).contains(name.unicodeScalars.count), !name.unicodeScalars.contains(where: { $0.value < 0x20 })
        else {
            throw .name
        }
        guard let email = email.asEmail else { throw .email }
        guard let role = Role(rawValue: role) else { throw .role }
        guard (role == .agent) == !agent.isEmpty else { throw .agent }
        let isManager = role == .qualityManager
        return PersonSettings(
            email: email, name: name, role: role, agent: agent.isEmpty ? nil : agent,
            seesEverything: isManager && seesEverything, teams: isManager ? lines(teams) : [],
            portfolios: isManager ? lines(portfolios) : [])
    }

    private func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
}

extension PersonSettings {
    /// What the form of these settings begins from.
    var base: String {
        fingerprint(
            [email, name, role, agent ?? "", "\(seesEverything)"] + teams.sorted() + ["/"] + portfolios.sorted())
    }
}

extension String {
    /// The text itself if it can be an e-mail address.
    var asEmail: String? {
        let parts = split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), utf8.count <= 254,
            utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        return self
    }
}

/// The form for a person.
struct PersonForm {
    let name: String
    let email: String
    let agent: String
    let seesEverything: Bool
    let teams: String
    let portfolios: String
    let roles: [Choice]
    let button: String
    let token: String
    /// What it began from; empty for a new person.
    let base: String

    /// A role to choose.
    struct Choice {
        let value: String
        let name: String
        let isChosen: Bool
    }

    init(_ typed: TypedPerson, of settings: PersonSettings?, button: String, context: AppContext) {
        base = settings?.base ?? ""
        name = typed.name
        email = typed.email
        agent = typed.agent
        seesEverything = typed.seesEverything
        teams = typed.teams
        portfolios = typed.portfolios
        roles = Role.allCases.map { Choice(value: $0.rawValue, name: $0.words, isChosen: $0.rawValue == typed.role) }
        self.button = button
        token = context.formToken?.text ?? ""
    }
}

/// Everybody who is let in.
struct PeoplePage {
    let frame: StaffFrame
    let people: [Row]
    let form: PersonForm

    /// A person in the list.
    struct Row {
        let id: Int
        let name: String
        let email: String
        let role: String
        let sees: String
        let signsIn: String

        init(_ person: Person) {
            id = Int(person.id)
            name = person.name
            email = person.email
            role = person.role.words
            sees =
                switch person.role {
                case .agent: "agent \(person.agent ?? "–")"
                case _ where person.seesEverything: "everything"
                default: (person.teams + person.portfolios).joined(separator: ", ")
                }
            signsIn =
                person.disabledAt != nil
                ? "not let in"
                : person.isProvided
                    ? "the organisation's sign-in"
                    : !person.hasPassword
                        ? "has not set a password" : person.hasSecondFactor ? "password and app" : "password"
        }
    }
}

/// A person.
struct PersonPage {
    let frame: StaffFrame
    let id: Int
    let name: String
    let signsIn: String
    let hasSecondFactor: Bool
    let isSelf: Bool
    let isDisabled: Bool
    let token: String
    let link: Link?
    let form: PersonForm

    /// A link for a new password, shown once.
    struct Link {
        let address: String
        let name: String
        let days: Int
    }
}
