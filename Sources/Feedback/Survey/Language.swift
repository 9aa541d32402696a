/// A language a page can be shown in.
public struct Language: Sendable, Hashable {
    /// The code, such as `en`.
    public let code: String
    /// The language's name in itself.
    public let name: String
    /// Whether it is written from right to left.
    public let isRightToLeft: Bool

    /// Every language whose page texts Hearback ships.
    public static let all = [
        Language(code: "en", name: "English", isRightToLeft: false),
        Language(code: "es", name: "Español", isRightToLeft: false),
        Language(code: "ar", name: "العربية", isRightToLeft: true),
    ]

    /// The language with a code, if its page texts ship.
    public static func named(_ code: String) -> Language? {
        all.first { $0.code == code }
    }
}
