//! A day, without a clock.

use std::fmt;

/// A day of the Gregorian calendar, from the year 0 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

const DAY_SECONDS: u64 = 24 * 60 * 60;

impl Date {
    /// The day, if there is one.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let is_day = year <= 9999 && (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day);
        is_day.then_some(Self { year, month, day })
    }

    /// Reads `2026-12-31`, a full-date of RFC 3339.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts.as_slice() else { return None };
        let number = |text: &str, digits: usize| {
            (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| text.parse::<u16>().ok())?
        };
        Self::new(number(year, 4)?, number(month, 2)?.try_into().ok()?, number(day, 2)?.try_into().ok()?)
    }

    /// The day in which a time lies, in UTC, given as seconds since 1970.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`, for days from 1970 on.
    #[must_use]
    pub fn of_unix_seconds(seconds: u64) -> Option<Self> {
        // Days since the first of March of the year 0, so that a leap day ends its year.
        let days = seconds / DAY_SECONDS + 719_468;
        let era = days / 146_097;
        let day_of_era = days % 146_097;
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = era * 400 + year_of_era + u64::from(month <= 2);
        Self::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
    }
}

fn days_of(year: u16, month: u8) -> u8 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => 28 + u8::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_there_are_are_read() {
        for text in ["2026-12-31", "2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31"] {
            assert_eq!(Date::parse(text).map(|date| date.to_string()).as_deref(), Some(text));
        }
        for text in [
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-4-1",
            "26-04-01",
            "2026-04-01T",
            "2026/04/01",
            "+026-04-01",
            "tomorrow",
            "",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_ordered_as_they_come() {
        let day = |text| Date::parse(text).expect("a day");
        assert!(day("2025-12-31") < day("2026-01-01") && day("2026-01-31") < day("2026-02-01"));
    }

    #[test]
    fn a_time_lies_in_one_day() {
        // Seconds as `date -u -d DAY +%s` has them.
        for (seconds, day) in [
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_709_164_800, "2024-02-29"),
            (1_767_225_599, "2025-12-31"),
            (1_767_225_600, "2026-01-01"),
            (4_107_542_400, "2100-03-01"),
        ] {
            assert_eq!(Date::of_unix_seconds(seconds).map(|date| date.to_string()).as_deref(), Some(day));
        }
        assert_eq!(Date::of_unix_seconds(u64::MAX), None);
    }
}
