extension MeasureCounts {
    /// Adds the counts of other days.
    mutating func add(_ other: MeasureCounts) {
        scores.merge(other.scores) { zip($0, $1).map(+) }
        suspectScores.merge(other.suspectScores) { zip($0, $1).map(+) }
        excludedScores.merge(other.excludedScores) { zip($0, $1).map(+) }
        asking.add(other.asking)
        legs.add(other.legs)
        wholeContacts.add(other.wholeContacts)
        contacts.add(other.contacts)
        if windows.isEmpty {
            windows = other.windows
        } else {
            for (place, window) in other.windows.enumerated() { windows[place].add(window) }
        }
        complaints.add(other.complaints)
    }
}

extension AskingCounts {
    fileprivate mutating func add(_ other: AskingCounts) {
        resolutions += other.resolutions
        waiting += other.waiting
        invited += other.invited
        skipped.merge(other.skipped, uniquingKeysWith: +)
        answered += other.answered
        complete += other.complete
        invitedTimes.add(other.invitedTimes)
        answeredTimes.add(other.answeredTimes)
    }
}

extension SumCounts {
    fileprivate mutating func add(_ other: SumCounts) {
        n += other.n
        sum += other.sum
        squares += other.squares
    }
}

extension HandlingCounts {
    fileprivate mutating func add(_ other: HandlingCounts) {
        handled += other.handled
        talk += other.talk
        hold += other.hold
        wrap += other.wrap
        squares += other.squares
        talkSquares += other.talkSquares
        holdSquares += other.holdSquares
        wrapSquares += other.wrapSquares
        short += other.short
        unlinked += other.unlinked
        buckets.merge(other.buckets, uniquingKeysWith: +)
    }
}

extension ContactCounts {
    fileprivate mutating func add(_ other: ContactCounts) {
        all += other.all
        known += other.known
        closed += other.closed
        closedResolved += other.closedResolved
        first += other.first
        firstResolved += other.firstResolved
        pending += other.pending
        combined += other.combined
        combinedResolved += other.combinedResolved
    }
}

extension WindowCounts {
    fileprivate mutating func add(_ other: WindowCounts) {
        first += other.first
        firstResolved += other.firstResolved
        pending += other.pending
        closed += other.closed
        closedResolved += other.closedResolved
        anyTopic += other.anyTopic
        anyTopicResolved += other.anyTopicResolved
        anyTopicPending += other.anyTopicPending
    }
}

extension ComplaintCounts {
    fileprivate mutating func add(_ other: ComplaintCounts) {
        received += other.received
        linked += other.linked
        closings += other.closings
        reopened += other.reopened
        minutes += other.minutes
        squares += other.squares
        buckets.merge(other.buckets, uniquingKeysWith: +)
    }
}
