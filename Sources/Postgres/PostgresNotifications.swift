import Logging

/// Something that a listener learns.
public enum PostgresNotification: Sendable, Equatable {
    /// What another session has sent by `notify` or `pg_notify`.
    case notification(channel: String, payload: String)
    /// Listening has begun, or begun again: look for yourself what there is to do.
    case mayHaveMissed
}

/// The notifications on some channels, over a connection of its own that is replaced whenever it is lost.
///
/// Never ends by itself: cancel the task, or leave the loop. Starts with `mayHaveMissed`.
public struct PostgresNotifications: AsyncSequence, Sendable {
    let conninfo: String
    let applicationName: String?
    let channels: [String]
    let logger: Logger

    /// Creates an iterator, which connects when it is first asked.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(source: self)
    }

    /// Waits for notifications.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let source: PostgresNotifications
        private var connection: PostgresConnection?
        private var pause = Duration.milliseconds(50)

        fileprivate init(source: PostgresNotifications) {
            self.source = source
        }

        /// Returns the next event; nil once the task is cancelled.
        public mutating func next() async -> PostgresNotification? {
            while !Task.isCancelled {
                guard let listener = connection else {
                    if await connect() { return .mayHaveMissed }
                    continue
                }
                do {
                    if let notification = try await listener.nextNotification() { return notification }
                } catch {
                    source.logger.warning("The listening connection was lost.", metadata: ["error": "\(error)"])
                }
                await disconnect()
            }
            await disconnect()
            return nil
        }

        private mutating func connect() async -> Bool {
            do {
                let listener = try await PostgresConnection.open(
                    source.conninfo, applicationName: source.applicationName, logger: source.logger)
                connection = listener
                let commands = source.channels.map { "listen \(PostgresConnection.quoteIdentifier($0))" }
                try await listener.execute(script: commands.joined(separator: ";"))
                pause = .milliseconds(50)
                return true
            } catch {
                await disconnect()
                source.logger.warning("Listening failed.", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: pause)
                pause = Swift.min(pause * 2, .seconds(1))
                return false
            }
        }

        private mutating func disconnect() async {
            await connection?.close()
            connection = nil
        }
    }
}
