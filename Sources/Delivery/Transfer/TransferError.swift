/// Why a transfer did not succeed.
public enum TransferError: Error, Sendable, Equatable {
    /// What was refused before anything was sent.
    public enum Part: String, Sendable {
        case sender, recipient, message, server, credentials, url, header
    }

    /// A side of the moment at which the last byte of a message or request may have been sent.
    public enum Moment: String, Sendable {
        case beforeEnd, afterEnd
    }

    /// A part of the transfer cannot be sent safely; nothing was.
    case invalid(Part)
    /// The server could not be reached, or was not ready for a mail or request in time; nothing was sent.
    case connect(reason: String)
    /// No encrypted connection came about, or the server's certificate was not to be trusted; nothing was sent.
    case tls(reason: String)
    /// The only addresses that the server has are ones the session may not connect to; nothing was sent.
    case forbiddenAddress
    /// The server said no.
    case refused(MailRefusal)
    /// The server took too long, once connected.
    case timeout(Moment)
    /// The connection broke before the end was sent: the server cannot have accepted anything.
    case lost(reason: String)
    /// The end was sent, but no usable reply arrived: the server may have accepted the transfer.
    case uncertain(reason: String)
    /// The reply has more bytes than wanted; the server did act on the request.
    case replyTooLarge(status: Int)
    /// The task was cancelled before the end was sent.
    case cancelled
    /// The session was closed before the end was sent.
    case closed
}

extension TransferError {
    /// What a failure means for the next attempt.
    public enum Consequence: String, Sendable {
        /// The same transfer may succeed later.
        case tryAgain
        /// The same transfer will not succeed.
        case giveUp
        /// No other transfer to this server would have succeeded either; this one says nothing about its recipient.
        case channelFault
        /// It may have arrived: trying again may deliver it twice.
        case mayHaveArrived
    }

    /// What the failure means for the next attempt.
    public var consequence: Consequence {
        switch self {
        case .invalid(.recipient), .invalid(.message): .giveUp
        case .invalid, .connect, .tls, .forbiddenAddress: .channelFault
        case .refused(let refusal): refusal.consequence
        case .timeout(.beforeEnd), .lost, .cancelled, .closed: .tryAgain
        case .timeout(.afterEnd), .uncertain, .replyTooLarge: .mayHaveArrived
        }
    }
}

extension TransferError: CustomStringConvertible {
    /// One line without any address, credentials or words of the server's; safe to show and to log.
    public var description: String {
        switch self {
        case .invalid(let part): "the \(part.rawValue) cannot be sent safely"
        case .connect(let reason): "no connection: \(reason)"
        case .tls(let reason): "no trusted encrypted connection: \(reason)"
        case .forbiddenAddress: "the server's address is not allowed"
        case .refused(let refusal): "refused at \(refusal.stage.rawValue): \(refusal.codes)"
        case .timeout(.beforeEnd): "timed out before everything was sent"
        case .timeout(.afterEnd): "timed out after everything was sent"
        case .lost(let reason): "connection lost before everything was sent: \(reason)"
        case .uncertain(let reason): "no reply after everything was sent: \(reason)"
        case .replyTooLarge(let status): "the reply is too large (status \(status))"
        case .cancelled: "cancelled"
        case .closed: "the session is closed"
        }
    }
}
