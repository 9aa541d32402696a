extension PageText {
    static let english = PageText(
        errorPrefix: "Error: ",
        languages: "Language",
        noEffect: "Answering changes nothing about your account.",
        readers: """
            Your answers are read by the people at {organisation} who work on better service. \
            They may be shown to the person who helped you.
            """,
        stopping: "You can stop at any time: nothing is sent until you press the button.",
        optional: "optional",
        outOf: "{score} out of {highest}",
        yes: "Yes",
        no: "No",
        clear: "Clear this answer",
        commentHint: "Please do not include card or account numbers.",
        send: "Send my answers",
        problemHeading: "There is a problem",
        missing: "Choose an answer",
        notOffered: "Choose one of the answers shown",
        tooLong: "Shorten your text to {limit} characters or fewer",
        notSaved: Message(
            heading: "Your answers are not saved yet",
            body: "Everything you entered is still here. Please wait a moment, then send it again."),
        thanks: Message(
            heading: "Thank you",
            body: "Your answers are saved. You can close this page now."),
        complaintOffer: "Still not put right? We can look into it as a formal complaint.",
        complain: "This is a complaint",
        complaintTaken: Message(
            heading: "We will look into your complaint",
            body: """
                Your complaint is recorded. You will get a first answer by {first} and our final answer by {final} at the latest. \
                You do not need to do anything now.
                """),
        alreadyAnswered: Message(
            heading: "You have already answered",
            body: "Your answers are saved and there is nothing more to do. Thank you."),
        expired: Message(
            heading: "The time to answer has passed",
            body:
                "This link can no longer be used. You do not need to do anything, and nothing about your account has changed."
        ),
        unknownLink: Message(
            heading: "We cannot find this page",
            body: """
                Part of the address may be missing. Please open the link in your message again, or copy the whole of it.
                """),
        tryAgain: Message(
            heading: "We could not save your answers",
            body: "Please wait a minute, then go back and send them again, or open the link in your message again."),
        badRequest: Message(
            heading: "We could not read what was sent",
            body: "Nothing was saved. Please open the link in your message again and answer there."),
        tooLarge: Message(
            heading: "Your text is too long",
            body: "Nothing was saved. Please go back, shorten your text and send it again."),
        failure: Message(
            heading: "Something went wrong on our side",
            body: "Please try again later. If it happens again, quote the reference below when you contact us."),
        reference: "Reference: {number}"
    )
}
