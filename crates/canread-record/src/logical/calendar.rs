//! Days and the calendar: the Gregorian one, also before it was used.
//!
//! Years are counted from the 1st of March, so that the day that comes every fourth year is the last of its year.

#![expect(clippy::arithmetic_side_effects, reason = "all numbers are those of the years 1 to 9999")]

/// The first day of the year 1, from 1970-01-01.
pub(super) const DAY_MIN: i32 = -719_162;
/// The last day of the year 9999.
pub(super) const DAY_MAX: i32 = 2_932_896;
/// Seconds of a day.
pub(super) const DAY_SECONDS: i64 = 86_400;

/// From 0000-03-01 to 1970-01-01.
const DAYS_TO_1970: i32 = 719_468;
const DAYS_OF_400_YEARS: i32 = 146_097;

/// The day of a date; `None` if the calendar does not have it.
pub(super) const fn day(year: i32, month: u32, day_of_month: u32) -> Option<i32> {
    if year < 1 || year > 9999 || month < 1 || month > 12 || day_of_month < 1 || day_of_month > days_in(year, month) {
        return None;
    }
    // From March: 0 to 11.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    // Five months from March on have 153 days.
    let day_of_year = (153 * month + 2) / 5 + day_of_month - 1;
    Some(365 * year + year / 4 - year / 100 + year / 400 + day_of_year.cast_signed() - DAYS_TO_1970)
}

const fn days_in(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Year, month and day of month of a day between [`DAY_MIN`] and [`DAY_MAX`].
pub(super) const fn date(day: i32) -> (i32, u32, u32) {
    let day = day + DAYS_TO_1970;
    let (centuries, rest) = (day / DAYS_OF_400_YEARS, day % DAYS_OF_400_YEARS);
    // Without the leap days, every year has 365 days.
    let year = (rest - rest / 1_460 + rest / 36_524 - rest / 146_096) / 365;
    let day_of_year = (rest - (365 * year + year / 4 - year / 100)).cast_unsigned();
    let month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
    let year = year + 400 * centuries;
    if month < 10 { (year, month + 3, day_of_month) } else { (year + 1, month - 9, day_of_month) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_calendar_has_one_date_and_the_next_day_the_next_date() {
        let mut next = DAY_MIN;
        for year in 1..=9999 {
            for month in 1..=12 {
                for day_of_month in 1..=days_in(year, month) {
                    assert_eq!(day(year, month, day_of_month), Some(next));
                    assert_eq!(date(next), (year, month, day_of_month));
                    next += 1;
                }
            }
        }
        assert_eq!(next, DAY_MAX + 1);
        assert_eq!(day(1970, 1, 1), Some(0));
        for none in [(0, 1, 1), (10_000, 1, 1), (2023, 2, 29), (1900, 2, 29), (2024, 13, 1), (2024, 4, 31), (1, 1, 0)] {
            assert_eq!(day(none.0, none.1, none.2), None);
        }
    }
}
