import Feedback

/// The sentences that stand in every letter of a language.
///
/// None may tell anybody who opens the letter why the customer was in touch.
struct LetterText: Sendable {
    /// The first way to answer.
    let scan: String
    /// The second way to answer, before the link.
    let type: String
    /// What the code is, for those who cannot see it.
    let code: String
    /// Before the sender's name at the end.
    let greeting: String

    /// The texts in a language.
    static func of(_ language: Language) -> LetterText {
        switch language.code {
        case "ar": arabic
        case "es": spanish
        default: english
        }
    }

    private static let english = LetterText(
        scan: "Scan the code with your phone’s camera",
        type: "or type this address into a web browser:",
        code: "QR code with the address of the page",
        greeting: "Kind regards,")

    private static let spanish = LetterText(
        scan: "Escanee el código con la cámara de su teléfono",
        type: "o escriba esta dirección en un navegador de internet:",
        code: "Código QR con la dirección de la página",
        greeting: "Un cordial saludo,")

    private static let arabic = LetterText(
        scan: "امسح الرمز بكاميرا هاتفك",
        type: "أو اكتب هذا العنوان في متصفح الإنترنت:",
        code: "رمز QR يحمل عنوان الصفحة",
        greeting: "مع أطيب التحيات،")
}
