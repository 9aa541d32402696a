/// Walks over a short value from left to right; each step says whether it succeeded.
struct DigitReader {
    var position = 0

    /// Reads from `least` to `most` decimal digits.
    mutating func number(_ bytes: Span<UInt8>, least: Int, most: Int) -> Int? {
        var value = 0
        var count = 0
        while count < most, position < bytes.count, bytes[position].isDigit {
            value = value &* 10 &+ Int(bytes[position] &- 0x30)
            position += 1
            count += 1
        }
        return count >= least ? value : nil
    }

    mutating func byte(_ bytes: Span<UInt8>, _ wanted: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == wanted else { return false }
        position += 1
        return true
    }

    /// Reads digits after a decimal point as millionths; digits beyond the sixth are dropped.
    mutating func millionths(_ bytes: Span<UInt8>) -> Int? {
        let start = position
        guard var value = number(bytes, least: 1, most: 6) else { return nil }
        for _ in (position - start)..<6 { value *= 10 }
        while position < bytes.count, bytes[position].isDigit { position += 1 }
        return value
    }
}
