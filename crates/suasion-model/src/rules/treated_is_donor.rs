//! `treated-is-donor`: a unit compared with itself.

use std::collections::BTreeMap;

use super::{Check, Rule, clip};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "treated-is-donor",
    finds: "a unit that is both treated and compared with, or named twice",
    severity: Severity::Error,
    guesses: false,
    why: "A unit that is part of its own comparison shows no difference, whatever happened to it.",
    bad: "[[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
          treated = [\"GBR\"]\ndonors = [\"FRA\", \"GBR\"]\nfrom = 2012\n",
    good: "[[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
           treated = [\"GBR\"]\ndonors = [\"FRA\", \"DEU\"]\nfrom = 2012\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for evaluation in &strategy.evaluations {
        let mut named: BTreeMap<&str, (Span, bool)> =
            evaluation.treated.iter().map(|unit| (unit.as_str(), (unit.span, true))).collect();
        for donor in &evaluation.donors {
            let Some((same, treated)) = named.get(donor.as_str()).copied() else {
                named.insert(donor.as_str(), (donor.span, false));
                continue;
            };
            let what = if treated { "compared with itself" } else { "named twice among the donors" };
            diagnostics.push(
                RULE.at(format!("`{}` is {what}", clip(&donor.value)), donor.span)
                    .label("named again here")
                    .also(same, if treated { "treated here" } else { "named first here" })
                    .hint("leave it out of `donors`"),
            );
        }
    }
}
