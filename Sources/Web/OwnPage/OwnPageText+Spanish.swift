extension OwnPageText {
    static let spanish = OwnPageText(
        title: "Cómo le preguntamos",
        intro: """
            Elija cómo puede {organisation} preguntarle qué tal le fue, o deje de recibir preguntas. \
            Nada de lo que haga aquí cambia su cuenta.
            """,
        channelQuestion: "¿Cómo prefiere que le preguntemos?",
        noPreference: "Me da igual",
        email: "Correo electrónico",
        sms: "Mensaje de texto",
        letter: "Carta",
        languageQuestion: "¿En qué idioma?",
        daysQuestion: "¿Qué días?",
        hoursQuestion: "¿Entre qué horas?",
        hoursHint: "Según el reloj del lugar donde vive.",
        from: "Desde",
        to: "Hasta",
        weekdays: ["Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado", "Domingo"],
        save: "Guardar",
        stopHeading: "Dejar de recibir",
        stopHint: "Tiene efecto de inmediato. Puede volver a esta página y cambiar de opinión.",
        stopSurveys: "No recibir más encuestas",
        stopAll: "No recibir más mensajes",
        start: "Volver a preguntarme",
        surveysAreStopped: "Las encuestas están detenidas: no recibe ninguna.",
        messagesAreStopped: "Todos los mensajes están detenidos: no recibe ninguno, ni encuestas.",
        saved: "Sus preferencias se han guardado.",
        surveysStopped: "No recibirá más encuestas.",
        messagesStopped: "No recibirá más mensajes ni encuestas.",
        started: "Puede volver a recibir encuestas.",
        noDay: "Elija al menos un día",
        hoursReversed: "Elija una segunda hora posterior a la primera",
        askedHeading: "Qué le preguntamos y qué nos dijo",
        unchangeable: "Lo que nos dijo no se puede cambiar. Tampoco puede cambiarlo nadie más.",
        askedByEmail: "Le preguntamos por correo electrónico.",
        askedBySMS: "Le preguntamos por mensaje de texto.",
        askedByLetter: "Le preguntamos por carta.",
        askedByLink: "Se le dio un enlace.",
        answeredOn: "Respondió el {date}.",
        notAnswered: "No ha respondido."
    )
}
