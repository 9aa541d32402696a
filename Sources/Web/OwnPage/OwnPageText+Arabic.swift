extension OwnPageText {
    static let arabic = OwnPageText(
        title: "كيف نسألك",
        intro: """
            اختر الطريقة التي يمكن أن تسألك بها {organisation} عن تجربتك، أو أوقف ذلك. \
            لا شيء هنا يغيّر حسابك.
            """,
        channelQuestion: "كيف تفضّل أن نسألك؟",
        noPreference: "لا فرق عندي",
        email: "البريد الإلكتروني",
        sms: "رسالة نصية",
        letter: "رسالة بريدية",
        languageQuestion: "بأي لغة؟",
        daysQuestion: "في أي أيام؟",
        hoursQuestion: "بين أي ساعتين؟",
        hoursHint: "بحسب الساعة في مكان إقامتك.",
        from: "من",
        to: "إلى",
        weekdays: ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
        save: "حفظ",
        stopHeading: "الإيقاف",
        stopHint: "يسري ذلك فورًا. يمكنك العودة إلى هذه الصفحة وتغيير رأيك.",
        stopSurveys: "إيقاف الاستبيانات",
        stopAll: "إيقاف جميع الرسائل",
        start: "اسألوني من جديد",
        surveysAreStopped: "الاستبيانات متوقفة: لن يصلك شيء منها.",
        messagesAreStopped: "جميع الرسائل متوقفة: لن تصلك رسائل ولا استبيانات.",
        saved: "حُفظت اختياراتك.",
        surveysStopped: "لن تصلك استبيانات بعد الآن.",
        messagesStopped: "لن تصلك رسائل ولا استبيانات بعد الآن.",
        started: "قد تصلك استبيانات من جديد.",
        noDay: "يُرجى اختيار يوم واحد على الأقل",
        hoursReversed: "يُرجى اختيار ساعة ثانية بعد الأولى",
        askedHeading: "ما سألناك عنه وما قلته لنا",
        unchangeable: "ما قلته لنا لا يمكن تغييره، ولا يستطيع أحد غيرك تغييره أيضًا.",
        askedByEmail: "سألناك بالبريد الإلكتروني.",
        askedBySMS: "سألناك برسالة نصية.",
        askedByLetter: "سألناك برسالة بريدية.",
        askedByLink: "أُعطيت رابطًا.",
        answeredOn: "أجبت في {date}.",
        notAnswered: "لم تُجب."
    )
}
