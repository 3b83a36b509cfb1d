//! Moments as files write them, and windows of them.
//!
//! A date is written as ISO 8601 has it: `2015-05`, `2015-05-03`, `20150503`, `2015-05-03T14:30`, with seconds, a
//! fraction of them and a zone if need be (`Z`, `+02:00`); a blank may stand for `T`, and without a zone it is UTC.
//! Four digits are a year, and any other integer but one of eight digits is seconds since 1970. Whatever lasts, a year
//! or a day, counts where it starts.
//!
//! A window that is given by two integers compares integers by value, so that it does not matter what they count
//! (years, seconds, waves of a panel); a date is compared with them by its year if they have no more than four digits.

use crate::names::plain_integer;

/// Seconds since 1970 in UTC, and billionths of one.
type Moment = (i64, u32);

/// From a moment until another, itself excluded. What is `None` is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Window {
    /// Compares integers.
    Integers(Option<i64>, Option<i64>),
    /// Compares dates.
    Dates(Option<Moment>, Option<Moment>),
}

impl Window {
    /// Reads `FROM..UNTIL`; either may be left out, not both.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let form = || format!("`{text}` must be FROM..UNTIL, as 2015..2018 or 2015-05-03..");
        let (from, until) = text.split_once("..").ok_or_else(form)?;
        let given = |bound: &str| (!bound.trim().is_empty()).then(|| bound.trim().to_string());
        let bounds = [given(from), given(until)];
        let window = if bounds.iter().flatten().all(|bound| integer(bound.as_bytes()).is_some()) {
            let [from, until] = bounds.map(|bound| bound.and_then(|bound| integer(bound.as_bytes())));
            Self::Integers(from, until)
        } else {
            let mut moments = [None, None];
            for (place, bound) in moments.iter_mut().zip(&bounds) {
                if let Some(bound) = bound {
                    let no_moment = || format!("`{bound}` is no date, year or integer");
                    *place = Some(moment(bound.as_bytes()).ok_or_else(no_moment)?);
                }
            }
            let [from, until] = moments;
            Self::Dates(from, until)
        };
        match window {
            Self::Integers(None, None) | Self::Dates(None, None) => Err(form()),
            Self::Integers(Some(from), Some(until)) if from >= until => Err(empty(text)),
            Self::Dates(Some(from), Some(until)) if from >= until => Err(empty(text)),
            window => Ok(window),
        }
    }

    /// Whether its bounds are integers of no more than four digits.
    pub(crate) fn is_of_years(&self) -> bool {
        match self {
            Self::Integers(from, until) => {
                [from, until].into_iter().flatten().all(|bound| (0..10_000).contains(bound))
            }
            Self::Dates(..) => false,
        }
    }

    /// Whether a moment lies within; `None` if it is none, or none that can be compared.
    pub(crate) fn holds(&self, text: &[u8]) -> Option<bool> {
        match *self {
            Self::Integers(from, until) => {
                let value = match integer(text) {
                    Some(value) => value,
                    None if self.is_of_years() => {
                        moment(text)?;
                        i64::from(year(text)?)
                    }
                    None => return None,
                };
                Some(within(value, from, until))
            }
            Self::Dates(from, until) => Some(within(moment(text)?, from, until)),
        }
    }
}

fn empty(text: &str) -> String {
    format!("`{text}` holds no moment: it must end after it starts")
}

fn within<T: Ord + Copy>(value: T, from: Option<T>, until: Option<T>) -> bool {
    from.is_none_or(|from| from <= value) && until.is_none_or(|until| value < until)
}

