import Foundation

/// Finds words that would tell somebody who reads over a customer's shoulder that a debt is involved.
///
/// Whole words only, without regard to case or accents ("case" is refused, "in any case" too: say it another way).
/// Source: 12 CFR 1006.6(d)(3) and 1006.42 (no third party may learn of the debt).
///
/// - Returns: The words as they are written in the list, each once.
public func disclosingWords(in text: String) -> [String] {
    let words = Set(text.lowercased().split { !$0.isLetter }.map(withoutAccents))
    return disclosing.filter { words.contains($0.plain) }.map(\.word)
}

private func withoutAccents(_ word: Substring) -> String {
    String(
        String.UnicodeScalarView(
            String(word).decomposedStringWithCanonicalMapping.unicodeScalars.filter {
                $0.properties.generalCategory != .nonspacingMark
            }))
}

private let disclosing = [
    "debt", "debts", "debtor", "balance", "arrears", "overdue", "owed", "owe", "creditor", "collection", "collections",
    "collector", "repayment", "repayments", "bailiff", "case", "delinquent", "default",
    "deuda", "deudas", "deudor", "saldo", "impago", "impagos", "moroso", "mora", "adeuda", "acreedor", "cobranza",
    "cobranzas", "cobro", "cobros", "expediente", "embargo",
    "دين", "ديون", "مدين", "الدين", "الديون", "رصيد", "الرصيد", "متأخرات", "المتأخرات", "دائن", "الدائن", "تحصيل",
    "التحصيل", "قضية", "القضية",
].map { (word: $0, plain: withoutAccents(Substring($0))) }
