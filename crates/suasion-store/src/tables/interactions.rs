//! `interactions`: who acted towards whom, when, and about what.
//!
//! Events have no key: two equal rows are two events, and both are kept.

use super::{ColumnSpec, Holds, Need, TableSpec};

pub(super) const INTERACTIONS: TableSpec = TableSpec {
    name: "interactions",
    unique: false,
    columns: &[
        ColumnSpec {
            name: "time",
            holds: Holds::Time,
            need: Need::Required,
            key: false,
            blank: "no-time",
            bad: "not-a-time",
        },
        ColumnSpec {
            name: "actor",
            holds: Holds::Text,
            need: Need::Required,
            key: false,
            blank: "no-actor",
            bad: "no-actor",
        },
        ColumnSpec {
            name: "verb",
            holds: Holds::Text,
            need: Need::Required,
            key: false,
            blank: "no-verb",
            bad: "no-verb",
        },
        ColumnSpec {
            name: "object_actor",
            holds: Holds::Text,
            need: Need::Optional,
            key: false,
            blank: "no-object-actor",
            bad: "no-object-actor",
        },
        ColumnSpec {
            name: "item",
            holds: Holds::Text,
            need: Need::Optional,
            key: false,
            blank: "no-item",
            bad: "no-item",
        },
        ColumnSpec {
            name: "issue_keys",
            holds: Holds::Text,
            need: Need::Optional,
            key: false,
            blank: "no-issue-keys",
            bad: "no-issue-keys",
        },
        ColumnSpec {
            name: "platform",
            holds: Holds::Text,
            need: Need::Optional,
            key: false,
            blank: "no-platform",
            bad: "no-platform",
        },
        ColumnSpec {
            name: "layer",
            holds: Holds::Text,
            need: Need::Optional,
            key: false,
            blank: "no-layer",
            bad: "no-layer",
        },
        ColumnSpec {
            name: "weight",
            holds: Holds::Number,
            need: Need::Otherwise(1.0),
            key: false,
            blank: "no-weight",
            bad: "not-a-number",
        },
    ],
};
