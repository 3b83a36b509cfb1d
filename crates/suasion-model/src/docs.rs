//! The reference pages, printed from the tables that the program itself uses.
//!
//! `docs/strategy.md`, `docs/diagnostics.md` and `docs/findings.schema.json` are these functions' results; a test
//! fails when a file is stale, and rewrites it with `SUASION_UPDATE=1`.

use std::fmt::Write as _;

use crate::rules::RULES;
use crate::strategy::schema::{Key, Kind, SECTIONS};

/// The reference of the strategy language.
pub fn strategy_reference() -> String {
    let mut page = String::from(
        "# The strategy file\n\n\
         A strategy is a TOML file named `strategy.toml`. The folder that holds it is the workspace; tables, receipts and \
         findings live in its `.suasion/`. Sections may stand in any order. An `id` is kebab-case and unique among its \
         kind. A period is `2012`, `\"2012-02\"` or `2012-02-01`. This page is made from the program.\n",
    );
    for section in SECTIONS {
        let header =
            if section.repeated { format!("[[{}]]", section.name) } else { format!("[{}]", section.name) };
        let _ = write!(page, "\n## `{header}`\n\n{}\n\n", section.doc);
        keys(&mut page, "", section.keys);
    }
    page
}

/// The reference of the diagnostics.
pub fn diagnostics_reference() -> String {
    let mut page = String::from(
        "# What `suasion check` finds\n\n\
         Every problem is reported in one go, in the order of the file, with its code, its place, the reason and what to \
         do. Examples are fragments: each shows its own rule only. This page is made from the program.\n",
    );
    for rule in RULES {
        let _ = write!(
            page,
            "\n## {}\n\nFinds {}.\n\n{}\n\nFound in:\n\n```toml\n{}```\n\nMended:\n\n```toml\n{}```\n",
            rule.code, rule.finds, rule.why, rule.bad, rule.good
        );
    }
    page
}

fn keys(page: &mut String, within: &str, keys: &[Key]) {
    if within.is_empty() {
        page.push_str("| key | holds | |\n|---|---|---|\n");
    }
    for key in keys {
        let name = format!("{within}{}", key.name);
        let needed = if key.required { " *Required.*" } else { "" };
        let _ = writeln!(page, "| `{name}` | {} | {}{needed} |", holds(key.kind), key.doc);
        if let Kind::Record(inner) | Kind::Records(inner) = key.kind {
            self::keys(page, &format!("{name}."), inner);
        }
    }
}

fn holds(kind: Kind) -> String {
    match kind {
        Kind::Reference(target, extra) => format!("a `{target}` id{}", or(extra)),
        Kind::References(target, extra) => format!("a list of `{target}` ids{}", or(extra)),
        Kind::Code => "the code of a diagnostic".to_string(),
        Kind::Duration => "an ISO 8601 duration, such as `\"P1Y\"`".to_string(),
        Kind::OneOf(words) | Kind::Who(words) => {
            words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
        }
        Kind::Id => "an id".to_string(),
        Kind::Text => "a string".to_string(),
        Kind::Texts => "a list of strings".to_string(),
        Kind::Integer => "a whole number".to_string(),
        Kind::Number => "a number".to_string(),
        Kind::Flag => "`true` or `false`".to_string(),
        Kind::Period => "a period".to_string(),
        Kind::Effect => "`\"5 %\"`, or a number in the indicator's unit".to_string(),
        Kind::Record(_) => "a table".to_string(),
        Kind::Records(_) => "a list of tables".to_string(),
        Kind::Columns => "a table from our column names to the file's".to_string(),
    }
}

/// Words that may stand in the place of an id.
fn or(words: &[&str]) -> String {
    words.iter().fold(String::new(), |text, word| text + ", or `" + word + "`")
}
