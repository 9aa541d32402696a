extension Sequence<UInt8> {
    /// The bytes in hexadecimal, two small digits each (RFC 4648, section 8).
    public var hexadecimal: String { TextAlphabet.hexadecimal.encode(self) }
}
