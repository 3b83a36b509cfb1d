//! The size of an effect, as a strategy says it.

use std::fmt;

/// The size of an effect: a share of what would have been, or a number in the indicator's unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Effect {
    /// A share: .05 is five per cent.
    Relative(f64),
    /// A number in the indicator's unit.
    Absolute(f64),
}

impl Effect {
    /// A positive number in the indicator's unit.
    pub fn absolute(number: f64) -> Option<Self> {
        (number.is_finite() && number > 0.0).then_some(Self::Absolute(number))
    }

    /// Reads `5 %` or `5%`: a positive number and a per cent sign.
    pub fn parse(text: &str) -> Option<Self> {
        let number: f64 = text.trim().strip_suffix('%')?.trim_end().parse().ok()?;
        (number.is_finite() && number > 0.0).then_some(Self::Relative(number / 100.0))
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Ten digits are enough to hide what dividing by a hundred adds.
            Self::Relative(share) => write!(f, "{} %", (share * 1e12).round() / 1e10),
            Self::Absolute(number) => write!(f, "{number}"),
        }
    }
}
