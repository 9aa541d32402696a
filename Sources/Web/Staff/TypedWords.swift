import Foundation

/// A text that was typed: an objection, a reason, a note or a reply.
struct TypedWords: Equatable {
    /// What was typed, without what surrounds it.
    let text: String
    /// Why it cannot be taken; nil if it can.
    let problem: String?

    /// - Parameters:
    ///   - typed: The field's value.
    ///   - most: The longest text, in Unicode code points, as PostgreSQL counts.
    init(_ typed: String?, most: Int) {
        text = (typed ?? "").replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
        let scalars = text.unicodeScalars
        problem =
            if text.isEmpty {
                "Write a few words."
            } else if scalars.count > most {
                "Write \(most) characters at the most; these are \(scalars.count)."
            } else if scalars.contains(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" }) {
                "There is a character in it that cannot be stored; type the text again."
            } else {
                nil
            }
    }
}
