import Feedback

/// The longest subject that inboxes show whole.
private let longestSubject = 80
/// More than any letter needs.
private let longestTemplate = 10_000

/// Refuses in a template's lines what no message may hold: markup, because the layout is ours, and unseen marks.
func checkWords(of source: String, problems: inout TemplateProblems) {
    if source.utf8.count > longestTemplate {
        problems.report("the template is longer than \(longestTemplate) bytes", line: 1)
    }
    for (index, line) in source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
        if let markup = line.firstMatch(of: /<[A-Za-z\/!?][^>]*>?/) {
            problems.report("\(markup.0) is HTML; write plain words, the layout is added", line: index + 1)
        }
        if let mark = line.unicodeScalars.first(where: { $0 != "\t" && isUnseenMark($0) }) {
            let code = String(mark.value, radix: 16, uppercase: true)
            problems.report("U+\(code) is a mark that is not seen; delete it", line: index + 1)
        }
    }
}

/// Checks the words and tags that one way of filling a template shows.
func check(
    _ lines: [TemplateLine], in variant: TemplateVariant, channel: MessageChannel, problems: inout TemplateProblems
) {
    let texts = lines.map { TemplateParagraph([$0]).filled { _ in placeholder } }
    if !disclosingWords(in: texts.joined(separator: "\n")).isEmpty {
        for (line, text) in zip(lines, texts) {
            for word in disclosingWords(in: text) {
                problems.report(
                    "\"\(word)\" would tell a bystander about a debt; say it without that word", line: line.number)
            }
        }
    }
    for line in lines {
        let pieces = line.pieces.filter { $0 != .words("") }
        for (piece, next) in zip(pieces, pieces.dropFirst().map(Optional.some) + [nil]) {
            guard case .tag(let tag) = piece else { continue }
            if tag.needsScale, !variant.hasScale {
                problems.report(
                    "{{\(tag)}} stands between {{#scale}} and {{/scale}}, since some questions have no scale",
                    line: line.number)
            }
            if tag.isAddress(on: channel), let next, !next.beginsApart {
                problems.report("leave a space after {{\(tag)}}, or what follows joins the address", line: line.number)
            }
        }
    }
}

/// Checks that one way of filling a template says what every message of the channel must say.
func check(
    _ layout: TemplateLayout, in variant: TemplateVariant, channel: MessageChannel, problems: inout TemplateProblems
) {
    for (name, line) in layout.head {
        for tag in line.tags where tag != .organisation && tag != .expires {
            problems.report(
                "\(name.rawValue): may name {{organisation}} and {{expires}}, not {{\(tag)}}", line: line.line)
        }
        let text = line.filled { _ in placeholder }
        if text.isEmpty { problems.report("\(name.rawValue): is empty in \(variant)", line: line.line) }
        if name != .preheader, text.count > longestSubject {
            problems.report(
                "\(name.rawValue): has \(text.count) characters; at most \(longestSubject)", line: line.line)
        }
    }
    let paragraphs = layout.body + layout.footer
    for paragraph in paragraphs where paragraph.tags.contains(.scores) && paragraph.pieces.count > 1 {
        problems.report("{{scores}} is a paragraph of its own", line: paragraph.line)
    }
    for paragraph in layout.footer where paragraph.tags.contains(.scores) {
        problems.report("{{scores}} stands above the small print", line: paragraph.line)
    }
    if channel == .sms, paragraphs.count > 1 {
        problems.report("a text message is one paragraph", line: paragraphs[1].line)
    }
}

/// Checks that every way of filling a template names what messages of the channel must name.
func checkTags(
    of layouts: [TemplateVariant: TemplateLayout], channel: MessageChannel, problems: inout TemplateProblems
) {
    func require(_ tags: [TemplateTag], in variants: [TemplateVariant]) {
        let without = variants.filter { layouts[$0]?.tags.isDisjoint(with: tags) ?? true }
        guard let first = without.first, let tag = tags.first else { return }
        problems.report("{{\(tag)}} is missing" + (without == variants ? "" : " from \(first)"), line: 1)
    }
    require([.link], in: TemplateVariant.all)
    if channel == .email { require([.scores], in: TemplateVariant.all.filter(\.hasScale)) }
    // Whoever gets a letter may stop by other ways; every electronic message says how (47 CFR 64.1200, RFC 8058).
    if channel != .letter { require([.stop, .ownPage], in: TemplateVariant.all) }
}

/// Stands for every value in a check. Values are checked where they come from.
private let placeholder = "Meridian"

extension TemplatePiece {
    /// Whether an address before it ends where it should.
    fileprivate var beginsApart: Bool {
        if case .words(let text) = self { text.first?.isWhitespace ?? true } else { false }
    }
}
