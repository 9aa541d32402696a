/// What the templates show.
extension LetterLayout {
    var headModel: [String: Any] {
        [
            "width": millimetres(paper.width),
            "height": millimetres(paper.height),
            "variables": [
                ("width", paper.width), ("height", paper.height),
                ("address-left", paper.address.left), ("address-top", paper.address.top),
                ("address-width", paper.address.width), ("address-height", paper.address.height),
                ("margin-left", marginLeft), ("margin-right", marginRight),
                ("sender-top", senderTop), ("sender-height", senderBottom - senderTop),
                ("sender-lines-width", senderLinesWidth), ("sender-gap", senderGap),
                ("content-top", contentTop), ("content-height", contentBottom - contentTop),
                ("text-width", textWidth), ("code-side", codeSide), ("paragraph-gap", LetterType.paragraphGap),
            ].map { ["name": $0.0, "value": millimetres($0.1)] },
            "style": String(decoding: PackageResources.letters_css, as: UTF8.self),
        ]
    }

    func coverModel(_ cover: LetterCover) -> [String: Any] {
        [
            "batch": cover.batch,
            "letters": spacedThousands(cover.letters),
            "date": cover.date,
            "paper": paper.title,
            "folding": paper.folding,
            "envelope": paper.envelopeTitle,
            "marks": marks,
        ]
    }

    func pageModel(_ letter: Letter) throws(LetterError) -> [String: Any] {
        let address = printableLines(letter.address)
        guard address.count <= Letter.addressLines else { throw .tooManyAddressLines(address.count) }
        guard let addressType = addressType(for: address) else { throw .addressTooLong }
        guard let textType = textType(heading: letter.heading, paragraphs: letter.paragraphs) else {
            throw .textTooLong
        }
        let sender = LetterSender(name: letter.sender.name, address: printableLines(letter.sender.address))
        guard fits(sender) else { throw .senderTooLong }
        let link = try LetterLink(letter.link)
        let text = LetterText.of(letter.language)
        return [
            "language": letter.language.code,
            "direction": letter.language.isRightToLeft ? "rtl" : "ltr",
            "marks": marks,
            "sender": sender.name,
            "senderAddress": sender.address,
            "address": address,
            "addressType": addressType.name,
            "addressPlace": paper.addressStandsAtFoot ? "foot" : "top",
            "date": letter.date,
            "heading": letter.heading,
            "paragraphs": letter.paragraphs,
            "textType": textType.name,
            "code": try code(of: link, title: text.code),
            "scan": text.scan,
            "type": text.type,
            "beginning": link.beginning,
            "groups": link.groups,
            "greeting": text.greeting,
            "reference": letter.reference,
        ]
    }

    private var marks: [[String: Any]] {
        paper.hasFoldMarks ? paper.folds.map { ["top": millimetres($0)] } : []
    }

    private func code(of link: LetterLink, title: String) throws(LetterError) -> String {
        do throws(QRCodeError) {
            return try QRCode(link.address).svg(title: title)
        } catch {
            throw .code(error)
        }
    }

    /// A length as CSS writes it, to a hundredth of a millimetre.
    private func millimetres(_ length: Double) -> String {
        "\((length * 100).rounded() / 100)mm"
    }
}
