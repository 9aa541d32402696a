import ArgumentParser
import Feedback
import Foundation
import Store

/// `hearback survey`: what customers are asked.
struct SurveyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "survey", abstract: "Check, publish and list surveys.",
        subcommands: [Publish.self, Check.self, List.self])

    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Publish a survey file as the survey's next version.",
            discussion: """
                A version never changes once it is published: answers keep meaning what their version asked. Invitations that \
                are already out keep the version they were issued with; new ones use the newest.
                """)

        @Argument(help: "The survey, a YAML file.", completion: .file())
        var file: String

        @OptionGroup var data: DataOptions

        func run() async throws {
            let survey = try read(file)
            let (version, isNew) = try await data.withStore { store in
                try await store.publish(survey, by: .command(user: NSUserName()), now: Date())
            }
            printOut(
                isNew
                    ? "Published \(version.survey.name), version \(version.number).\n"
                    : "\(version.survey.name) is published already as version \(version.number); nothing changed.\n")
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Check a survey file and publish nothing.")

        @Argument(help: "The survey, a YAML file.", completion: .file())
        var file: String

        func run() throws {
            let survey = try read(file).survey
            printOut(
                "\(file) is a valid survey: \(survey.questions.count) questions in \(survey.languages.joined(separator: ", ")).\n"
            )
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List every published version.")

        @Option(help: "table, csv or json.")
        var format = OutputFormat.table

        @OptionGroup var data: DataOptions

        func run() async throws {
            var listing = Listing(columns: [
                .init(heading: "survey"), .init(heading: "version", isNumber: true), .init(heading: "published"),
                .init(heading: "by"),
            ])
            listing.rows = try await data.withStore { try await $0.publishedSurveys() }
                .map {
                    [$0.name, "\($0.number)", $0.publication.at.ISO8601Format(), $0.publication.by ?? ""]
                }
            printOut(try listing.text(format))
        }
    }
}

private func read(_ path: String) throws -> SurveyFile {
    let source: String
    do {
        source = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
        throw ValidationError("\(path) cannot be read: \(error.localizedDescription)")
    }
    do {
        return try SurveyFile(source)
    } catch let problems as YAMLProblems {
        let lines = problems.problems.map { "\(path):\($0.line): \($0.reason)" }
        throw ValidationError("the survey cannot be published as it is:\n" + lines.joined(separator: "\n"))
    }
}
