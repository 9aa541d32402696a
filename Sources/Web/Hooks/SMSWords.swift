/// What is texted back to customers.
struct SMSWords: Sendable {
    /// After a score, before the link to the rest.
    let kept: String
    /// After something else, before the link.
    let open: String
    let stopped: String
    let started: String
    let help: String

    /// The words in a language; English for any other.
    static func of(_ language: String?) -> SMSWords {
        switch language {
        case "es": spanish
        case "ar": arabic
        default: english
        }
    }

    private static let english = SMSWords(
        kept: "Thank you. If you have a moment, tell us more:",
        open: "Please reply with one number, or answer here:",
        stopped: "You will get no more texts about how we did. Reply START to get them again.",
        started: "You may get texts about how we did again. Reply STOP to end.",
        help: "{organisation} asks how we did after you were in touch. Reply with a number to answer, or STOP to end.")

    private static let spanish = SMSWords(
        kept: "Gracias. Si tiene un momento, cuéntenos más:",
        open: "Responda con un número o conteste aquí:",
        stopped: "No recibirá más mensajes de texto de este tipo. Responda START para volver a recibirlos.",
        started: "Puede volver a recibir mensajes de este tipo. Responda STOP para salir.",
        help: "{organisation} pregunta qué tal lo hicimos. Responda con un número, o STOP para salir.")

    private static let arabic = SMSWords(
        kept: "شكرًا لك. إن كان لديك لحظة فأخبرنا بالمزيد:",
        open: "أرسل رقمًا واحدًا، أو أجب هنا:",
        stopped: "لن تصلك رسائل أخرى من هذا النوع. أرسل START لتصلك من جديد.",
        started: "قد تصلك رسائل من هذا النوع من جديد. أرسل STOP للتوقف.",
        help: "{organisation} تسأل كيف كانت خدمتنا. أرسل رقمًا للإجابة، أو STOP للتوقف.")
}
