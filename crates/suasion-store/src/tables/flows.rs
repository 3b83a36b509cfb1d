//! `flows`: how much went from one place to another in a period.

use super::{ColumnSpec, Holds, Need, TableSpec};

pub(super) const FLOWS: TableSpec = TableSpec {
    name: "flows",
    unique: true,
    columns: &[
        ColumnSpec {
            name: "period",
            holds: Holds::Period,
            need: Need::Required,
            key: true,
            blank: "no-period",
            bad: "not-a-period",
        },
        ColumnSpec {
            name: "origin",
            holds: Holds::Text,
            need: Need::Required,
            key: true,
            blank: "no-origin",
            bad: "no-origin",
        },
        ColumnSpec {
            name: "destination",
            holds: Holds::Text,
            need: Need::Required,
            key: true,
            blank: "no-destination",
            bad: "no-destination",
        },
        ColumnSpec {
            name: "kind",
            holds: Holds::Text,
            need: Need::Optional,
            key: true,
            blank: "no-kind",
            bad: "no-kind",
        },
        ColumnSpec {
            name: "value",
            holds: Holds::Number,
            need: Need::Required,
            key: false,
            blank: "no-value",
            bad: "not-a-number",
        },
        ColumnSpec {
            name: "unit",
            holds: Holds::Text,
            need: Need::DeclaredUnit,
            key: false,
            blank: "no-unit",
            bad: "no-unit",
        },
    ],
};
