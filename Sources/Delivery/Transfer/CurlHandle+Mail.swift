import CCurl

extension CurlHandle {
    /// Sends a mail on the open connection to that server, or on a new one; blocks.
    func send(_ mail: MailTransfer, through server: MailServer) throws(TransferError) -> MailAcceptance {
        try mail.check()
        try prepare(
            url: server.url(), protocols: server.security == .implicit ? "smtps" : "smtp",
            connectTimeout: server.connectTimeout, timeout: server.timeout)
        try set(CURLOPT_USE_SSL, server.security.curlValue)
        if let credentials = server.credentials {
            try set(credentials)
            // Left to itself, libcurl would prefer ways to log in that need more than a user and a password.
            try set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN")
        }
        try set(CURLOPT_MAIL_FROM, mail.sender)
        let recipients = curl_slist_append(nil, mail.recipient)
        defer { curl_slist_free_all(recipients) }
        try set(CURLOPT_MAIL_RCPT, memory: recipients)
        let progress = MailProgress(hasLoggedIn: hasLoggedIn)
        mailProgress = progress
        defer { mailProgress = nil }
        let code = try upload(mail.message, progress)
        hasLoggedIn = progress.transcript.hasLoggedIn
        let reply = progress.transcript.reply
        guard code == CURLE_OK, progress.transcript.stage == .end, let reply else {
            throw failure(code, progress.transcript, server)
        }
        return MailAcceptance(code: reply.code, text: server.credentials?.redacting(reply.text) ?? reply.text)
    }

    private func upload(_ message: [UInt8], _ progress: MailProgress) throws(TransferError) -> CURLcode {
        // The size stays untold: libcurl would count the dots it adds and could take a part for the whole.
        try set(CURLOPT_UPLOAD, 1)
        try set(CURLOPT_VERBOSE, 1)
        let context = Unmanaged.passUnretained(progress).toOpaque()
        try set(CURLOPT_READDATA, memory: context)
        try set(CURLOPT_DEBUGDATA, memory: context)
        try set { set_reader($0, MailProgress.read) }
        try set { set_debugger($0, MailProgress.note) }
        return message.withUnsafeBytes { bytes in
            progress.unread = bytes[...]
            defer { progress.unread = nil }
            return perform()
        }
    }

    /// What a failure means, by how far the session had come.
    private func failure(_ code: CURLcode, _ transcript: MailTranscript, _ server: MailServer) -> TransferError {
        let hasEnded = transcript.stage == .end
        let isReady = transcript.stage != .connection && transcript.stage != .authentication
        switch code {
        case CURLE_ABORTED_BY_CALLBACK where !hasEnded:
            return reasonToStop ?? .lost(reason: CurlHandle.meaning(of: code))
        case CURLE_OPERATION_TIMEDOUT where isReady:
            return .timeout(hasEnded ? .afterEnd : .beforeEnd)
        case CURLE_COULDNT_CONNECT where hasRefusedAddress:
            return .forbiddenAddress
        case _ where isEncryptionFailure(code) && !isReady:
            return .tls(reason: reason(for: code))
        default:
            break
        }
        if let reply = transcript.reply, (400...599).contains(reply.code) {
            return .refused(MailRefusal(reply, at: transcript, of: server))
        }
        if hasEnded { return .uncertain(reason: CurlHandle.meaning(of: code)) }
        return isReady ? .lost(reason: CurlHandle.meaning(of: code)) : .connect(reason: reason(for: code))
    }
}

extension MailRefusal {
    /// Reads a refusal, and keeps out of it what a server may quote of the login.
    fileprivate init(_ reply: MailTranscript.Reply, at transcript: MailTranscript, of server: MailServer) {
        self.init(code: reply.code, stage: transcript.stage, text: reply.text)
        guard let credentials = server.credentials else { return }
        // libcurl goes on without a login where none is offered; most servers then refuse the sender or recipient.
        if !transcript.hasLoggedIn, stage == .sender || stage == .recipient { stage = .authentication }
        text = stage == .authentication ? enhancedCode ?? "" : credentials.redacting(text)
    }
}

extension MailServer.Security {
    fileprivate var curlValue: Int {
        switch self {
        case .none: Int(CURLUSESSL_NONE.rawValue)
        case .opportunistic: Int(CURLUSESSL_TRY.rawValue)
        case .required, .implicit: Int(CURLUSESSL_ALL.rawValue)
        }
    }
}

/// True for the failures of libcurl that have to do with certificates and encryption.
func isEncryptionFailure(_ code: CURLcode) -> Bool {
    switch code {
    case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
        CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CERTPROBLEM,
        CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED:
        true
    default:
        false
    }
}
