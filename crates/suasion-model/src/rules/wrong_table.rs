//! `wrong-table`: an indicator, a corridor or a network that reads a dataset of another kind.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Spanned;
use crate::strategy::Strategy;
use crate::strategy::words::TableKind;

pub(crate) const RULE: Rule = Rule {
    code: "wrong-table",
    finds: "an indicator that does not read observations, a corridor that does not read flows, or a network that does not read interactions and actors",
    severity: Severity::Error,
    guesses: false,
    why: "An indicator is a value for a place and a period, a corridor is what goes from one place to another, \
          a network is who acts towards whom. The other kind of table has no such columns, and the question would end without an answer.",
    bad: "[[corridor]]\nid = \"students\"\ndataset = \"visits\"\nfocus = \"NLD\"\nperiod = 2017\n\n\
          [[dataset]]\nid = \"visits\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"visits.csv\"\n\
          columns = { unit = \"place\", period = \"year\", value = \"visits\" }\nsource = \"Office\"\nlicence = \"CC0-1.0\"\n",
    good: "[[corridor]]\nid = \"students\"\ndataset = \"moves\"\nfocus = \"NLD\"\nperiod = 2017\n\n\
           [[dataset]]\nid = \"moves\"\ntable = \"flows\"\nformat = \"csv\"\npath = \"moves.csv\"\n\
           columns = { origin = \"from\", destination = \"to\", period = \"year\", value = \"students\" }\n\
           source = \"Office\"\nlicence = \"CC0-1.0\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    let indicators = strategy.indicators.iter().filter_map(|indicator| indicator.dataset.as_ref());
    for named in indicators {
        diagnostics.extend(wrong(strategy, named, TableKind::Observations, "an indicator"));
    }
    for corridor in &strategy.corridors {
        diagnostics.extend(wrong(strategy, &corridor.dataset, TableKind::Flows, "a corridor"));
    }
    for network in &strategy.networks {
        diagnostics.extend(wrong(strategy, &network.dataset, TableKind::Interactions, "a network"));
        let actors = network.actors.as_ref();
        diagnostics.extend(actors.and_then(|actors| {
            wrong(strategy, actors, TableKind::Actors, "what says who may be named")
        }));
    }
}

fn wrong(strategy: &Strategy, named: &Spanned<String>, needed: TableKind, whose: &str) -> Option<Diagnostic> {
    let dataset = strategy.dataset(named.as_str())?;
    let (table, needed) = (dataset.table.value.word(), needed.word());
    (table != needed && !strategy.illegible.key(dataset.span, "table")).then(|| {
        RULE.at(format!("{whose} reads {needed}, and `{}` fills {table}", named.value), named.span)
            .label(format!("expected a dataset of {needed}"))
            .also(dataset.table.span, "declared here")
            .hint(format!("name a dataset whose table is {needed}"))
    })
}
