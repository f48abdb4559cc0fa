//! Days as dates, of the years 1 to 9999.
//!
//! Source: ISO 8601, section 3.2.1: the Gregorian calendar, also before it was made.

#![expect(clippy::arithmetic_side_effects, reason = "numbers of seven digits at most")]

/// Days from the first day of year 1 to that of 1970.
pub(super) const EPOCH_DAYS: i64 = days_before_year(1970);

const MONTH_DAYS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Days from the first day of year 1 to that of a year, which is 1 or later.
const fn days_before_year(year: i64) -> i64 {
    let before = year - 1;
    365 * before + before / 4 - before / 100 + before / 400
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn months(year: i64) -> impl Iterator<Item = i64> {
    (1..).zip(MONTH_DAYS).map(move |(month, days)| days + i64::from(month == 2 && is_leap(year)))
}

/// The days from the first day of year 1 to a date; none if there is no such date.
pub(super) fn days((year, month, day): (i64, i64, i64)) -> Option<i64> {
    let at = usize::try_from(month.checked_sub(1)?).ok()?;
    let is_date = (1..=9999).contains(&year) && (1..=months(year).nth(at)?).contains(&day);
    is_date.then(|| days_before_year(year) + months(year).take(at).sum::<i64>() + day - 1)
}

/// Year, month and day of so many days after the first one of year 1.
pub(super) fn date(days: i64) -> (i64, i64, i64) {
    // At most one year off: 400 years have 146,097 days.
    let mut year = days * 400 / 146_097 + 1;
    if days_before_year(year) > days {
        year -= 1;
    } else if days_before_year(year + 1) <= days {
        year += 1;
    }
    let mut left = days - days_before_year(year);
    let mut month = 1;
    for length in months(year) {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    (year, month, left + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_has_a_date_that_leads_back_to_it() {
        let end = days_before_year(10_000);
        let mut last = (0, 0, 0);
        for day in 0..end {
            let date = date(day);
            assert!(date > last, "{date:?} {last:?}");
            assert_eq!(days(date), Some(day), "{date:?}");
            last = date;
        }
        assert_eq!(last, (9999, 12, 31));
        assert_eq!(date(EPOCH_DAYS), (1970, 1, 1));
    }

    #[test]
    fn what_is_no_date_has_no_day() {
        for date in [
            (0, 1, 1),
            (2026, 0, 1),
            (2026, 13, 1),
            (2026, 2, 29),
            (2000, 2, 30),
            (1900, 2, 29),
            (2026, 4, 31),
            (2026, 1, 0),
        ] {
            assert_eq!(days(date), None, "{date:?}");
        }
        assert!(days((2000, 2, 29)).is_some());
    }
}
