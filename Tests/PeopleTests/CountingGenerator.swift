/// Gives the numbers from one up, so that random bytes are 1, 2, 3 and so on.
struct CountingGenerator: RandomNumberGenerator {
    private var last: UInt64 = 0

    mutating func next() -> UInt64 {
        last += 1
        return last
    }
}
