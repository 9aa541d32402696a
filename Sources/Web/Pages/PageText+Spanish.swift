extension PageText {
    static let spanish = PageText(
        errorPrefix: "Error: ",
        languages: "Idioma",
        noEffect: "Responder no cambia nada en su cuenta.",
        readers: """
            Leen sus respuestas las personas de {organisation} que trabajan para mejorar la atención. \
            También puede verlas la persona que le atendió.
            """,
        stopping: "Puede dejarlo cuando quiera: no se envía nada hasta que pulse el botón.",
        optional: "opcional",
        outOf: "{score} de {highest}",
        yes: "Sí",
        no: "No",
        clear: "Borrar esta respuesta",
        commentHint: "Por favor, no escriba números de tarjeta ni de cuenta.",
        send: "Enviar mis respuestas",
        problemHeading: "Hay un problema",
        missing: "Elija una respuesta",
        notOffered: "Elija una de las respuestas que se muestran",
        tooLong: "Acorte el texto a {limit} caracteres como máximo",
        notSaved: Message(
            heading: "Sus respuestas aún no se han guardado",
            body: "Todo lo que escribió sigue aquí. Espere un momento y vuelva a enviarlo, por favor."),
        thanks: Message(
            heading: "Gracias",
            body: "Sus respuestas se han guardado. Ya puede cerrar esta página."),
        complaintOffer: "¿Sigue sin resolverse? Podemos tramitarlo como una reclamación formal.",
        complain: "Esto es una reclamación",
        complaintTaken: Message(
            heading: "Estudiaremos su reclamación",
            body: """
                Su reclamación ha quedado registrada. Recibirá una primera respuesta hasta el {first} y la respuesta definitiva \
                hasta el {final} como muy tarde. No tiene que hacer nada más por ahora.
                """),
        alreadyAnswered: Message(
            heading: "Ya ha respondido",
            body: "Sus respuestas están guardadas y no tiene que hacer nada más. Gracias."),
        expired: Message(
            heading: "El plazo para responder ha terminado",
            body: "Este enlace ya no se puede usar. No tiene que hacer nada y nada ha cambiado en su cuenta."),
        unknownLink: Message(
            heading: "No encontramos esta página",
            body: """
                Puede que falte una parte de la dirección. Vuelva a abrir el enlace de su mensaje o cópielo completo, por favor.
                """),
        tryAgain: Message(
            heading: "No hemos podido guardar sus respuestas",
            body: """
                Espere un minuto, vuelva atrás y envíelas de nuevo, o abra otra vez el enlace de su mensaje, por favor.
                """),
        badRequest: Message(
            heading: "No hemos podido leer lo que se envió",
            body: "No se ha guardado nada. Abra otra vez el enlace de su mensaje y responda allí, por favor."),
        tooLarge: Message(
            heading: "Su texto es demasiado largo",
            body: "No se ha guardado nada. Vuelva atrás, acorte el texto y envíelo de nuevo, por favor."),
        failure: Message(
            heading: "Algo ha fallado por nuestra parte",
            body: "Inténtelo más tarde, por favor. Si vuelve a ocurrir, indique esta referencia al ponerse en contacto."
        ),
        reference: "Referencia: {number}"
    )
}
