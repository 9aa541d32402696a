/// A small random number generator whose numbers depend on the seed alone (SplitMix64; Steele, Lea & Flood 2014).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Creates a generator.
    public init(seed: UInt64) {
        state = seed
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to but not including 1.
    mutating func unit() -> Double {
        Double(next() >> 11) / Double(1 << 53)
    }

    /// True with a probability.
    mutating func chance(_ probability: Double) -> Bool {
        unit() < probability
    }

    /// A number around 0 with a standard deviation of 1: the sum of twelve uniform ones, less six.
    mutating func normal() -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + unit() }
    }

    /// A non-negative number of events with a mean.
    mutating func events(mean: Double) -> Int {
        max(0, Int((mean + normal() * mean.squareRoot()).rounded()))
    }
}
