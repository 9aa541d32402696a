import Feedback
import Foundation
import Postgres

extension CalendarDay {
    /// The whole date as the language writes it, in the digits of the rest of the page.
    func written(in language: Language) -> String {
        // 1 January 2000 is 946,684,800 seconds after 1970.
        let midnight = Date(timeIntervalSince1970: 946_684_800 + Double(dayNumber) * 86_400)
        let locale = Locale(identifier: "\(language.code)-u-nu-latn")
        return midnight.formatted(Date.FormatStyle(date: .long, time: .omitted, locale: locale, timeZone: .gmt))
    }
}
