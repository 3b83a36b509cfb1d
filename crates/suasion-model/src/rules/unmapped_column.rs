//! `unmapped-column`: a dataset that does not say where a required column stands.

use super::{Check, Rule, all_of, quoted};
use crate::diagnostic::{Diagnostic, Severity};
use crate::evidence::{self, Need, TableSpec};
use crate::strategy::{Dataset, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "unmapped-column",
    finds: "a dataset that does not say which column of its file is one that its table needs",
    severity: Severity::Error,
    guesses: false,
    why: "Columns are never guessed by their names, and a row of observations without a value is none.",
    bad: "[[dataset]]\nid = \"visits\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"visits.csv\"\n\
          columns = { unit = \"place\", period = \"year\" }\nsource = \"Office\"\nlicence = \"CC0-1.0\"\n",
    good: "[[dataset]]\nid = \"visits\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"visits.csv\"\n\
           columns = { unit = \"place\", period = \"year\", value = \"visits\" }\nsource = \"Office\"\nlicence = \"CC0-1.0\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for dataset in &strategy.datasets {
        let unsaid = |key| strategy.illegible.key(dataset.span, key);
        // Where there is no `columns` at all, that is said already.
        let absent = dataset.columns_span == dataset.span;
        if let Some(table) = evidence::of(dataset.table.value)
            && !(absent || unsaid("table") || unsaid("columns"))
        {
            diagnostics.extend(of(table, dataset));
        }
    }
}

pub(super) fn of(table: &TableSpec, dataset: &Dataset) -> Option<Diagnostic> {
    let missing: Vec<&str> = table
        .columns
        .iter()
        .filter(|column| column.need == Need::Required)
        .map(|column| column.name)
        .filter(|name| !dataset.columns.iter().any(|named| named.ours.value == *name))
        .collect();
    let first = missing.first()?;
    let names = quoted(missing.iter().copied());
    Some(
        RULE.at(format!("dataset `{}` does not say which column is {}", dataset.id.value, all_of(&names)), dataset.columns_span)
            .label("not named here")
            .reason(format!("a row of `{}` means nothing without", table.name))
            .hint(format!("add `{first} = \"the file's name for it\"`")),
    )
}
