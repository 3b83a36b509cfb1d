//! `ambiguous-series`: several indicators read one dataset, and nothing says which row is whose.

use std::collections::BTreeMap;

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::{Indicator, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "ambiguous-series",
    finds: "several indicators that read one dataset without a column that says which row is whose",
    severity: Severity::Error,
    guesses: false,
    why: "Each of them would be read from all rows: one series under two names.",
    bad: "[[indicator]]\nid = \"arrivals\"\nlabel = \"Arrivals\"\nkind = \"outcome\"\nunit = \"visits\"\ndataset = \"wdi\"\n\n\
          [[indicator]]\nid = \"nights\"\nlabel = \"Nights\"\nkind = \"outcome\"\nunit = \"nights\"\ndataset = \"wdi\"\n\n\
          [[dataset]]\nid = \"wdi\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"wdi.csv\"\n\
          columns = { unit = \"iso3\", period = \"year\", value = \"value\" }\nsource = \"World Bank\"\nlicence = \"CC-BY-4.0\"\n",
    good: "[[indicator]]\nid = \"arrivals\"\nlabel = \"Arrivals\"\nkind = \"outcome\"\nunit = \"visits\"\ndataset = \"wdi\"\n\
           code = \"ST.INT.ARVL\"\n\n\
           [[indicator]]\nid = \"nights\"\nlabel = \"Nights\"\nkind = \"outcome\"\nunit = \"nights\"\ndataset = \"wdi\"\n\
           code = \"ST.INT.NGTS\"\n\n\
           [[dataset]]\nid = \"wdi\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"wdi.csv\"\n\
           columns = { indicator = \"series\", unit = \"iso3\", period = \"year\", value = \"value\" }\n\
           source = \"World Bank\"\nlicence = \"CC-BY-4.0\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    let mut first_readers: BTreeMap<&str, &Indicator> = BTreeMap::new();
    for second in &strategy.indicators {
        let Some(dataset) = second.dataset.as_ref().and_then(|named| strategy.dataset(named.as_str())) else {
            continue;
        };
        let told_apart = dataset.columns.iter().any(|column| column.ours.value == "indicator");
        if told_apart || strategy.illegible.key(dataset.span, "columns") {
            continue;
        }
        let first = *first_readers.entry(dataset.id.as_str()).or_insert(second);
        if first.span != second.span {
            diagnostics.push(
                RULE.at(format!("`{}` and `{}` are the same rows of `{}`", first.id.value, second.id.value, dataset.id.value),
                    second.id.span,
                )
                .label("read from every row")
                .also(first.id.span, "and so is this")
                .hint("map our column `indicator` to the file's column of series codes, and give each its `code`"),
            );
        }
    }
}
