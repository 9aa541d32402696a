/// The seven-bit alphabet of short messages (3GPP TS 23.038, sections 6.2.1 and 6.2.1.1).
///
/// National language tables are left out: the sender cannot know whether every network on the way supports them.
enum GSM7 {
    /// The default alphabet without the escape, in the order of its codes.
    static let basic = Array(
        ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà").unicodeScalars)

    /// The extension table: each is sent as an escape and one more septet.
    static let extended = Array("\u{0C}^{}\\[~]|€".unicodeScalars)

    private static let septets = Dictionary(
        uniqueKeysWithValues: basic.map { ($0, 1) } + extended.map { ($0, 2) })

    /// The septets a character takes, or nil if the alphabet lacks it.
    static func septets(of scalar: Unicode.Scalar) -> Int? {
        septets[scalar]
    }
}
