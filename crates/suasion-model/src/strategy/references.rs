//! Ids that stand for sections, and sections that are not there.

use std::collections::{BTreeMap, BTreeSet};

use super::illegible::Illegible;
use super::row::{Row, Rows};
use super::schema::{Key, Kind, SECTIONS};
use crate::diagnostic::Diagnostic;
use crate::rules::{nearest, unknown_reference};

/// How many ids all misspelt references of one file are compared with, together: a strategy that people write stays far
/// below, and a file that is no strategy costs no time.
const COMPARISONS: usize = 40_000;

/// Reports every reference to an id that no section of the kind has. An id that may stand in what could not be read is
/// not said to be missing; and of a misspelt one, what was probably meant counts as said illegibly.
pub(super) fn check(rows: &Rows, illegible: &mut Illegible, diagnostics: &mut Vec<Diagnostic>) {
    let ids = SECTIONS
        .iter()
        .map(|section| {
            let rows = rows.get(section.name).map_or(&[][..], Vec::as_slice);
            (section.name, rows.iter().filter_map(|row| row.id().map(|id| id.value)).collect())
        })
        .collect();
    let mut checker = Checker {
        ids,
        illegible,
        comparisons: COMPARISONS,
        named: BTreeMap::new(),
        unknown: Vec::new(),
        meant: Vec::new(),
        diagnostics,
    };
    for section in SECTIONS {
        for row in rows.get(section.name).map_or(&[][..], Vec::as_slice) {
            checker.row(section.name, section.keys, row);
        }
    }
    checker.report();
    for (section, key, id) in checker.meant {
        illegible.lose_value(section, key, &id);
    }
}

struct Checker<'r> {
    ids: BTreeMap<&'static str, BTreeSet<&'r str>>,
    illegible: &'r Illegible,
    /// How many are left.
    comparisons: usize,
    /// How often each id is named, by the section that it would be of.
    named: BTreeMap<(&'static str, String), usize>,
    /// References to nothing: what they would be to, the id, the one that was probably meant, and what is said of it.
    unknown: Vec<(&'static str, String, Option<String>, Diagnostic)>,
    /// Ids that were probably meant, with the section and key that they were meant in.
    meant: Vec<(&'static str, &'static str, String)>,
    diagnostics: &'r mut Vec<Diagnostic>,
}

impl Checker<'_> {
    fn row(&mut self, section: &'static str, keys: &'static [Key], row: &Row) {
        for key in keys {
            match key.kind {
                Kind::Reference(target, extra) | Kind::References(target, extra) => {
                    self.references(section, key.name, target, extra, row);
                }
                Kind::Record(keys) => {
                    if let Some(record) = row.record(key.name) {
                        self.row(section, keys, record);
                    }
                }
                Kind::Records(keys) => {
                    for record in row.records(key.name) {
                        self.row(section, keys, record);
                    }
                }
                _ => {}
            }
        }
    }

    fn references(
        &mut self,
        section: &'static str,
        key: &'static str,
        target: &'static str,
        extra: &[&'static str],
        row: &Row,
    ) {
        for written in row.text(key).into_iter().chain(row.texts(key)) {
            let id = written.as_str();
            *self.named.entry((target, id.to_string())).or_default() += 1;
            let there = self.ids.get(target).is_some_and(|ids| ids.contains(id));
            if there || extra.contains(&id) || self.illegible.says(target, "id", id) {
                continue;
            }
            let ids = self.ids.get(target);
            let count = ids.map_or(0, BTreeSet::len) + extra.len();
            let known: Vec<&str> = if count <= self.comparisons {
                self.comparisons -= count;
                ids.into_iter().flatten().chain(extra).copied().collect()
            } else {
                Vec::new()
            };
            let near = nearest(id, &known);
            self.meant.extend(near.map(|near| (section, key, near.to_string())));
            let diagnostic = unknown_reference::unknown_reference(key, target, &written, &known, count, near);
            self.unknown.push((target, id.to_string(), near.map(str::to_string), diagnostic));
        }
    }

    /// Reports what is named and not there. Where several say one thing and the declaration alone another, that may be
    /// the slip, and nothing has one right answer.
    fn report(&mut self) {
        for (target, id, near, mut diagnostic) in std::mem::take(&mut self.unknown) {
            if let Some(near) = near {
                let times = |id: String| self.named.get(&(target, id)).copied().unwrap_or(0);
                if times(id.clone()) > 1 && times(near.clone()) == 0 {
                    diagnostic.fix = None;
                    diagnostic = diagnostic.hint(format!("did you mean `{near}`? Or mend the id of that `[[{target}]]`, which nothing else names"));
                }
            }
            self.diagnostics.push(diagnostic);
        }
    }
}
