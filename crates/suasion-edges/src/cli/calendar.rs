//! How long windows of time are, where they start, and how their ends are written.

use suasion_graph::Windows;

use super::Stop;
use crate::moment::days_since_1970;
use crate::times::{DAY, TimeScale, Times};

/// How many windows there may be.
const MOST: usize = 100_000;
/// The first second of the year 0, and that of the year 10000.
const YEARS: std::ops::Range<i64> = -719_528 * DAY..2_932_897 * DAY;

/// How long windows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// As long as makes so many of them.
    Equal(u32),
    /// So many units of the calendar.
    Calendar(u32, Unit),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

const UNITS: [(&str, Unit); 7] = [
    ("second", Unit::Second),
    ("minute", Unit::Minute),
    ("hour", Unit::Hour),
    ("day", Unit::Day),
    ("week", Unit::Week),
    ("month", Unit::Month),
    ("year", Unit::Year),
];

impl Span {
    /// Reads `24`, `1-year` or `30-days`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let form = || {
            "must be a number of windows, or how long one is: 1-year, 3-months, 2-weeks, 30-days, 12-hours, 15-minutes, \
             90-seconds"
                .to_string()
        };
        let (count, unit) = text.split_once('-').map_or((text, None), |(count, unit)| (count, Some(unit)));
        let count = count.parse().ok().filter(|&count| count > 0).ok_or_else(form)?;
        let Some(unit) = unit else { return Ok(Self::Equal(count)) };
        let unit = unit.strip_suffix('s').unwrap_or(unit);
        let found = UNITS.iter().find(|(name, _)| *name == unit).ok_or_else(form)?;
        Ok(Self::Calendar(count, found.1))
    }

    /// As it is read.
    pub(super) fn written(self) -> String {
        match self {
            Self::Equal(count) => count.to_string(),
            Self::Calendar(count, unit) => {
                let name = UNITS.iter().find(|(_, other)| *other == unit).map_or("", |(name, _)| name);
                format!("{count}-{name}{}", if count == 1 { "" } else { "s" })
            }
        }
    }

    /// The windows that hold all times, what bounds count, and the times in that unit. Those of the calendar start
    /// where the unit starts that holds the first time, and are all whole.
    pub(super) fn windows(self, times: &Times) -> Result<(Windows, TimeScale, Vec<i64>), Stop> {
        let (scale, values) = match self {
            Self::Equal(_) => (times.scale, times.values.clone()),
            Self::Calendar(..) => (TimeScale::Seconds, times.in_seconds()),
        };
        let (Some(&first), Some(&last)) = (values.iter().min(), values.iter().max()) else {
            return Err(Stop::NoTies);
        };
        let windows = match self {
            Self::Equal(n_windows) if n_windows as usize > MOST => return Err(Stop::ManyWindows(MOST)),
            Self::Equal(n_windows) => Windows::equal(first, last, n_windows),
            Self::Calendar(count, unit) => {
                if let Some(&time) = [first, last].iter().find(|time| !YEARS.contains(time)) {
                    return Err(Stop::NoCalendar(time));
                }
                Windows::from_bounds(bounds(count, unit, first, last)?)
            }
        };
        Ok((windows.map_err(Stop::Compute)?, scale, values))
    }
}

/// Bounds from the start of the unit that holds the first time until after the last.
fn bounds(count: u32, unit: Unit, first: i64, last: i64) -> Result<Vec<i64>, Stop> {
    let day = first.div_euclid(DAY);
    let (start, length) = match unit {
        Unit::Second => (first, 1),
        Unit::Minute => (first.div_euclid(60) * 60, 60),
        Unit::Hour => (first.div_euclid(3600) * 3600, 3600),
        Unit::Day => (day * DAY, DAY),
        // 1970 began on a Thursday, and weeks do on Mondays.
        Unit::Week => ((day - (day + 3).rem_euclid(7)) * DAY, 7 * DAY),
        Unit::Month | Unit::Year => (0, 0),
    };
    let (year, month, _) = date(day);
    let bound = |at: usize| match unit {
        Unit::Month => {
            start_of_month(i64::from(year) * 12 + i64::from(month) - 1 + at as i64 * i64::from(count))
        }
        Unit::Year => start_of_month((i64::from(year) + at as i64 * i64::from(count)) * 12),
        _ => start + at as i64 * i64::from(count) * length,
    };
    let mut bounds = vec![bound(0)];
    while bounds[bounds.len() - 1] <= last {
        if bounds.len() > MOST {
            return Err(Stop::ManyWindows(MOST));
        }
        bounds.push(bound(bounds.len()));
    }
    Ok(bounds)
}

/// The first second of a month, counted from January of the year 0.
fn start_of_month(month: i64) -> i64 {
    // No year is negative, and none has more digits than a `u32` holds.
    days_since_1970((month / 12) as u32, (month % 12) as u32 + 1, 1).unwrap_or(0) * DAY
}

