//! When each edge was, from a column of moments.
//!
//! What integers count is told by the column as a whole. If all are of four digits, they are years. If all are of four
//! or eight digits, or dates are among them, each is read as [`crate::Filter::time`] reads a date: four digits are a
//! year, eight a day, any other number seconds since 1970. Else they are numbers, and compared by value.

use rayon::prelude::*;

use crate::moment::{days_since_1970, integer, moment};

/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;

/// When each edge was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    /// What is counted.
    pub scale: TimeScale,
    /// The time of each edge.
    pub values: Vec<i64>,
}

/// What times count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeScale {
    /// Whatever the file does: seconds since 1970, waves of a panel.
    Numbers,
    /// Years.
    Years,
    /// Whole seconds since 1970 in UTC; fractions are cut off.
    Seconds,
}

/// How a field is written, in the two lowest bits of a stamp; its value is above them.
const NUMBER: i64 = 0;
const YEAR: i64 = 1;
const DAY_NUMBER: i64 = 2;
const DATE: i64 = 3;

/// What a field holds, before it is known what the column counts; `None` if it is no moment.
pub(crate) fn stamp(text: &[u8]) -> Option<i64> {
    let (kind, value) = match integer(text) {
        Some(value) if text.len() == 4 && value >= 0 => (YEAR, value),
        Some(value) if text.len() == 8 && moment(text).is_some() => (DAY_NUMBER, value),
        Some(value) => (NUMBER, value),
        None => (DATE, moment(text)?.0),
    };
    // Two bits are taken.
    Some(value.checked_mul(4)? | kind)
}

impl Times {
    /// The times of a column, from the stamps of its fields.
    pub(crate) fn of_stamps(mut stamps: Vec<i64>) -> Self {
        let kinds = stamps.par_iter().map(|stamp| 1_u8 << (stamp & 3)).reduce(|| 0, |a, b| a | b);
        let has = |kind: i64| kinds & (1 << kind) != 0;
        let scale = match (has(DATE), has(NUMBER), has(DAY_NUMBER)) {
            (true, ..) | (_, false, true) => TimeScale::Seconds,
            (_, true, _) => TimeScale::Numbers,
            (_, false, false) => TimeScale::Years,
        };
        stamps.par_iter_mut().for_each(|stamp| {
            let value = *stamp >> 2;
            *stamp = match *stamp & 3 {
                YEAR if scale == TimeScale::Seconds => start_of_year(value),
                DAY_NUMBER if scale == TimeScale::Seconds => start_of_day(value),
                _ => value,
            };
        });
        Self { scale, values: stamps }
    }

    /// The same with years as seconds, and numbers taken for them.
    pub(crate) fn in_seconds(&self) -> Vec<i64> {
        match self.scale {
            TimeScale::Years => self.values.par_iter().map(|&year| start_of_year(year)).collect(),
            TimeScale::Numbers | TimeScale::Seconds => self.values.clone(),
        }
    }
}

fn start_of_year(year: i64) -> i64 {
    days_since_1970(year as u32, 1, 1).unwrap_or(0) * DAY
}

/// Of a day that is written as a number.
fn start_of_day(number: i64) -> i64 {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    days_since_1970(year as u32, month as u32, day as u32).unwrap_or(0) * DAY
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(fields: &[&str]) -> (TimeScale, Vec<i64>) {
        let stamps = fields.iter().map(|field| stamp(field.as_bytes()).expect("a moment")).collect();
        let Times { scale, values } = Times::of_stamps(stamps);
        (scale, values)
    }

    #[test]
    fn a_column_says_what_it_counts() {
        assert_eq!(times(&["1975", "0800"]), (TimeScale::Years, vec![1975, 800]));
        assert_eq!(times(&["1970", "19700102"]), (TimeScale::Seconds, vec![0, 86_400]));
        assert_eq!(times(&["1970", "1970-01-02T00:00:01.9Z"]), (TimeScale::Seconds, vec![0, 86_401]));
        assert_eq!(times(&["1971", "1970-02", "5"]), (TimeScale::Seconds, vec![365 * DAY, 31 * DAY, 5]));
        assert_eq!(
            times(&["1", "1975", "19700102", "-3"]),
            (TimeScale::Numbers, vec![1, 1975, 19_700_102, -3])
        );
        assert_eq!(times(&["19709999", "7"]), (TimeScale::Numbers, vec![19_709_999, 7]));
        assert_eq!(times(&[]), (TimeScale::Years, vec![]));
        for none in ["", "then", "1970-13", "9223372036854775807"] {
            assert_eq!(stamp(none.as_bytes()), None, "{none}");
        }
    }
}
