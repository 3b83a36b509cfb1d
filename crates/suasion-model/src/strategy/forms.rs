//! The forms that ids, periods and durations are written in.

use toml::de::DeValue;

use super::schema::LONGEST_ID;
use crate::period::Period;

/// Whether a text is an id: small letters and digits, in parts with a hyphen between them.
pub(super) fn is_kebab_case(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.len() <= LONGEST_ID && text.split('-').all(plain)
}

/// A period as TOML can say it: a year, a string, or a local date.
pub(super) fn period(value: &DeValue<'_>) -> Option<Period> {
    match value {
        DeValue::Integer(number) if number.radix() == 10 => Period::year(number.as_str().parse().ok()?),
        DeValue::String(text) => Period::parse(text),
        DeValue::Datetime(datetime) => match (datetime.date, datetime.time, datetime.offset) {
            (Some(date), None, None) => Period::day(date.year.into(), date.month.into(), date.day.into()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a text is an ISO 8601 duration of whole years, months, weeks or days, such as `P1Y` or `P18M`.
pub(super) fn is_duration(text: &str) -> bool {
    let Some(mut rest) = text.strip_prefix('P') else { return false };
    let mut units = "YMWD".chars();
    let mut parts = 0;
    while let Some(digits) = rest.find(|c: char| !c.is_ascii_digit()).filter(|digits| *digits > 0) {
        let unit = rest[digits..].chars().next();
        // Units come from the longest to the shortest, each once.
        if !units.by_ref().any(|known| Some(known) == unit) {
            return false;
        }
        rest = &rest[digits + 1..];
        parts += 1;
    }
    parts > 0 && rest.is_empty()
}
