import Foundation
import People
import Store

/// Lets one person of each role into a demo, and a manager of one team, and says how they sign in; each time with new passwords, since they are shown.
///
/// - Returns: A line for each.
func demoSignIns(_ store: Store, base: String) async -> String {
    do {
        guard let (agent, team) = try await store.firstAgent() else { return "" }
        let everybody = [
            PersonSettings(email: "admin@example.com", name: "Demo administrator", role: .administrator),
            PersonSettings(
                email: "quality@example.com", name: "Demo quality manager", role: .qualityManager, seesEverything: true),
            PersonSettings(
                email: "team@example.com", name: "Demo team manager", role: .qualityManager, teams: [team]),
            PersonSettings(email: "agent@example.com", name: "Demo agent", role: .agent, agent: agent),
        ]
        var text = "  sign in     \(base)/sign-in\n"
        var people: [String: Int32] = [:]
        for settings in everybody {
            var generator = SystemRandomNumberGenerator()
            let person: Person
            if let known = try await store.person(email: settings.email) {
                person = known
            } else {
                person = try await store.addPerson(settings, by: .program, now: Date())
            }
            people[settings.email] = person.id
            let password = SecretToken(using: &generator).text.prefix(20)
            let token = SecretToken(using: &generator)
            try await store.makePasswordLink(token.digest, for: person.id, lasting: 60, by: .program, now: Date())
            guard let typed = Password(String(password)) else { continue }
            let hash = try PasswordHash(of: typed, using: &generator)
            _ = try await store.setPassword(byLink: token.digest, hash: hash.text, from: "demo", now: Date())
            text += "    \(settings.email)  \(password)\n"
        }
        if let person = people["agent@example.com"], let manager = people["quality@example.com"] {
            try await fillDemoReviews(store, agent: agent, person: person, manager: manager, now: Date())
        }
        return text
    } catch {
        return "  nobody can sign in: \(error)\n"
    }
}
