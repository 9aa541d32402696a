import Feedback
import Store
import Synchronization

/// The templates that a running process uses; reloaded now and then.
public final class TemplatesInUse: Sendable {
    private let templates: Mutex<MessageTemplates>
    private let changes = Atomic(0)

    /// Begins with those that ship.
    ///
    /// - Throws: ``TemplateProblems`` if one is not right.
    public init() throws { templates = Mutex(try MessageTemplates()) }

    /// Takes up what was published.
    public func reload(from store: Store) async throws {
        let newest = try await store.messageTemplates()
        templates.withLock { templates in
            guard templates != newest else { return }
            templates = newest
            changes.add(1, ordering: .sequentiallyConsistent)
        }
    }

    /// Changes with what is in use.
    var revision: Int { changes.load(ordering: .sequentiallyConsistent) }

    /// The message about a model in its language, or nil if there is no template for it.
    func text(for model: MessageModel, by channel: MessageChannel) -> MessageText? {
        templates.withLock { $0 }.text(for: model, by: channel)
    }
}
