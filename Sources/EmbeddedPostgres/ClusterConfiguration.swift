/// The configuration files of a cluster, written anew before every start.
///
/// An operator's own settings belong into `alter system`, which PostgreSQL keeps in another file and lets prevail.
struct ClusterConfiguration {
    let location: ClusterLocation
    let account: ServerAccount
    /// Settings that take precedence over those below.
    let settings: [String: String]

    func write() throws {
        try account.write(serverSettings, to: "\(location.cluster)/postgresql.conf")
        try account.write("local all hearback peer map=hearback\n", to: "\(location.cluster)/pg_hba.conf")
        let map = try account.namesOfPermittedUsers().map { "hearback \"\($0)\" hearback\n" }
        try account.write(map.joined(), to: "\(location.cluster)/pg_ident.conf")
    }

    /// Chosen for a small machine that does other work too.
    private var serverSettings: String {
        let own = settings.sorted { $0.key < $1.key }.map { "\($0.key) = \(quoted($0.value))" }
        return """
            # Written by hearback at every start. Change settings with "alter system"; that file is left alone.
            listen_addresses = ''
            port = 5432
            unix_socket_directories = \(quoted("\"\(location.socketFolder.replacing("\"", with: "\"\""))\""))
            unix_socket_permissions = 0700
            cluster_name = 'hearback'
            max_connections = 40

            shared_buffers = 256MB
            effective_cache_size = 1GB
            work_mem = 16MB
            maintenance_work_mem = 128MB
            random_page_cost = 1.1
            jit = off

            fsync = on
            synchronous_commit = on
            wal_level = replica
            min_wal_size = 256MB
            max_wal_size = 4GB
            checkpoint_timeout = 15min
            checkpoint_completion_target = 0.9

            timezone = 'UTC'
            log_timezone = 'UTC'
            datestyle = 'ISO'
            lc_messages = 'C'
            default_text_search_config = 'pg_catalog.simple'

            # One file for each day of the week, overwritten a week later. No statement, no parameter and no refused row
            # is logged: they may hold personal data. Refused statements are the program's to report.
            logging_collector = on
            log_directory = 'log'
            log_filename = 'postgresql-%a.log'
            log_rotation_age = 1d
            log_rotation_size = 0
            log_truncate_on_rotation = on
            log_min_messages = log
            log_min_error_statement = panic
            log_error_verbosity = terse
            log_statement = none
            log_checkpoints = off

            \(own.joined(separator: "\n"))

            """
    }

    private func quoted(_ value: String) -> String {
        "'\(value.replacing("'", with: "''").replacing("\\", with: "\\\\"))'"
    }
}
