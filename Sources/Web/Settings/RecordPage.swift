import Foundation
import Store

/// A page of the record.
struct RecordPage {
    let frame: StaffFrame
    let token: String
    let rows: [Row]
    let actors, kinds: [Choice]
    let from, to: String
    let isFiltered: Bool
    /// Where older rows are.
    let older: String?

    /// Something to choose.
    struct Choice {
        let value, name: String
        let isChosen: Bool
    }

    /// A row of the record.
    struct Row {
        let id, at, actor, network, action: String
        let isFromNetwork: Bool
        let subject: String?
        let changes: [Change]

        init(_ row: AuditRow, in zone: TimeZone) {
            id = "\(row.id)"
            at = zonedMoment(row.at, in: zone)
            actor = row.actorName == row.actor.name ? row.actor.name : "\(row.actorName) (\(row.actor.name))"
            network = row.actor.network ?? ""
            isFromNetwork = row.actor.network != nil
            action = row.action
            subject = row.subject.map { $0 == row.subjectName ? $0 : "\(row.subjectName ?? $0) (\($0))" }
            changes = Change.all(before: row.before, after: row.after)
        }
    }

    /// A value before and after.
    struct Change {
        let name: String
        let before, after: String?

        /// What differs between two JSON objects, by the names of their fields.
        static func all(before: String?, after: String?) -> [Change] {
            let (old, new) = (fields(before), fields(after))
            return Set(old.keys).union(new.keys).sorted().compactMap { name in
                let (was, now) = (old[name], new[name])
                return was == now ? nil : Change(name: words(name), before: was, after: now)
            }
        }

        private static func fields(_ json: String?) -> [String: String] {
            guard let json, let value = try? JSONDecoder().decode(RecordedValue.self, from: Data(json.utf8)) else {
                return [:]
            }
            guard case .object(let fields) = value else { return ["value": value.text] }
            return fields.mapValues(\.text)
        }

        /// "seesEverything" as "sees everything".
        private static func words(_ name: String) -> String {
            name.reduce(into: "") { text, letter in
                text += letter.isUppercase ? " " + letter.lowercased() : letter == "_" ? " " : String(letter)
            }
        }
    }
}

/// JSON as it is read by people.
private enum RecordedValue: Decodable {
    case nothing
    case text(String)
    case list([RecordedValue])
    case object([String: RecordedValue])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .nothing
        } else if let truth = try? value.decode(Bool.self) {
            self = .text(truth ? "yes" : "no")
        } else if let number = try? value.decode(Int64.self) {
            self = .text("\(number)")
        } else if let number = try? value.decode(Double.self) {
            self = .text("\(number)")
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([RecordedValue].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: RecordedValue].self))
        }
    }

    var text: String {
        switch self {
        case .nothing: "–"
        case .text(let text): text.isEmpty ? "–" : text
        case .list(let list): list.isEmpty ? "–" : list.map(\.text).joined(separator: ", ")
        case .object(let fields):
            fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.text)" }.joined(separator: "; ")
        }
    }
}

/// A moment in the organisation's zone, such as "23 Nov 2026, 09:14:05".
func zonedMoment(_ date: Date, in zone: TimeZone) -> String {
    var style = Date.FormatStyle(date: .abbreviated, time: .standard, locale: Locale(identifier: "en_GB"))
    style.timeZone = zone
    return date.formatted(style)
}
