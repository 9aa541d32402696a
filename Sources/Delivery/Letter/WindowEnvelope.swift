/// A place on a sheet, in millimetres from its top left corner.
struct Area: Equatable {
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double

    var width: Double { right - left }
    var height: Double { bottom - top }
}

/// An envelope with a window and the folded sheet that slides in it, in millimetres.
struct WindowEnvelope {
    let width: Double
    let height: Double
    let windowFromLeft: Double
    let windowFromFoot: Double
    let windowWidth: Double
    let windowHeight: Double
    /// The sheet as it is folded.
    let foldedWidth: Double
    let foldedHeight: Double

    /// Envelope DL for a sheet of A4 folded to 105 mm (DIN 680:2008).
    ///
    /// 220 × 110 mm, with a window of 90 × 45 mm, 20 mm from the left and 15 mm from the foot.
    static let dinLong = WindowEnvelope(
        width: 220, height: 110,
        windowFromLeft: 20, windowFromFoot: 15, windowWidth: 90, windowHeight: 45,
        foldedWidth: 210, foldedHeight: 105)

    /// Envelope #10 for a sheet of US Letter folded in three.
    ///
    /// 9 1/2 × 4 1/8 in, with the window that envelope makers call standard: 4 1/2 × 1 1/8 in, 7/8 in from the left and
    /// 1/2 in from the foot.
    static let number10 = WindowEnvelope(
        width: 9.5 * inch, height: 4.125 * inch,
        windowFromLeft: 0.875 * inch, windowFromFoot: 0.5 * inch, windowWidth: 4.5 * inch, windowHeight: 1.125 * inch,
        foldedWidth: 8.5 * inch, foldedHeight: 11 * inch / 3)

    /// What of the sheet shows in the window in at least one place to which the sheet can slide.
    var everShown: Area {
        Area(
            left: windowFromLeft - slackAcross, top: windowTop - slackDown,
            right: windowFromLeft + windowWidth, bottom: windowTop + windowHeight)
    }

    /// What of the sheet shows in the window wherever the sheet slides.
    var alwaysShown: Area {
        Area(
            left: windowFromLeft, top: windowTop,
            right: windowFromLeft + windowWidth - slackAcross, bottom: windowTop + windowHeight - slackDown)
    }

    private var windowTop: Double { height - windowFromFoot - windowHeight }
    private var slackAcross: Double { width - foldedWidth }
    private var slackDown: Double { height - foldedHeight }
}

/// An inch in millimetres.
let inch = 25.4
