//! The tables that evidence fills: which columns they have, what each holds, and what makes a row the same row.
//!
//! A new table is one list of columns here and its line in [`of`] and [`all`].

use crate::data_rules::{self as rules, DataRule};
use crate::strategy::words::TableKind;

/// A table and its columns.
#[derive(Debug)]
pub struct TableSpec {
    /// Its name in the store and in SQL.
    pub name: &'static str,
    /// The columns that a file fills.
    pub columns: &'static [ColumnSpec],
    /// Whether two rows with the same key columns are the same row. Events have no key: the same may happen twice.
    pub unique: bool,
}

/// A column that a file fills.
#[derive(Debug)]
pub struct ColumnSpec {
    /// Our name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// What happens where the file does not say it.
    pub need: Need,
    /// Whether it is part of the row's key.
    pub key: bool,
    /// Why a row is dropped where this is blank; none where it may be.
    pub blank: Option<&'static DataRule>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text, without the ASCII white space around it.
    Text,
    /// A period as it was said; `<name>_start` has its first day.
    Period,
    /// A period or an instant as it was said; `<name>_start` has its first instant in UTC.
    Time,
    /// A finite number.
    Number,
}

/// What happens where a mapping does not name a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Need {
    /// The mapping must name it.
    Required,
    /// It is null.
    Optional,
    /// Every row has this number.
    Otherwise(f64),
    /// Every row has the dataset's declared unit.
    DeclaredUnit,
}

/// The table of a kind; `None` where this version does not read it yet.
pub fn of(kind: TableKind) -> Option<&'static TableSpec> {
    match kind {
        TableKind::Observations => Some(&OBSERVATIONS),
        TableKind::Flows => Some(&FLOWS),
        TableKind::Interactions => Some(&INTERACTIONS),
        TableKind::Actors => Some(&ACTORS),
        TableKind::Shares | TableKind::Statements | TableKind::Acts | TableKind::Ledger => None,
    }
}

/// Every table that can be read, in the order in which they are listed.
pub fn all() -> [&'static TableSpec; 4] {
    [&ACTORS, &FLOWS, &INTERACTIONS, &OBSERVATIONS]
}

/// An indicator's value for a unit in a period.
static OBSERVATIONS: TableSpec = TableSpec {
    name: "observations",
    unique: true,
    columns: &[
        optional("indicator").in_key(),
        required("unit", Holds::Text, &rules::NO_UNIT).in_key(),
        required("period", Holds::Period, &rules::NO_PERIOD).in_key(),
        required("value", Holds::Number, &rules::NO_VALUE),
        optional("status"),
    ],
};

/// How much went from one place to another in a period.
static FLOWS: TableSpec = TableSpec {
    name: "flows",
    unique: true,
    columns: &[
        required("period", Holds::Period, &rules::NO_PERIOD).in_key(),
        required("origin", Holds::Text, &rules::NO_ORIGIN).in_key(),
        required("destination", Holds::Text, &rules::NO_DESTINATION).in_key(),
        optional("kind").in_key(),
        required("value", Holds::Number, &rules::NO_VALUE),
        ColumnSpec { need: Need::DeclaredUnit, ..required("unit", Holds::Text, &rules::NO_UNIT) },
    ],
};

/// Who the actors are. Whoever has a row is not thereby marked as one that may be named: that takes a kind and a source.
static ACTORS: TableSpec = TableSpec {
    name: "actors",
    unique: true,
    columns: &[
        required("actor", Holds::Text, &rules::NO_ACTOR).in_key(),
        optional("kind"),
        optional("name"),
        optional("closeness"),
        optional("language"),
        optional("country"),
        optional("source"),
    ],
};

/// Who acted towards whom, when, and about what. Events have no key: two equal rows are two events.
static INTERACTIONS: TableSpec = TableSpec {
    name: "interactions",
    unique: false,
    columns: &[
        required("time", Holds::Time, &rules::NO_TIME),
        required("actor", Holds::Text, &rules::NO_ACTOR),
        required("verb", Holds::Text, &rules::NO_VERB),
        optional("object_actor"),
        optional("item"),
        optional("issue_keys"),
        optional("platform"),
        optional("layer"),
        optional("language"),
        ColumnSpec { need: Need::Otherwise(1.0), ..required("weight", Holds::Number, &rules::NO_WEIGHT) },
    ],
};

const fn required(name: &'static str, holds: Holds, blank: &'static DataRule) -> ColumnSpec {
    ColumnSpec { name, holds, need: Need::Required, key: false, blank: Some(blank) }
}

const fn optional(name: &'static str) -> ColumnSpec {
    ColumnSpec { name, holds: Holds::Text, need: Need::Optional, key: false, blank: None }
}

impl ColumnSpec {
    const fn in_key(self) -> Self {
        Self { key: true, ..self }
    }
}
