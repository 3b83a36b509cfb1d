//! Calendar periods: a year, a month or a day, kept as precise as they were said.
//!
//! Periods are ordered by their first day, then the longer first. `2012`, `2012-02` and `2012-02-01` are different
//! periods even where one lies within another.

use std::fmt;

use jiff::civil::{Date, date};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

/// A year, a month or a day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    start: Date,
    precision: Precision,
}

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A calendar year.
    Year,
    /// A calendar month.
    Month,
    /// A day.
    Day,
}

impl Period {
    /// What stands in for a period that could not be read, once that has been reported; rules leave it alone.
    pub(crate) const STAND_IN: Self = Self { start: date(1, 1, 1), precision: Precision::Year };

    /// A calendar year; `None` outside 1 to 9999.
    pub fn year(year: i64) -> Option<Self> {
        let year = i16::try_from(year).ok().filter(|year| (1..=9999).contains(year))?;
        Some(Self { start: date(year, 1, 1), precision: Precision::Year })
    }

    /// A month of a year; `None` where there is no such month.
    pub fn month(year: i64, month: i64) -> Option<Self> {
        Self::day(year, month, 1).map(|day| Self { precision: Precision::Month, ..day })
    }

    /// A day; `None` where there is no such day.
    pub fn day(year: i64, month: i64, day: i64) -> Option<Self> {
        let year = i16::try_from(year).ok().filter(|year| (1..=9999).contains(year))?;
        let start = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(Self { start, precision: Precision::Day })
    }

    /// Reads `2012`, `2012-02` or `2012-02-01`, and nothing else: no spaces, no other order, no other separators.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |part: &str, digits: usize| -> Option<i64> {
            let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            if plain { part.parse().ok() } else { None }
        };
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let Some(month) = parts.next() else { return Self::year(year) };
        let month = number(month, 2)?;
        let Some(day) = parts.next() else { return Self::month(year, month) };
        if parts.next().is_some() {
            return None;
        }
        Self::day(year, month, number(day, 2)?)
    }

    /// The calendar year that the period begins in.
    pub fn year_number(self) -> i32 {
        i32::from(self.start.year())
    }

    /// How long it is.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The period of the same length that follows; none for days, which figures may skip, and none after the year 9999.
    pub fn next(self) -> Option<Self> {
        let (year, month, _) = self.first_day();
        match (self.precision, month) {
            (Precision::Year, _) => Self::year(i64::from(year) + 1),
            (Precision::Month, 12) => Self::month(i64::from(year) + 1, 1),
            (Precision::Month, _) => Self::month(i64::from(year), i64::from(month) + 1),
            (Precision::Day, _) => None,
        }
    }

    /// Its first day, as (year, month, day).
    pub fn first_day(self) -> (i16, i8, i8) {
        (self.start.year(), self.start.month(), self.start.day())
    }

    /// Days since 1970-01-01 of its first day.
    pub fn days_since_epoch(self) -> i32 {
        self.start.since(date(1970, 1, 1)).map_or(0, |span| span.get_days())
    }

    /// Days since 1970-01-01 of the day behind its last.
    pub fn end_since_epoch(self) -> i32 {
        self.last_day().since(date(1970, 1, 1)).map_or(0, |span| span.get_days()) + 1
    }

    /// The day that is so many after 1970-01-01; `None` outside the years 1 to 9999.
    pub fn of_days_since_epoch(days: i32) -> Option<Self> {
        let start =
            date(1970, 1, 1).checked_add(jiff::SignedDuration::from_hours(24 * i64::from(days))).ok()?;
        Self::day(i64::from(start.year()), i64::from(start.month()), i64::from(start.day()))
    }

    /// Whether another period lies wholly within this one.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.last_day() <= self.last_day()
    }

    /// Its first day, as a date.
    pub(crate) fn first_date(self) -> Date {
        self.start
    }

    /// Its last day.
    pub(crate) fn last_day(self) -> Date {
        match self.precision {
            Precision::Year => self.start.last_of_year(),
            Precision::Month => self.start.last_of_month(),
            Precision::Day => self.start,
        }
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start, self.precision).cmp(&(other.start, other.precision))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.first_day();
        match self.precision {
            Precision::Year => write!(f, "{year:04}"),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Period {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Period".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A year, a month or a day: `2012`, `2012-02` or `2012-02-01`.",
            "type": "string",
            "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
        })
    }
}
