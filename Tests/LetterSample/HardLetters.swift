import Delivery

/// Letters whose texts try to leave their places.
var hostileLetters: [Letter] {
    let texts = [
        "</p></div></section><script>document.title='changed'</script>",
        "\"\u{301} onload='document.title=1' <\u{301}svg/onload=document.title=1>",
        "</title></style></svg><img src=x onerror=document.title=1>",
        "{{sender}} {{{code}}} {{#marks}}x{{/marks}}",
        "\u{202E}gnitirw fo noitcerid eht nruT\u{202C}\u{0}\u{8}\u{1B}[31m\u{2028}next\nline",
        "Z\u{30D}\u{311}\u{35C}\u{334}a\u{30D}\u{311}\u{35C}\u{334}lgo \u{FDFD}\u{1242B}",
        "&lt;b&gt; &amp;amp; 👩🏽‍🚒 漢字仮名交じり文",
    ]
    return texts.map { text in
        var letter = english
        letter.address = [text, text]
        letter.heading = text
        letter.date = text
        letter.paragraphs = [text, text]
        letter.reference = text + text + text
        letter.sender = LetterSender(name: text, address: [text])
        return letter
    }
}

/// The largest letters that are accepted, by what fills them.
func fullestLetters(_ batch: LetterBatch) -> [Letter] {
    let words = [
        "word ", "MWMWMWMW ", "W", "الطابق ", "прописью ", "漢字", "illicit ", "Straßenbahnhaltestelle ", "0123456789",
    ]
    var letters: [Letter] = []
    for word in words {
        letters.append(fullest(batch) { $0.paragraphs = [String(repeating: word, count: $1)] })
        letters.append(fullest(batch) { $0.paragraphs = Array(repeating: word, count: $1) })
        for lines in [1, 6] {
            letters.append(
                fullest(batch) { $0.address = Array(repeating: String(repeating: word, count: $1), count: lines) })
        }
        letters.append(fullest(batch) { $0.sender.name = String(repeating: word, count: $1) })
        letters.append(fullest(batch) { $0.sender.address = [String(repeating: word, count: $1)] })
    }
    letters.append(fullest(batch) { $0.link = "https://ask.example/" + String(repeating: "W", count: $1) })
    letters.append(
        fullest(batch) {
            $0.link = "https://ask.example/" + String(repeating: "W", count: 86)
            $0.sender.name = String(repeating: "M", count: 55)
            $0.paragraphs = [String(repeating: "word ", count: $1)]
        })
    return letters
}

/// The last letter before the first that is refused, found by halving.
private func fullest(_ batch: LetterBatch, change: (inout Letter, Int) -> Void) -> Letter {
    func changed(_ count: Int) -> Letter {
        var letter = english
        change(&letter, count)
        return letter
    }
    var (accepted, refused) = (0, 4_096)
    while refused - accepted > 1 {
        let count = (accepted + refused) / 2
        if (try? batch.page(of: changed(count))) == nil { refused = count } else { accepted = count }
    }
    return changed(accepted)
}
