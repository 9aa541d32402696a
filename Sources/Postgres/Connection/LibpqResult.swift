import CLibpq

/// Owns a result of libpq.
final class LibpqResult: Sendable {
    /// Safe to share: libpq never changes a result once it has been handed out.
    nonisolated(unsafe) let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    var status: ExecStatusType { PQresultStatus(pointer) }

    /// The number of rows in the command's tag; 0 for commands without one.
    var affectedRows: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }
}
