//! `unknown-column`: a mapping to a column that the table does not have.

use std::collections::BTreeSet;

use super::unknown_key::{Near, suggest};
use super::{Check, Rule, all_of, clip, nearest};
use crate::diagnostic::{Diagnostic, Severity};
use crate::evidence::{self, TableSpec};
use crate::strategy::{Dataset, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "unknown-column",
    finds: "a mapping to a column that the dataset's table does not have",
    severity: Severity::Error,
    guesses: false,
    why: "The file's column would be read into nothing. In `columns` our name stands left, the file's right.",
    bad: "[[dataset]]\nid = \"visits\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"visits.csv\"\n\
          columns = { unit = \"place\", period = \"year\", value = \"visits\", stauts = \"final\" }\n\
          source = \"Office\"\nlicence = \"CC0-1.0\"\n",
    good: "[[dataset]]\nid = \"visits\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"visits.csv\"\n\
           columns = { unit = \"place\", period = \"year\", value = \"visits\", status = \"final\" }\n\
           source = \"Office\"\nlicence = \"CC0-1.0\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for dataset in &strategy.datasets {
        if let Some(table) = evidence::of(dataset.table.value)
            && !strategy.illegible.key(dataset.span, "table")
        {
            of(table, dataset, diagnostics);
        }
    }
}

pub(super) fn of(table: &TableSpec, dataset: &Dataset, diagnostics: &mut Vec<Diagnostic>) {
    let known: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let mut taken: BTreeSet<&str> = dataset.columns.iter().map(|column| column.ours.as_str()).collect();
    for column in &dataset.columns {
        let ours = &column.ours;
        if known.contains(&ours.as_str()) {
            continue;
        }
        let diagnostic = RULE
            .at(format!("table `{}` has no column `{}`", table.name, clip(&ours.value)), ours.span)
            .label("ours stands left, the file's right");
        diagnostics.push(match nearest(&ours.value, &known) {
            Some(word) => suggest(diagnostic, ours.span, &known, Some(Near { word, taken: !taken.insert(word) })),
            None => diagnostic.hint(format!("its columns: {}", all_of(&known))),
        });
    }
}
