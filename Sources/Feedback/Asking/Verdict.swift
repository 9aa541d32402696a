import Foundation

/// What is to be done about a resolution, and why.
public enum Verdict: Sendable, Equatable {
    /// Nothing stands in the way: these channels may be used, in this order.
    case invite([SurveyChannel])
    /// To be judged again at a later moment.
    case hold(until: Date, Objection)
    /// Not to be asked about, for good.
    case skip(Objection)
}

/// The rule that stands in the way, with the values it looked at.
public struct Objection: Sendable, Equatable {
    /// One value, by name.
    public struct Input: Sendable, Equatable {
        /// What the value is.
        public let name: String
        /// The value as text.
        public let value: String
    }

    /// The rule.
    public let rule: AskingRule
    /// What it looked at.
    public let inputs: [Input]

    /// The inputs as a JSON object of texts.
    public var inputsAsJSON: String {
        "{" + inputs.map { "\(jsonString($0.name)):\(jsonString($0.value))" }.joined(separator: ",") + "}"
    }

    init(_ rule: AskingRule, _ inputs: KeyValuePairs<String, String?> = [:]) {
        self.rule = rule
        self.inputs = inputs.compactMap { name, value in value.map { Input(name: name, value: $0) } }
    }
}

private func jsonString(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": quoted += "\\\(scalar)"
        case "\u{0}"..."\u{1F}": quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        default: quoted.unicodeScalars.append(scalar)
        }
    }
    return quoted + "\""
}
