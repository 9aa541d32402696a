/// A record's cells as the plan's columns name them; the bytes they point into travel beside it.
struct Record {
    let line: Int
    let cells: [Cell]
    /// The place of each of the plan's columns among the cells; -1 where the file lacks it.
    let places: [Int]

    func cell(_ column: Int) -> Cell {
        let place = places[column]
        return place < 0 || place >= cells.count ? .absent : cells[place]
    }
}
