//! `treated-is-donor`: a unit compared with itself.

use super::Rule;
use crate::diagnostic::Diagnostic;
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "treated-is-donor",
    finds: "a unit that is both treated and compared with, or named twice",
    why: "A unit that is part of its own comparison shows no difference, whatever happened to it.",
    bad: "[[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
          treated = [\"GBR\"]\ndonors = [\"FRA\", \"GBR\"]\nfrom = 2012\n",
    good: "[[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
           treated = [\"GBR\"]\ndonors = [\"FRA\", \"DEU\"]\nfrom = 2012\n",
    check: Some(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for evaluation in &strategy.evaluations {
        for (at, donor) in evaluation.donors.iter().enumerate() {
            let earlier = evaluation.treated.iter().chain(&evaluation.donors[..at]);
            let Some(same) = earlier.into_iter().find(|unit| unit.value == donor.value) else { continue };
            let treated = evaluation.treated.iter().any(|unit| unit.value == donor.value);
            let what = if treated { "compared with itself" } else { "named twice among the donors" };
            diagnostics.push(
                Diagnostic::error(RULE.code, format!("`{}` is {what}", donor.value), donor.span)
                    .label("named again here")
                    .also(same.span, if treated { "treated here" } else { "named first here" })
                    .hint("leave it out of `donors`"),
            );
        }
    }
}
