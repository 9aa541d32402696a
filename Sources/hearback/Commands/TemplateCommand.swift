import ArgumentParser
import Delivery
import Feedback
import Foundation
import Store

/// `hearback template`: what messages to customers say.
struct TemplateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "Look at, check and publish the words of messages, by channel and language.",
        discussion: """
            A template is a text with tags such as {{link}}. Start from the one in use:
              hearback template show --channel email --language en > email-en.txt
              hearback template check email-en.txt --channel email --language en
              hearback template publish email-en.txt --channel email --language en
              hearback template preview --channel email --language en --out preview.html
            """, subcommands: [Preview.self, Show.self, Check.self, Publish.self])

    struct Place: ParsableArguments {
        @Option(help: "email, sms or letter.")
        var channel: MessageChannel

        @Option(help: "en, es or ar.")
        var language = Language.all[0]
    }

    struct Preview: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what a customer gets, with made-up values.",
            discussion:
                "Texts are measured: how many characters and segments they take, and which character makes them longer."
        )

        @OptionGroup var place: Place

        @Flag(help: "The reminder instead of the invitation.")
        var reminder = false

        @Option(help: ArgumentHelp("Write the HTML that is sent or printed to this file.", valueName: "file"))
        var out: String?

        @OptionGroup var data: DataOptions

        func run() async throws {
            let (templates, organisation, survey) = try await data.withStore { store in
                let survey = try await store.surveyVersions(after: 0).last?.survey
                return (try await store.messageTemplates(), try await store.organisation(), survey)
            }
            guard let survey else { throw ValidationError("publish a survey first") }
            let preview = try MessagePreview(
                channel: place.channel, language: place.language, isReminder: reminder, templates: templates,
                survey: survey, organisation: organisation, now: Date())
            if let out {
                guard let html = try preview.html else { throw ValidationError("a text message has no HTML") }
                try Data(html.utf8).write(to: URL(fileURLWithPath: out))
                printOut("Written to \(out).\n")
            } else {
                printOut(preview.text)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the template in use.")

        @OptionGroup var place: Place
        @OptionGroup var data: DataOptions

        func run() async throws {
            let templates = try await data.withStore { try await $0.messageTemplates() }
            guard let template = templates.template(for: place.channel, in: place.language) else {
                throw ValidationError("there is no template for \(place.channel.rawValue) in \(place.language.code)")
            }
            printOut(template.source)
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Check a template file and publish nothing.")

        @Argument(help: "The template, a text file.", completion: .file())
        var file: String
        @OptionGroup var place: Place

        func run() throws {
            _ = try readTemplate(file, place)
            printOut("\(file) is a valid template for \(place.channel.rawValue) in \(place.language.name).\n")
        }
    }

    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Use a template file for messages from now on.",
            discussion: "Processes that are running take it up within seconds.")

        @Argument(help: "The template, a text file.", completion: .file())
        var file: String
        @OptionGroup var place: Place
        @OptionGroup var data: DataOptions

        func run() async throws {
            let template = try readTemplate(file, place)
            let isNew = try await data.withStore { store in
                try await store.publishTemplate(
                    channel: place.channel.rawValue, language: place.language.code, source: template.source,
                    by: .command(user: NSUserName()), now: Date())
            }
            let name = "\(place.channel.rawValue) in \(place.language.name)"
            printOut(
                isNew ? "Published for \(name).\n" : "These words are used for \(name) already; nothing changed.\n")
        }
    }
}

private func readTemplate(_ path: String, _ place: TemplateCommand.Place) throws -> MessageTemplate {
    let source: String
    do {
        source = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
        throw ValidationError("\(path) cannot be read: \(error.localizedDescription)")
    }
    do {
        return try MessageTemplate(channel: place.channel, language: place.language, source: source)
    } catch let problems as TemplateProblems {
        let lines = problems.problems.map { "\(path):\($0.line): \($0.reason)" }
        throw ValidationError("the template cannot be used as it is:\n" + lines.joined(separator: "\n"))
    }
}

extension MessageChannel: ExpressibleByArgument {}

extension Language: ExpressibleByArgument {
    /// Reads a language's code.
    public init?(argument: String) {
        guard let language = Language.named(argument) else { return nil }
        self = language
    }

    /// The language's code.
    public var defaultValueDescription: String { code }
}
