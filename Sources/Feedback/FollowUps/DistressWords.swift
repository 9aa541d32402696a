import Foundation

/// Whether a comment has words that a person should read at once: of self-harm, of illness or loss, of not coping.
///
/// Words are found whatever their case, accents and apostrophes, in all languages at once, since people write in theirs and not in
/// the page's. Better once too often: the reader is a person.
public func tellsOfDistress(_ comment: String) -> Bool {
    let words = plainWords(comment)
    for index in words.indices {
        for phrase in phrases[words[index]] ?? [] where words[index...].starts(with: phrase) { return true }
    }
    return false
}

/// The words of a text, in lower case, without accents, apostrophes and the marks that Arabic is written with or without.
private func plainWords(_ text: String) -> [Substring] {
    var plain = ""
    for scalar in text.lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .nonspacingMark: continue
        default: break
        }
        // An apostrophe, a typographic one, and the stroke that stretches Arabic words.
        if scalar == "'" || scalar == "\u{2019}" || scalar == "\u{640}" { continue }
        plain.unicodeScalars.append(scalar)
    }
    return plain.split { !$0.isLetter }
}

/// Phrases by their first word.
private let phrases: [Substring: [[Substring]]] = Dictionary(
    grouping: distress.map { plainWords($0) }, by: { $0.first ?? "" })

private let distress = [
    // Self-harm.
    "suicide", "suicidal", "kill myself", "killing myself", "end my life", "ending my life", "end it all",
    "take my own life", "taking my own life", "self harm", "self harming", "hurt myself", "harm myself", "want to die",
    "wish I was dead", "wish I were dead", "better off dead", "no reason to live", "nothing to live for",
    "dont want to live", "dont want to be here", "do not want to live", "do not want to be here",
    // Not coping.
    "cant cope", "cannot cope", "can not cope", "couldnt cope", "not coping", "struggling to cope", "cant go on",
    "cannot go on", "can not go on", "cant take any more", "cant take anymore", "cant take it", "at breaking point",
    "end of my tether", "nervous breakdown", "mental breakdown", "having a breakdown", "in crisis", "in despair",
    "panic attack", "panic attacks", "cant sleep", "cant afford food", "cant afford to eat", "cant feed",
    // Illness, loss and violence.
    "mental health", "depression", "depressed", "anxiety", "bipolar", "schizophrenia", "ptsd", "addiction",
    "cancer", "chemo", "chemotherapy", "terminally ill", "terminal illness", "seriously ill", "very ill",
    "serious illness", "life support", "intensive care", "in hospital", "heart attack", "a stroke", "dementia",
    "alzheimers", "passed away", "bereaved", "bereavement", "my husband died", "my wife died", "my mother died",
    "my father died", "my mum died", "my dad died", "my son died", "my daughter died", "miscarriage",
    "domestic violence", "domestic abuse", "abusive partner", "abusive relationship",
    "suicidio", "suicidarme", "suicidar", "suicida", "matarme", "quitarme la vida", "acabar con mi vida",
    "no quiero vivir",
    "quiero morir", "quiero morirme", "ganas de vivir", "hacerme daño", "autolesión", "autolesiones",
    "no puedo más", "no aguanto más", "no lo soporto", "al límite", "desesperado", "desesperada", "depresión",
    "deprimido", "deprimida", "ansiedad", "ataque de pánico", "ataques de pánico", "salud mental", "cáncer",
    "quimioterapia", "enfermo grave", "enferma grave", "enfermedad grave", "enfermedad terminal", "hospitalizado",
    "hospitalizada", "en el hospital", "infarto", "un ictus", "alzheimer", "demencia", "falleció", "fallecido",
    "fallecida",
    "ha muerto", "murió mi", "violencia de género", "violencia doméstica", "maltrato", "no puedo comer",
    "انتحار", "الانتحار", "أنتحر", "سأنتحر", "أقتل نفسي", "أنهي حياتي", "إنهاء حياتي", "أريد أن أموت", "أتمنى الموت",
    "إيذاء نفسي", "أؤذي نفسي", "لا أريد أن أعيش", "لا أستطيع التحمل", "لا أستطيع الاستمرار", "لم أعد أحتمل",
    "لم أعد أتحمل",
    "منهار", "منهارة", "يائس", "يائسة", "اكتئاب", "الاكتئاب", "مكتئب", "مكتئبة", "القلق النفسي", "الصحة النفسية",
    "نوبة هلع", "نوبات هلع", "سرطان", "السرطان", "العلاج الكيميائي", "مرض خطير", "مريض جدا", "مريضة جدا",
    "في المستشفى", "العناية المركزة", "جلطة", "أزمة قلبية", "الخرف", "توفي", "توفيت", "توفى", "وفاة زوجي", "وفاة زوجتي",
    "وفاة والدي", "وفاة والدتي", "العنف الأسري", "العنف المنزلي",
]