/// Year, month and day of a day since 1970, from the year 0 on.
fn date(day: i64) -> (u32, u32, i64) {
    let starts = |year: u32, month: u32| days_since_1970(year, month, 1).unwrap_or(i64::MAX);
    // A year has 365.2425 days.
    let mut year = ((day + 719_528) * 10_000 / 3_652_425) as u32;
    while starts(year, 1) > day {
        year -= 1;
    }
    while starts(year + 1, 1) <= day {
        year += 1;
    }
    let month = (1..=12).rev().find(|&month| starts(year, month) <= day).unwrap_or(1);
    (year, month, day - starts(year, month) + 1)
}

/// A bound for people and programs: a date, with the time of day in UTC unless it is midnight; or a number.
pub(super) fn written(bound: i64, scale: TimeScale) -> String {
    if scale != TimeScale::Seconds || bound < YEARS.start {
        return bound.to_string();
    }
    let (year, month, day) = date(bound.div_euclid(DAY));
    let seconds = bound.rem_euclid(DAY);
    let text = format!("{year:04}-{month:02}-{day:02}");
    if seconds == 0 {
        return text;
    }
    format!("{text}T{:02}:{:02}:{:02}Z", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::moment;

    fn seconds(text: &str) -> i64 {
        moment(text.as_bytes()).expect("a moment").0
    }

    fn bounds_of(span: &str, first: &str, last: &str) -> Vec<String> {
        let times = Times { scale: TimeScale::Seconds, values: vec![seconds(last), seconds(first)] };
        let (windows, scale, _) = Span::parse(span).expect("a span").windows(&times).expect("windows");
        let ranges: Vec<_> = windows.ranges().collect();
        let ends = ranges.last().map(|range| range.end);
        ranges.iter().map(|range| range.start).chain(ends).map(|bound| written(bound, scale)).collect()
    }

    #[test]
    fn windows_of_the_calendar() {
        assert_eq!(
            bounds_of("1-year", "1999-05-03", "2001"),
            ["1999-01-01", "2000-01-01", "2001-01-01", "2002-01-01"]
        );
        assert_eq!(
            bounds_of("2-months", "2019-12-31", "2020-02-29"),
            ["2019-12-01", "2020-02-01", "2020-04-01"]
        );
        assert_eq!(
            bounds_of("1-week", "2012-07-01", "2012-07-02"),
            ["2012-06-25", "2012-07-02", "2012-07-09"]
        );
        assert_eq!(bounds_of("30-days", "1969-12-31T23:00", "1970-01-29"), ["1969-12-31", "1970-01-30"]);
        assert_eq!(
            bounds_of("12-hours", "2012-07-01T06:30", "2012-07-01T18:00"),
            ["2012-07-01T06:00:00Z", "2012-07-01T18:00:00Z", "2012-07-02T06:00:00Z"]
        );
        assert_eq!(
            bounds_of("2", "1970-01-01", "1970-01-02T23:59:59"),
            ["1970-01-01", "1970-01-02", "1970-01-03"]
        );
    }

    #[test]
    fn spans_are_read_as_they_are_written() {
        for (text, again) in
            [("24", "24"), ("1-year", "1-year"), ("30-day", "30-days"), ("1-weeks", "1-week")]
        {
            assert_eq!(Span::parse(text).map(Span::written), Ok(again.to_string()));
        }
        for none in ["0", "", "-1", "0-days", "1-fortnight", "year", "1.5-days"] {
            assert!(Span::parse(none).is_err(), "{none}");
        }
    }

    #[test]
    fn dates_come_back() {
        for day in (-719_528..2_932_896).step_by(97) {
            let (year, month, of_month) = date(day);
            let text = format!("{year:04}-{month:02}-{of_month:02}");
            assert_eq!(seconds(&text), day * DAY, "{text}");
            assert_eq!(written(day * DAY, TimeScale::Seconds), text);
        }
    }

    #[test]
    fn years_and_numbers_are_counted_by_value() {
        let times = Times { scale: TimeScale::Years, values: vec![1975, 1978] };
        let (windows, scale, _) = Span::Equal(2).windows(&times).expect("two windows");
        assert_eq!(windows.ranges().collect::<Vec<_>>(), [1975..1977, 1977..1979]);
        assert_eq!((scale, written(1977, scale)), (TimeScale::Years, "1977".to_string()));
        let (windows, ..) = Span::Calendar(2, Unit::Year).windows(&times).expect("two windows");
        assert_eq!(windows.ranges().next(), Some(seconds("1975")..seconds("1977")));
        let milliseconds = Times { scale: TimeScale::Numbers, values: vec![1_341_100_972_000] };
        assert!(matches!(Span::Calendar(1, Unit::Day).windows(&milliseconds), Err(Stop::NoCalendar(_))));
        assert!(matches!(Span::Equal(1).windows(&Times { values: vec![], ..times }), Err(Stop::NoTies)));
        let long = Times { scale: TimeScale::Numbers, values: vec![0, 1_000_000] };
        assert!(matches!(Span::Calendar(1, Unit::Second).windows(&long), Err(Stop::ManyWindows(_))));
    }
}
