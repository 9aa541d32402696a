/// Says how customer effort was asked for: the points of the scale, from 1 on, and which end of it is good.
public struct CESInstrument: Sendable, Hashable {
    /// Says which end of the scale is good.
    public enum Direction: Sendable, Hashable {
        /// The question asks for effort: 1 is the best answer.
        case lowerIsBetter

        /// The question asks for agreement that it was easy: the highest point is the best answer.
        case higherIsBetter
    }

    /// Holds the number of points, an odd number from 3 on.
    public let points: Int

    /// Holds which end of the scale is good.
    public let direction: Direction

    /// Creates an instrument; nil unless the points are an odd number from 3 on, so that there is a neutral middle.
    public init?(points: Int, direction: Direction) {
        guard points >= 3, points % 2 == 1 else { return nil }
        self.init(validPoints: points, direction: direction)
    }

    /// Is effort 1–5, lower is better (Dixon, Freeman & Toman 2010, *Harvard Business Review* 88).
    public static let effort = CESInstrument(validPoints: 5, direction: .lowerIsBetter)

    /// Is agreement 1–7 that it was easy, higher is better (CEB 2013, "CES 2.0").
    public static let ease = CESInstrument(validPoints: 7, direction: .higherIsBetter)

    private init(validPoints: Int, direction: Direction) {
        points = validPoints
        self.direction = direction
    }

    /// The points above the neutral middle and below it.
    var highPoints: ClosedRange<Int> { (points + 3) / 2...points }
    var lowPoints: ClosedRange<Int> { 1...(points - 1) / 2 }
}
