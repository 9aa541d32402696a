import Postgres

/// What counts are about: a stretch, named by its first day, and a value.
struct CellPlace: Hashable, Comparable {
    let start: CalendarDay
    let within: Int32
    let value: Int32

    static func < (left: CellPlace, right: CellPlace) -> Bool {
        (left.start, left.within, left.value) < (right.start, right.within, right.value)
    }
}

extension [CellPlace: MeasureCounts] {
    /// The rows in the order of their stretch, then their value.
    var rows: [MeasureRow] {
        sorted { $0.key < $1.key }.map {
            MeasureRow(start: $0.key.start, within: $0.key.within, value: $0.key.value, counts: $0.value)
        }
    }
}

/// Gathers the sums of all tables of cells, row by row of figures.
struct CountTable {
    private(set) var counts: [CellPlace: MeasureCounts] = [:]

    private subscript(start: CalendarDay, within: Int32, value: Int32) -> MeasureCounts {
        get { counts[CellPlace(start: start, within: within, value: value)] ?? MeasureCounts() }
        _modify { yield &counts[CellPlace(start: start, within: within, value: value), default: MeasureCounts()] }
    }

    mutating func addAnswers(_ rows: PostgresRows) throws {
        for (start, within, value, effort, isSuspect, isExcluded, nps, csat, ces, resolved, complete)
            in try rows.decode(
                CalendarDay.self, Int32.self, Int32.self, String.self, Bool.self, Bool.self, [Int].self, [Int].self,
                [Int].self, [Int].self, [Int].self)
        {
            // Scores are counted from 0 up; these scales begin at 1.
            var scores = ["nps": nps, "csat": [0] + csat, "resolved": resolved, "complete": complete]
            if !effort.isEmpty { scores[effort] = [0] + ces }
            scores = scores.filter { $0.value.contains { $0 > 0 } }
            if isExcluded {
                self[start, within, value].excludedScores.merge(scores) { zip($0, $1).map(+) }
                continue
            }
            self[start, within, value].scores.merge(scores) { zip($0, $1).map(+) }
            if isSuspect { self[start, within, value].suspectScores.merge(scores) { zip($0, $1).map(+) } }
        }
    }

    mutating func addAsking(_ rows: PostgresRows) throws {
        for (start, within, value, resolutions, waiting, invited, timed, seconds, squares) in try rows.decode(
            CalendarDay.self, Int32.self, Int32.self, Int.self, Int.self, Int.self, Int.self, Int.self, Int.self)
        {
            self[start, within, value].asking.resolutions = resolutions
            self[start, within, value].asking.waiting = waiting
            self[start, within, value].asking.invited = invited
            self[start, within, value].asking.invitedTimes = SumCounts(n: timed, sum: seconds, squares: squares)
        }
    }

    mutating func addSkips(_ rows: PostgresRows) throws {
        for (start, within, value, rule, skipped) in try rows.decode(
            CalendarDay.self, Int32.self, Int32.self, String.self, Int.self)
        {
            self[start, within, value].asking.skipped[rule] = skipped
        }
    }

    mutating func addAnswered(_ rows: PostgresRows) throws {
        for (start, within, value, answered, complete, timed, seconds, squares) in try rows.decode(
            CalendarDay.self, Int32.self, Int32.self, Int.self, Int.self, Int.self, Int.self, Int.self)
        {
            self[start, within, value].asking.answered = answered
            self[start, within, value].asking.complete = complete
            self[start, within, value].asking.answeredTimes = SumCounts(n: timed, sum: seconds, squares: squares)
        }
    }

    mutating func addHandling(_ rows: PostgresRows) throws {
        for (start, within, value, isContact, sums) in try rows.decode(
            CalendarDay.self, Int32.self, Int32.self, Bool.self, [Int].self)
        {
            let handling = HandlingCounts(
                handled: sums[0], talk: sums[1], hold: sums[2], wrap: sums[3], squares: sums[4], talkSquares: sums[5],
                holdSquares: sums[6], wrapSquares: sums[7], short: sums[8], unlinked: sums[9])
            if isContact {
                self[start, within, value].wholeContacts = handling
            } else {
                self[start, within, value].legs = handling
            }
        }
    }

    mutating func addContacts(_ rows: PostgresRows) throws {
        for (start, within, value, sums) in try rows.decode(CalendarDay.self, Int32.self, Int32.self, [Int].self) {
            self[start, within, value].contacts = ContactCounts(
                all: sums[0], known: sums[1], closed: sums[2], closedResolved: sums[3], first: sums[4],
                firstResolved: sums[5], pending: sums[6], combined: sums[7], combinedResolved: sums[8])
        }
    }

    mutating func addWindows(_ rows: PostgresRows) throws {
        for (start, within, value, place, sums) in try rows.decode(
            CalendarDay.self, Int32.self, Int32.self, Int.self, [Int].self)
        {
            if self[start, within, value].windows.isEmpty {
                self[start, within, value].windows = WindowCounts.days.map { _ in WindowCounts() }
            }
            self[start, within, value].windows[place - 1] = WindowCounts(
                first: sums[0], firstResolved: sums[1], pending: sums[2], closed: sums[3], closedResolved: sums[4],
                anyTopic: sums[5], anyTopicResolved: sums[6], anyTopicPending: sums[7])
        }
    }

    mutating func addComplaints(_ rows: PostgresRows) throws {
        for (start, within, value, received, linked) in try rows.decode(
            CalendarDay.self, Int32.self, Int32.self, Int.self, Int.self)
        {
            self[start, within, value].complaints.received = received
            self[start, within, value].complaints.linked = linked
        }
    }

    mutating func addClosings(_ rows: PostgresRows) throws {
        for (start, within, value, closings, reopened, minutes, squares) in try rows.decode(
            CalendarDay.self, Int32.self, Int32.self, Int.self, Int.self, Int.self, Int.self)
        {
            self[start, within, value].complaints.closings = closings
            self[start, within, value].complaints.reopened = reopened
            self[start, within, value].complaints.minutes = minutes
            self[start, within, value].complaints.squares = squares
        }
    }

    mutating func addDurations(_ rows: PostgresRows) throws {
        for (start, within, value, isContact, buckets, counts) in try rows.decode(
            CalendarDay.self, Int32.self, Int32.self, Bool.self, [Int16].self, [Int32].self)
        {
            if isContact {
                add(buckets, counts, to: &self[start, within, value].wholeContacts.buckets)
            } else {
                add(buckets, counts, to: &self[start, within, value].legs.buckets)
            }
        }
    }

    mutating func addClosingTimes(_ rows: PostgresRows) throws {
        for (start, within, value, buckets, counts) in try rows.decode(
            CalendarDay.self, Int32.self, Int32.self, [Int16].self, [Int32].self)
        {
            add(buckets, counts, to: &self[start, within, value].complaints.buckets)
        }
    }
}

private func add(_ buckets: [Int16], _ counts: [Int32], to sum: inout [Int: Int]) {
    for (bucket, count) in zip(buckets, counts) { sum[Int(bucket), default: 0] += Int(count) }
}
