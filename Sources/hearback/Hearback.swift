import ArgumentParser

/// The command line's entry point.
@main
struct Hearback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hearback",
        abstract: "Customer feedback for credit and collections contact centres.",
        discussion: """
            Complaints and calls come in, their resolutions become invitations, customers answer by link, and a static \
            dashboard shows NPS, CSAT, CES, first contact resolution and handle time with their uncertainty.

            Everything is kept in one PostgreSQL. Without DATABASE_URL the program runs a private one in the data \
            folder: commands join the one of a running "hearback serve", or start it for as long as they take.

            Start with:   hearback serve --demo
            """,
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, ImportCommand.self, ExportCommand.self, InvitationsCommand.self, MeasuresCommand.self,
            DashboardsCommand.self, VerifyCommand.self, SurveyCommand.self, PolicyCommand.self,
            DecisionsCommand.self, DeliveriesCommand.self, FollowUpsCommand.self, LettersCommand.self,
            TemplateCommand.self, BouncesCommand.self, OrganisationCommand.self,
            TopicCommand.self, CustomerCommand.self, RetentionCommand.self, UserCommand.self, KeyCommand.self,
            AuditCommand.self, MigrateCommand.self,
            DemoCommand.self,
        ])
}
