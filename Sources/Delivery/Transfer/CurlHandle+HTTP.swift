import CCurl

extension CurlHandle {
    /// Sends a request on an open connection to that server, or on a new one; blocks.
    func request(_ transfer: HTTPTransfer) throws(TransferError) -> HTTPReply {
        try transfer.check()
        try prepare(
            url: transfer.url, protocols: "http,https", connectTimeout: transfer.connectTimeout,
            timeout: transfer.timeout)
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        if let credentials = transfer.credentials {
            try set(CURLOPT_HTTPAUTH, auth_basic())
            try set(credentials)
        }
        let headers = transfer.headerList()
        defer { curl_slist_free_all(headers) }
        try set(CURLOPT_HTTPHEADER, memory: headers)
        let body: [UInt8] = if case .post(let bytes) = transfer.method { bytes } else { [] }
        let reply = ReplyBuffer(limit: transfer.replyLimit)
        let code = try withExtendedLifetime(reply) { () throws(TransferError) in
            try receive(reply)
            if case .post = transfer.method { return try post(body) }
            return perform()
        }
        guard code == CURLE_OK, number(CURLINFO_RESPONSE_CODE) >= 200 else {
            throw failure(code, reply, bodySize: body.count)
        }
        return HTTPReply(status: number(CURLINFO_RESPONSE_CODE), headers: replyHeaders(), body: reply.body)
    }

    private func receive(_ reply: ReplyBuffer) throws(TransferError) {
        let context = Unmanaged.passUnretained(reply).toOpaque()
        try set(CURLOPT_WRITEDATA, memory: context)
        try set(CURLOPT_HEADERDATA, memory: context)
        try set { set_writer($0, CURLOPT_WRITEFUNCTION, ReplyBuffer.write) }
        try set { set_writer($0, CURLOPT_HEADERFUNCTION, ReplyBuffer.writeHeader) }
    }

    private func post(_ body: [UInt8]) throws(TransferError) -> CURLcode {
        try set(CURLOPT_POST, 1)
        try set { set_size($0, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)) }
        return body.withUnsafeBytes { perform(posting: $0) }
    }

    /// What a failure means, by how much had been sent.
    private func failure(_ code: CURLcode, _ reply: ReplyBuffer, bodySize: Int) -> TransferError {
        let isConnected = size(CURLINFO_PRETRANSFER_TIME_T) > 0
        let hasEnded = isConnected && size(CURLINFO_SIZE_UPLOAD_T) >= bodySize
        switch code {
        // The last one means a user in the address.
        case CURLE_URL_MALFORMAT where !isConnected, CURLE_UNSUPPORTED_PROTOCOL where !isConnected,
            CURLE_LOGIN_DENIED where !isConnected:
            return .invalid(.url)
        case CURLE_WRITE_ERROR where reply.isTooLarge:
            return .replyTooLarge(status: number(CURLINFO_RESPONSE_CODE))
        case CURLE_ABORTED_BY_CALLBACK where !hasEnded:
            return reasonToStop ?? .lost(reason: CurlHandle.meaning(of: code))
        case CURLE_OPERATION_TIMEDOUT where isConnected:
            return .timeout(hasEnded ? .afterEnd : .beforeEnd)
        case CURLE_COULDNT_CONNECT where hasRefusedAddress:
            return .forbiddenAddress
        case _ where isEncryptionFailure(code) && !isConnected:
            return .tls(reason: reason(for: code))
        default:
            if hasEnded { return .uncertain(reason: CurlHandle.meaning(of: code)) }
            return isConnected ? .lost(reason: CurlHandle.meaning(of: code)) : .connect(reason: reason(for: code))
        }
    }
}

extension HTTPTransfer {
    /// The headers for libcurl, without those it would add by itself; to be freed by the caller.
    fileprivate func headerList() -> UnsafeMutablePointer<curl_slist>? {
        var lines = headers.map(\.line) + ["Expect:"]
        if !headers.contains(where: { $0.name.lowercased() == "content-type" }) { lines.append("Content-Type:") }
        return lines.reduce(nil) { list, line in curl_slist_append(list, line) ?? list }
    }
}
