//! How the text of a field becomes a value: strictly, so that nothing is guessed.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use suasion_model::Period;

/// Reads a plain decimal or scientific number: `-1.5`, `2e6`. No thousands separators, no per cent, no `NaN`, and
/// nothing too large to be finite.
pub(crate) fn number(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = digits(whole)
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent)));
    if !plain {
        return None;
    }
    // Adding zero makes one zero of the two that floats have.
    text.parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| number + 0.0)
}

/// Microseconds since 1970-01-01 UTC of the first instant of a period, or of an instant such as
/// `2012-02-01T10:00`, `2012-02-01T10:00:30.5Z` or `2012-02-01T10:00+01:00`. Without an offset it is UTC.
pub(crate) fn time(text: &str) -> Option<i64> {
    if let Some(period) = Period::parse(text) {
        return Some(i64::from(period.days_since_epoch()) * 86_400_000_000);
    }
    let (day, clock) = text.split_at_checked(10)?;
    let clock = clock.strip_prefix('T')?.as_bytes();
    Period::parse(day)?;
    if clock.get(2) != Some(&b':') {
        return None;
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant.as_microsecond());
    }
    let civil: DateTime =
        if clock[3..].iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.')) {
            text.parse().ok()?
        } else {
            return None;
        };
    TimeZone::UTC.to_timestamp(civil).ok().map(Timestamp::as_microsecond)
}

#[cfg(test)]
mod tests {
    use super::{number, time};

    #[test]
    fn numbers_are_plain_or_nothing() {
        for (text, value) in
            [("1", 1.0), ("-1.5", -1.5), ("+2", 2.0), ("2e6", 2e6), ("2.5E-3", 2.5e-3), ("007", 7.0)]
        {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for text in [
            "", "1,234", "12 %", "12%", "NaN", "nan", "inf", "-inf", "infinity", ".5", "5.", "1e", "e5",
            "1e999", "0x10", "1_000", "--1", "1.2.3", "1 2", "\u{661}",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn the_two_zeros_are_one() {
        assert_eq!(number("-0").map(f64::to_bits), Some(0.0_f64.to_bits()));
    }

    #[test]
    fn times_are_periods_or_instants() {
        let ten = 1_328_090_400_000_000;
        assert_eq!(time("2012-02-01T10:00"), Some(ten));
        assert_eq!(time("2012-02-01T10:00:00Z"), Some(ten));
        assert_eq!(time("2012-02-01T11:00+01:00"), Some(ten));
        assert_eq!(time("2012-02-01"), Some(ten - 36_000_000_000));
        assert_eq!(time("2012-02"), time("2012-02-01"));
        assert_eq!(time("2012"), time("2012-01-01"));
        for text in [
            "",
            "yesterday",
            "2012-02-30",
            "2012-02-01T25:00",
            "2012-02-01 10:00",
            "20120201T10",
            "2012-02-01T10",
            "2012-02-01T10:00 Europe/London",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
