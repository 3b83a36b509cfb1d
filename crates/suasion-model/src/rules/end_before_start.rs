//! `end-before-start`: something that ends before it begins.

use super::{Check, Rule, clip};
use crate::diagnostic::{Diagnostic, Severity};
use crate::period::Period;
use crate::source::Spanned;
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "end-before-start",
    finds: "an initiative, a dataset, a network, an evaluation or a threat that ends before it begins",
    severity: Severity::Error,
    guesses: false,
    why: "One of the two dates is wrong, and an answer would rest on either.",
    bad: "[[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012-02-01\nends = 2011\n",
    good: "[[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012-02-01\nends = 2013\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    let mut look = |what: &dyn Fn() -> String, start: Spanned<Period>, end: Option<Spanned<Period>>| {
        let Some(end) = end.filter(|end| end.value.last_day() < start.value.first_date()) else { return };
        diagnostics.push(
            RULE.at(format!("{} ends in {}, before it begins", what(), end.value), end.span)
                .label("before its beginning")
                .also(start.span, "which is this")
                .hint("mend whichever of the two is wrong"),
        );
    };
    for initiative in &strategy.initiatives {
        look(&|| format!("`{}`", initiative.id.value), initiative.starts, initiative.ends);
    }
    for dataset in &strategy.datasets {
        if let Some(since) = dataset.since {
            look(&|| format!("`{}`", dataset.id.value), since, dataset.until);
        }
    }
    for network in &strategy.networks {
        if let Some(from) = network.from {
            look(&|| format!("`{}`", network.id.value), from, network.until);
        }
    }
    for evaluation in &strategy.evaluations {
        let horizon = || strategy.objective(evaluation.objective.as_str())?.horizon;
        let illegible = strategy.illegible.key(evaluation.span, "until");
        let until = evaluation.until.or_else(|| horizon().filter(|_| !illegible));
        look(&|| format!("`{}`", evaluation.id.value), evaluation.from, until);
        for threat in &evaluation.threats {
            look(&|| format!("“{}”", clip(&threat.what.value)), threat.from, threat.until);
        }
    }
}