pub(crate) fn integer(text: &[u8]) -> Option<i64> {
    let (is_negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    // Zeros before a number are there in some years and days.
    let zeros = digits.iter().take_while(|&&byte| byte == b'0').count();
    let digits = &digits[zeros.min(digits.len().saturating_sub(1))..];
    let value = i64::try_from(plain_integer(digits)?).ok()?;
    Some(if is_negative { -value } else { value })
}

fn year(text: &[u8]) -> Option<u32> {
    fixed(text.get(..4)?)
}

/// A number of so many digits and nothing else.
fn fixed(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits
        .iter()
        .try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0')))
}

/// When something starts.
pub(crate) fn moment(text: &[u8]) -> Option<Moment> {
    let is_number = !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    if (is_number && text.len() != 4 && text.len() != 8) || text.first() == Some(&b'-') {
        return Some((integer(text)?, 0));
    }
    let (date, time) = match text.iter().position(|byte| matches!(byte, b'T' | b't' | b' ')) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let (month, day) = match &date[date.len().min(4)..] {
        [] => (1, 1),
        [b'-', month @ ..] if month.len() == 2 => (fixed(month)?, 1),
        [b'-', month @ .., b'-', day_1, day_2] if month.len() == 2 => {
            (fixed(month)?, fixed(&[*day_1, *day_2])?)
        }
        compact if compact.len() == 4 => (fixed(&compact[..2])?, fixed(&compact[2..])?),
        _ => return None,
    };
    let days = days_since_1970(year(date)?, month, day)?;
    let (seconds, billionths) = match time {
        None => (0, 0),
        // Only a day has hours.
        Some(time) if date.len() >= 8 => clock(time)?,
        Some(_) => return None,
    };
    Some((days * 86_400 + seconds, billionths))
}

/// Days from 1970-01-01 to a day of the Gregorian calendar.
pub(crate) fn days_since_1970(year: u32, month: u32, day: u32) -> Option<i64> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let lengths = [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = *lengths.get((month as usize).checked_sub(1)?)?;
    if !(1..=length).contains(&day) {
        return None;
    }
    // Years before this one, the year 0 being a leap year.
    let before = i64::from(year) - 1;
    let leap_days = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400) + 1;
    let of_years = i64::from(year) * 365 + leap_days;
    let of_months: u32 = lengths[..month as usize - 1].iter().sum();
    Some(of_years + i64::from(of_months) + i64::from(day) - 1 - 719_528)
}

/// Seconds since midnight in UTC, and billionths: `hh:mm`, `hh:mm:ss`, `hh:mm:ss.f`, `hhmm`, `hhmmss`, and a zone.
fn clock(text: &[u8]) -> Option<(i64, u32)> {
    let zone_at =
        text.iter().position(|byte| matches!(byte, b'Z' | b'z' | b'+' | b'-')).unwrap_or(text.len());
    let (time, zone) = text.split_at(zone_at);
    let (time, fraction) = match time.iter().position(|byte| matches!(byte, b'.' | b',')) {
        Some(at) => (&time[..at], Some(&time[at + 1..])),
        None => (time, None),
    };
    let (hours, minutes, seconds) = match *time {
        [a, b, b':', c, d] | [a, b, c, d] => (fixed(&[a, b])?, fixed(&[c, d])?, None),
        [a, b, b':', c, d, b':', e, f] | [a, b, c, d, e, f] => {
            (fixed(&[a, b])?, fixed(&[c, d])?, Some(fixed(&[e, f])?))
        }
        _ => return None,
    };
    let billionths = match fraction {
        None => 0,
        Some(digits) => {
            let digits = digits.get(..9).unwrap_or(digits);
            seconds?;
            fixed(digits)? * 10_u32.pow(9 - digits.len() as u32)
        }
    };
    let seconds = seconds.unwrap_or(0);
    // A leap second is written :60.
    if hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    let of_zone = match *zone {
        [] | [b'Z' | b'z'] => 0,
        [sign, a, b] => offset(sign, &[a, b], b"00")?,
        [sign, a, b, b':', c, d] | [sign, a, b, c, d] => offset(sign, &[a, b], &[c, d])?,
        _ => return None,
    };
    Some((i64::from(hours * 3600 + minutes * 60 + seconds) - of_zone, billionths))
}

/// Seconds by which a zone is ahead of UTC.
fn offset(sign: u8, hours: &[u8], minutes: &[u8]) -> Option<i64> {
    let (hours, minutes) = (fixed(hours)?, fixed(minutes)?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let ahead = i64::from(hours * 3600 + minutes * 60);
    match sign {
        b'+' => Some(ahead),
        b'-' => Some(-ahead),
        _ => None,
    }
}
