//! Days of the calendar and seconds since 1970, for tokens that say when they end.
//!
//! By the method of <https://howardhinnant.github.io/date_algorithms.html>: years begin in March, so that the leap day is the
//! last of a year. Own code, since a library of dates is larger than the whole engine's share of them.

const DAY: u64 = 86_400;
/// From 0000-03-01 to 1970-01-01, in days.
const EPOCH: u64 = 719_468;
/// Days of four hundred years, after which the calendar repeats.
const ERA: u64 = 146_097;
/// 9999-12-31T23:59:59Z. Later dates are no dates that anybody meant.
pub(super) const LAST: u64 = 253_402_300_799;

/// Seconds since 1970 of `YYYYMMDDThhmmssZ`.
pub(super) fn seconds(date: &str) -> Option<u64> {
    let part = |at: std::ops::Range<usize>| date.get(at)?.parse::<u64>().ok();
    let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
    let seconds = part(9..11)? * 3600 + part(11..13)? * 60 + part(13..15)?;
    if year < 1970 || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    Some((days - EPOCH) * DAY + seconds)
}

/// The day in Greenwich as `YYYY-MM-DD`; the last one for anything behind it.
pub(super) fn day(seconds: u64) -> String {
    let days = seconds.min(LAST) / DAY + EPOCH;
    let (era, day) = (days / ERA, days % ERA);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    format!("{:04}-{month:02}-{day:02}", era * 400 + year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_requests_become_seconds() {
        assert_eq!(seconds("19700101T000000Z"), Some(0));
        assert_eq!(seconds("20000229T123456Z"), Some(951_827_696));
        assert_eq!(seconds("20261301T000000Z"), None);
        assert_eq!(seconds(""), None);
    }

    #[test]
    fn seconds_become_the_day_that_they_came_from() {
        for (at, expected) in [
            (0, "1970-01-01"),
            (951_827_696, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (4_102_444_799, "2099-12-31"),
            (4_107_542_400, "2100-03-01"),
            (LAST, "9999-12-31"),
            (u64::MAX, "9999-12-31"),
        ] {
            assert_eq!(day(at), expected);
        }
        for at in (0..LAST).step_by(100_003 * 997) {
            let written = format!("{}T000000Z", day(at).replace('-', ""));
            assert_eq!(seconds(&written), Some(at / DAY * DAY), "{written}");
        }
    }
}
