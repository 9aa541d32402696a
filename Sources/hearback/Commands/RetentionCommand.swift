import ArgumentParser
import Foundation
import Postgres
import Store

/// `hearback retention`: how long personal data are kept.
struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", abstract: "Show or change how long personal data are kept.",
        discussion: """
            Names, addresses and numbers are forgotten some days after a customer's last invitation was answered or expired, comments are \
            removed some months after the answer; scores stay. "hearback serve" sees to it once a day.
              hearback retention --contact-days 60 --comment-months 12
              hearback retention --run
            """)

    @Option(help: ArgumentHelp("After how many days contact details are forgotten, 0 to 3650.", valueName: "days"))
    var contactDays: Int?

    @Option(help: ArgumentHelp("After how many months comments are removed, 1 to 120.", valueName: "months"))
    var commentMonths: Int?

    @Flag(name: .customLong("run"), help: "Forget now what is due.")
    var runsNow = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        let (retention, counts) = try await data.withStore { [contactDays, commentMonths, runsNow] store in
            do {
                try await store.setRetention(
                    contactDays: contactDays, commentMonths: commentMonths, by: .command(user: NSUserName()),
                    now: Date())
            } catch let error as PostgresError where error.constraint == "retention_contact_days_range" {
                throw ValidationError("--contact-days must be 0 to 3650")
            } catch let error as PostgresError where error.constraint == "retention_comment_months_range" {
                throw ValidationError("--comment-months must be 1 to 120")
            }
            return (try await store.retention(), runsNow ? try await store.applyRetention(now: Date()) : nil)
        }
        var text = """
            contact details  \(retention.contactDays) days after the last invitation closes
            comments         \(retention.commentMonths) months after the answer

            """
        if let counts {
            text += """
                Forgotten: contact details of \(counts.customers) customers, addresses of \(counts.deliveries) messages, \
                \(counts.comments) comments, \(counts.remarks) remarks about answers.

                """
        }
        printOut(text)
    }
}
