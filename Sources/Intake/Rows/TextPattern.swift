/// A text in which `*` stands for any run of characters, as in `Closed*`.
struct TextPattern: Equatable, Sendable {
    let bytes: [UInt8]
    let hasWildcard: Bool

    init(_ text: String) {
        bytes = Array(text.utf8)
        hasWildcard = bytes.contains(UInt8(ascii: "*"))
    }

    func matches(_ value: Span<UInt8>) -> Bool {
        guard hasWildcard else { return equal(value, bytes) }
        // Goes on greedily and, at a mismatch, lets the last star swallow one byte more.
        var position = 0
        var index = 0
        var lastStar: (pattern: Int, value: Int)?
        while position < value.count {
            if index < bytes.count, bytes[index] == UInt8(ascii: "*") {
                lastStar = (index, position)
                index += 1
            } else if index < bytes.count, bytes[index] == value[position] {
                index += 1
                position += 1
            } else if let star = lastStar {
                lastStar = (star.pattern, star.value + 1)
                index = star.pattern + 1
                position = star.value + 1
            } else {
                return false
            }
        }
        return bytes[index...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
