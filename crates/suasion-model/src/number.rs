//! Figures for people: grouped by thousands, at three significant digits, with a true minus sign.
//!
//! A figure that is no number is written `—`, never `NaN` or `inf`. Spaces inside a figure do not break over lines.

/// Between groups of three digits, and before a per cent sign (U+202F, narrow no-break space).
pub const THIN: char = '\u{202f}';

/// Before a unit (U+00A0, no-break space).
pub const SPACE: char = '\u{a0}';

/// The minus sign (U+2212).
pub const MINUS: char = '\u{2212}';

/// What stands for a figure that is no number.
pub const NOT_A_NUMBER: &str = "—";

/// A figure: whole numbers in full, others at three significant digits at most, the very large and the very small as
/// powers of ten.
pub fn value(x: f64) -> String {
    if !x.is_finite() {
        return NOT_A_NUMBER.to_string();
    }
    if x == 0.0 {
        return "0".to_string();
    }
    let magnitude = x.abs();
    let text = if !(1e-4..1e15).contains(&magnitude) {
        power_of_ten(magnitude)
    } else if magnitude.fract() == 0.0 {
        grouped(&format!("{magnitude:.0}"))
    } else {
        // Three digits, or as many as the figure has: 3.7 stays 3.7.
        let decimals = usize::try_from(2 - exponent_of_three_digits(magnitude)).unwrap_or(0);
        let decimals = decimals.min(decimals_of(magnitude));
        grouped(&format!("{magnitude:.decimals$}"))
    };
    signed(x, text)
}

/// A figure at a fixed number of decimals, as on an axis.
pub fn fixed(x: f64, decimals: usize) -> String {
    if !x.is_finite() {
        return NOT_A_NUMBER.to_string();
    }
    let text = format!("{:.decimals$}", x.abs());
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    signed(if is_zero { 0.0 } else { x }, grouped(&text))
}

/// Decimals that suit a whole column, so that its figures can be compared at a glance: none where all are whole, and
/// else such that the largest has four significant digits. `None` where no fixed number of decimals would do.
pub fn decimals_of_column(values: impl IntoIterator<Item = f64>) -> Option<usize> {
    let (mut largest, mut whole) = (0.0_f64, true);
    for value in values.into_iter().filter(|value| value.is_finite()) {
        largest = largest.max(value.abs());
        whole &= value.fract() == 0.0;
    }
    if largest >= 1e15 || (largest > 0.0 && largest < 1e-3) {
        None
    } else if whole {
        Some(0)
    } else {
        Some(usize::try_from(3 - exponent_of_three_digits(largest)).unwrap_or(0))
    }
}

/// A figure of a column with so many decimals; `None` is no figure.
pub fn in_column(x: Option<f64>, decimals: Option<usize>) -> String {
    match (x, decimals) {
        (None, _) => NOT_A_NUMBER.to_string(),
        (Some(x), Some(decimals)) => fixed(x, decimals),
        (Some(x), None) => value(x),
    }
}

/// A count.
pub fn count(n: u64) -> String {
    grouped(&n.to_string())
}

/// A figure with its unit.
pub fn with_unit(x: f64, unit: &str) -> String {
    join_unit(&value(x), unit)
}

/// A figure that is already written, with its unit.
pub fn join_unit(figure: &str, unit: &str) -> String {
    let unit = unit.trim();
    if unit.is_empty() {
        figure.to_string()
    } else if unit.starts_with('%') {
        format!("{figure}{THIN}{unit}")
    } else {
        format!("{figure}{SPACE}{unit}")
    }
}

/// A share of one, as per cent.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if !percent.is_finite() {
        return NOT_A_NUMBER.to_string();
    }
    let size = percent.abs();
    let figure = if size == 0.0 {
        "0".to_string()
    } else if size < 0.01 {
        if percent < 0.0 { format!(">{SPACE}{MINUS}0.01") } else { format!("<{SPACE}0.01") }
    } else if size < 0.095 {
        fixed(percent, 2)
    } else if size < 99.95 {
        fixed(percent, 1)
    } else {
        fixed(percent, 0)
    };
    format!("{figure}{THIN}%")
}

/// A probability, as in a test of significance.
pub fn probability(p: f64) -> String {
    match p {
        p if !p.is_finite() => NOT_A_NUMBER.to_string(),
        p if p < 0.001 => format!("<{SPACE}0.001"),
        p if p < 0.0995 => fixed(p, 3),
        p => fixed(p, 2),
    }
}

fn signed(x: f64, text: String) -> String {
    if x < 0.0 { format!("{MINUS}{text}") } else { text }
}

/// The power of ten of a positive number once it is rounded to three digits: 9.996 is 10.0, so 1.
fn exponent_of_three_digits(magnitude: f64) -> i32 {
    let text = format!("{magnitude:.2e}");
    text.split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(0)
}

/// Decimals that a figure has when it is written in full.
fn decimals_of(magnitude: f64) -> usize {
    magnitude.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

fn power_of_ten(magnitude: f64) -> String {
    let text = format!("{magnitude:.1e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: String = exponent
        .chars()
        .map(|digit| match digit {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4'..='9' => char::from_u32('⁴' as u32 + (digit as u32 - '4' as u32)).unwrap_or(digit),
            _ => '⁰',
        })
        .collect();
    format!("{mantissa}{SPACE}×{SPACE}10{exponent}")
}

/// Groups the digits before the point by three.
fn grouped(text: &str) -> String {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::with_capacity(text.len() + 6);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(THIN);
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}
