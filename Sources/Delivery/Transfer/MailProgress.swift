import CCurl

/// One mail on its way: what is left of its message, and what has been said.
///
/// libcurl's functions get it as their context, on the thread that blocks in the transfer.
final class MailProgress {
    var transcript: MailTranscript
    /// What libcurl has not asked for yet; nil before and after the transfer.
    var unread: Slice<UnsafeRawBufferPointer>?

    init(hasLoggedIn: Bool) {
        transcript = MailTranscript(hasLoggedIn: hasLoggedIn)
    }

    /// Hands libcurl the next part of the message; nothing at the end of it.
    static let read: curl_read_callback = { buffer, size, count, context in
        guard let buffer, let context else { return Int(CURL_READFUNC_ABORT) }
        return Unmanaged<MailProgress>.fromOpaque(context).takeUnretainedValue()
            .read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
    }

    /// Hears the commands and replies.
    static let note: curl_debug_callback = { _, kind, bytes, count, context in
        guard let bytes, let context else { return 0 }
        let progress = Unmanaged<MailProgress>.fromOpaque(context).takeUnretainedValue()
        let line = UnsafeRawBufferPointer(start: bytes, count: count)
        switch kind {
        case CURLINFO_HEADER_OUT: progress.transcript.noteCommand(line)
        case CURLINFO_HEADER_IN: progress.transcript.noteReplyLine(line)
        default: break
        }
        return 0
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard let part = unread?.prefix(buffer.count), !part.isEmpty else {
            // From here on libcurl sends the end of the message without a further question.
            transcript.noteEnd()
            return 0
        }
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
        unread?.removeFirst(part.count)
        return part.count
    }
}
