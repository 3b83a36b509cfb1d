//! What makes a question malformed.
//!
//! Every message is a lower-case fragment that fits "failed to fit the synthetic control: {error}" and says
//! what to do. Units and periods are indices from 0; whoever knows their names should add them.

use std::fmt;

/// Why a panel or a design was refused.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// The number of values is not units × periods, or one of the two is zero.
    Shape {
        /// How many values were expected.
        expected: usize,
        /// How many values came.
        found: usize,
    },
    /// A value of a panel is NaN or infinite, so missing.
    MissingValue {
        /// The unit, from 0.
        unit: usize,
        /// The period, from 0.
        period: usize,
    },
    /// A number of a least-squares problem is NaN or infinite. `column` is `None` in the target.
    NotFinite {
        /// The row, from 0.
        row: usize,
        /// The column, from 0; none for the target.
        column: Option<usize>,
    },
    /// Logarithms were asked for, and a value is zero or negative.
    NotPositive {
        /// The unit, from 0.
        unit: usize,
        /// The period, from 0.
        period: usize,
        /// The value.
        value: f64,
    },
    /// A unit's index is beyond the panel.
    NoSuchUnit {
        /// The index.
        unit: usize,
        /// How many units the panel has.
        n_units: usize,
    },
    /// The donors are none, or too few for what was asked.
    TooFewDonors {
        /// How many are needed.
        needed: usize,
        /// How many there are.
        found: usize,
    },
    /// The treated unit is among its own donors.
    TreatedIsDonor {
        /// The unit.
        unit: usize,
    },
    /// A donor is listed twice.
    RepeatedDonor {
        /// The unit.
        unit: usize,
    },
    /// The periods before and after treatment do not fit in the panel.
    Window {
        /// Periods before treatment.
        n_pre: usize,
        /// Periods after treatment to evaluate.
        n_post: usize,
        /// Periods in the panel.
        n_periods: usize,
    },
    /// A share, level or power is not strictly between 0 and 1.
    NotAProbability {
        /// What was given.
        value: f64,
    },
    /// A distribution was asked for with zero degrees of freedom.
    NoDegreesOfFreedom,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Shape { expected, found } => {
                write!(
                    f,
                    "{found} values where {expected} are needed: give one value for each unit and period"
                )
            }
            Self::MissingValue { unit, period } => write!(
                f,
                "unit {unit} has no finite value in period {period}: complete it, or leave out the unit or the period"
            ),
            Self::NotFinite { row, column: Some(column) } => {
                write!(f, "row {row} of column {column} is not finite: give a number")
            }
            Self::NotFinite { row, column: None } => {
                write!(f, "row {row} of the target is not finite: give a number")
            }
            Self::NotPositive { unit, period, value } => write!(
                f,
                "unit {unit} is {value} in period {period}, which has no logarithm: use levels, or leave out the unit"
            ),
            Self::NoSuchUnit { unit, n_units } => {
                write!(f, "unit {unit} is not in a panel of {n_units}: number units from 0")
            }
            Self::TooFewDonors { needed, found } => {
                write!(
                    f,
                    "{found} donors where at least {needed} are needed: add units that were not treated"
                )
            }
            Self::TreatedIsDonor { unit } => {
                write!(f, "unit {unit} is both treated and a donor: leave it out of the donors")
            }
            Self::RepeatedDonor { unit } => write!(f, "donor {unit} is listed twice: list it once"),
            Self::Window { n_pre, n_post, n_periods } => write!(
                f,
                "{n_pre} periods before and {n_post} after treatment do not fit in {n_periods}: \
                 both must be at least 1 and their sum at most {n_periods}"
            ),
            Self::NoDegreesOfFreedom => write!(f, "no degrees of freedom: at least 1 is needed"),
            Self::NotAProbability { value } => {
                write!(f, "{value} is not strictly between 0 and 1: give a share such as 0.05")
            }
        }
    }
}

impl std::error::Error for Error {}
