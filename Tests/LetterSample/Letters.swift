import Delivery
import Feedback

let sender = LetterSender(
    name: "Northgate Customer Care",
    address: ["Northgate House", "12 Canal Street", "Leeds LS1 4QX", "0113 496 0123"])

let english = Letter(
    address: ["Ms Ana Ortega Ruiz", "Flat 3, 27 Harbour View", "Whitby", "YO21 1AB"],
    language: Language.named("en") ?? Language.all[0],
    date: "23 November 2026",
    heading: "How did we do?",
    paragraphs: [
        "Dear Ms Ortega Ruiz,",
        """
        You were recently in touch with us. Please tell us how it went. It takes less than a minute, and \
        every question can be left out.
        """,
        """
        Your answers are read by the people at Northgate Customer Care who work on better service. They may \
        be shown to the person who helped you. Answering changes nothing about your account.
        """,
        "You can answer until 7 December 2026.",
    ],
    link: "https://ask.northgate.example/7kq4x2mpw9",
    reference: "B-2026-0412 / 1",
    sender: sender)

var spanish: Letter {
    var letter = english
    letter.address = ["Sr. Íñigo Muñoz Peña", "Calle de la Ñora, 14, 3.º B", "28013 Madrid", "ESPAÑA"]
    letter.language = Language.named("es") ?? english.language
    letter.date = "23 de noviembre de 2026"
    letter.heading = "¿Cómo lo hicimos?"
    letter.paragraphs = [
        "Estimado Sr. Muñoz Peña:",
        """
        Hace poco estuvo en contacto con nosotros. Cuéntenos cómo le fue. Le llevará menos de un minuto y \
        puede dejar sin responder cualquier pregunta.
        """,
        """
        Leen sus respuestas las personas de Northgate Customer Care que trabajan para mejorar la atención. \
        También puede verlas la persona que le atendió. Responder no cambia nada en su cuenta.
        """,
        "Puede responder hasta el 7 de diciembre de 2026.",
    ]
    letter.reference = "B-2026-0412 / 2"
    return letter
}

var arabic: Letter {
    var letter = english
    letter.address = ["السيدة ليلى حداد", "شارع الحمراء 25، الطابق الثالث", "بيروت 1103", "LEBANON"]
    letter.language = Language.named("ar") ?? english.language
    letter.date = "23 نوفمبر 2026"
    letter.heading = "كيف كانت خدمتنا؟"
    letter.paragraphs = [
        "السيدة ليلى حداد المحترمة،",
        """
        تواصلت معنا مؤخرًا. أخبرينا من فضلك كيف كانت تجربتك. لن يستغرق ذلك أكثر من دقيقة، ويمكنك ترك أي سؤال \
        دون إجابة.
        """,
        """
        يقرأ إجاباتك العاملون على تحسين الخدمة لدى \u{2068}Northgate Customer Care\u{2069}، وقد يطّلع عليها \
        الشخص الذي ساعدك. إجاباتك لا تغيّر شيئًا في حسابك.
        """,
        "يمكنك الإجابة حتى 7 ديسمبر 2026.",
    ]
    letter.reference = "B-2026-0412 / 3"
    return letter
}

let everyLanguage = [english, spanish, arabic]

func numberedLetter(_ number: Int) -> Letter {
    var letter = everyLanguage[number % everyLanguage.count]
    letter.link = "https://ask.northgate.example/n\(number)"
    letter.reference = "B-2026-0412 / \(number + 1)"
    return letter
}
