//! `ambiguous-series`: several indicators read one dataset, and nothing says which row is whose.

use super::Rule;
use crate::diagnostic::Diagnostic;
use crate::strategy::{Indicator, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "ambiguous-series",
    finds: "several indicators that read one dataset without a column that says which row is whose",
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
    check: Some(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for dataset in &strategy.datasets {
        if dataset.columns.iter().any(|column| column.ours.value == "indicator") {
            continue;
        }
        let reads = |indicator: &&Indicator| {
            indicator.dataset.as_ref().is_some_and(|named| named.value == dataset.id.value)
        };
        let mut readers = strategy.indicators.iter().filter(reads);
        let Some(first) = readers.next() else { continue };
        for second in readers {
            diagnostics.push(
                Diagnostic::error(
                    RULE.code,
                    format!("`{}` and `{}` are the same rows of `{}`", first.id.value, second.id.value, dataset.id.value),
                    second.id.span,
                )
                .label("read from every row")
                .also(first.id.span, "and so is this")
                .hint("map our column `indicator` to the file's column of series codes, and give each its `code`"),
            );
        }
    }
}
