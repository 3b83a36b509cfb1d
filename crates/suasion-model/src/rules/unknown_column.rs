//! `unknown-column`: a mapping to a column that the table does not have.

use std::collections::BTreeSet;

use super::{Check, Rule, any_of, clip, nearest};
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
            // Written as what is there already, it would be there twice.
            Some(near) if taken.insert(near) => diagnostic.did_you_mean(near, ours.span, near),
            Some(near) => diagnostic.hint(format!("`{near}` is there already: keep one of them")),
            None => diagnostic.hint(format!("its columns: {}", any_of(&known).replace(" or ", " and "))),
        });
    }
}
