//! `observations`: an indicator's value for a unit in a period.

use super::{ColumnSpec, Holds, Need, TableSpec};

pub(super) const OBSERVATIONS: TableSpec = TableSpec {
    name: "observations",
    unique: true,
    columns: &[
        ColumnSpec {
            name: "indicator",
            holds: Holds::Text,
            need: Need::Optional,
            key: true,
            blank: "no-indicator",
            bad: "no-indicator",
        },
        ColumnSpec {
            name: "unit",
            holds: Holds::Text,
            need: Need::Required,
            key: true,
            blank: "no-unit",
            bad: "no-unit",
        },
        ColumnSpec {
            name: "period",
            holds: Holds::Period,
            need: Need::Required,
            key: true,
            blank: "no-period",
            bad: "not-a-period",
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
            name: "status",
            holds: Holds::Text,
            need: Need::Optional,
            key: false,
            blank: "no-status",
            bad: "no-status",
        },
    ],
};
