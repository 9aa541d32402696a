/// A header of a request or a reply.
public struct HTTPHeader: Sendable, Equatable {
    /// The name, whose case does not matter.
    public var name: String
    /// The value.
    public var value: String

    /// Creates a header.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    private static let tokenMarks = Set("!#$%&'*+-.^_`|~".utf8)
    /// Headers that say where a request begins, ends and goes, which only the address and the body decide.
    private static let reserved: Set = ["connection", "content-length", "expect", "host", "te", "transfer-encoding"]

    /// A token and a value without control characters (RFC 9110, sections 5.1 and 5.5).
    var isSendable: Bool {
        let isToken = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                true
            default: HTTPHeader.tokenMarks.contains(byte)
            }
        }
        return isToken && !name.isEmpty && !HTTPHeader.reserved.contains(name.lowercased())
            && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// The header as libcurl reads it: without a value, only a semicolon keeps it from being left out.
    var line: String {
        value.allSatisfy { $0 == " " } ? "\(name);" : "\(name): \(value)"
    }
}
