//! Conditions on rows.
//!
//! A row that does not fulfil every condition is passed over as though the file did not hold it: its ends are no nodes
//! unless other rows name them, and nothing else in it is looked at. It is counted all the same.

use std::fmt;

use crate::error::Fault;
use crate::fields::list;
use crate::moment::Window;
use crate::names::plain_integer;

/// A condition on a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// The column, by name or by number from 1.
    pub(crate) column: String,
    pub(crate) condition: Condition,
    /// As it was given.
    text: String,
}

/// What is asked of a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    /// It is one of these texts.
    OneOf(Vec<String>),
    /// It is not this text.
    Not(String),
    /// It is a number on that side of this one.
    Number(Comparison, f64),
    /// It is a moment in this window.
    Time(Window),
}

/// How two numbers may compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Filter {
    /// A layer, or several: `COL=VALUE[,VALUE]`, compared as text. A value with a comma in it stands in quotes, as in
    /// CSV.
    pub fn layer(text: &str) -> Result<Self, String> {
        let (column, values) = named(text, "=", "COL=VALUE[,VALUE]")?;
        let values = list(values)?;
        Ok(Self { column, condition: Condition::OneOf(values), text: text.to_string() })
    }

    /// A window of time: `COL=FROM..UNTIL`, from the first moment until the second, itself excluded. Either may be left
    /// out.
    ///
    /// A moment is a year, a date of ISO 8601 with or without a time of day (`2015-05`, `2015-05-03`, `20150503`,
    /// `2015-05-03T14:30:00+02:00`), or seconds since 1970; integers are compared with integers by value. A field that
    /// holds a longer time counts where it starts; one that is empty is in no window.
    pub fn time(text: &str) -> Result<Self, String> {
        let (column, window) = named(text, "=", "COL=FROM..UNTIL")?;
        Ok(Self { column, condition: Condition::Time(Window::parse(window)?), text: text.to_string() })
    }

    /// Any condition: `COL=VALUE` and `COL!=VALUE` compare text; `<`, `<=`, `>` and `>=` compare numbers, and an empty
    /// field fulfils none of these.
    pub fn condition(text: &str) -> Result<Self, String> {
        let form = "COL=VALUE, or with !=, <, <=, > or >=";
        let at = text
            .char_indices()
            .find(|&(at, char)| matches!(char, '=' | '<' | '>') || text[at..].starts_with("!="))
            .map(|(at, _)| at)
            .ok_or_else(|| format!("`{text}` must be {form}"))?;
        let operators = ["!=", "<=", ">=", "=", "<", ">"];
        let operator = operators.into_iter().find(|operator| text[at..].starts_with(operator)).unwrap_or("=");
        let (column, value) = named(text, operator, form)?;
        let comparison = match operator {
            "<" => Some(Comparison::Below),
            "<=" => Some(Comparison::AtMost),
            ">" => Some(Comparison::Above),
            ">=" => Some(Comparison::AtLeast),
            _ => None,
        };
        let condition = match comparison {
            Some(comparison) => {
                let number = number(value.as_bytes()).ok_or_else(|| format!("`{value}` is no number"))?;
                Condition::Number(comparison, number)
            }
            None if operator == "!=" => Condition::Not(value.to_string()),
            None => Condition::OneOf(vec![value.to_string()]),
        };
        Ok(Self { column, condition, text: text.to_string() })
    }

    /// Whether it is a window of time between what look like years.
    pub(crate) fn is_of_years(&self) -> bool {
        matches!(&self.condition, Condition::Time(window) if window.is_of_years())
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl Condition {
    /// Whether a field fulfils it. Fails on a field that cannot be compared.
    pub(crate) fn accepts(&self, field: &[u8]) -> Result<bool, Fault> {
        let text = || String::from_utf8_lossy(field).into_owned();
        let trimmed = field.trim_ascii();
        match self {
            Self::OneOf(values) => Ok(values.iter().any(|value| value.as_bytes() == field)),
            Self::Not(value) => Ok(value.as_bytes() != field),
            Self::Number(..) | Self::Time(_) if trimmed.is_empty() => Ok(false),
            Self::Number(comparison, bound) => {
                let number = number(trimmed).ok_or_else(|| Fault::NoNumber { text: text() })?;
                Ok(match comparison {
                    Comparison::Below => number < *bound,
                    Comparison::AtMost => number <= *bound,
                    Comparison::Above => number > *bound,
                    Comparison::AtLeast => number >= *bound,
                })
            }
            Self::Time(window) => window.holds(trimmed).ok_or_else(|| Fault::NoMoment { text: text() }),
        }
    }
}

/// The column before an operator, and what follows it, without blanks around either.
fn named<'a>(text: &'a str, operator: &str, form: &str) -> Result<(String, &'a str), String> {
    match text.split_once(operator) {
        Some((column, value)) if !column.trim().is_empty() => Ok((column.trim().to_string(), value.trim())),
        _ => Err(format!("`{text}` must be {form}")),
    }
}

/// A finite number.
fn number(text: &[u8]) -> Option<f64> {
    if let Some(integer) = plain_integer(text) {
        return Some(integer as f64);
    }
    std::str::from_utf8(text).ok()?.trim().parse().ok().filter(|number: &f64| number.is_finite())
}
