import Foundation

extension Duration {
    /// Reads the value of a `Retry-After` header: seconds or a date (RFC 9110, section 10.2.3).
    ///
    /// - Parameters:
    ///   - now: The moment the answer came; a date before it is a wait of nothing.
    ///   - limit: The longest wait that is honoured; more is cut to it, however large the number.
    /// - Returns: nil for anything else, such as a negative number, a fraction or two values.
    public init?(retryAfter value: String, now: Date, atMost limit: Duration) {
        // The longest form of a date has 33 characters; a number that is longer still is refused with everything else.
        guard value.utf8.count <= 64 else { return nil }
        let text = value.trimmingCharacters(in: CharacterSet(charactersIn: " \t"))
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            // Nil is a number too large to hold.
            self = min(limit, Int64(text).map { .seconds($0) } ?? limit)
        } else if let date = httpDate(text, now: now),
            let seconds = Int64(exactly: date.timeIntervalSince(now).rounded(.up))
        {
            self = min(limit, max(.zero, .seconds(seconds)))
        } else {
            return nil
        }
    }
}
