//! `no-comparison`: an evaluation with nobody to compare with.

use super::{Check, Report, Rule};
use crate::coverage::{Coverage, SeriesCoverage};
use crate::diagnostic::Severity;
use crate::strategy::{Evaluation, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "no-comparison",
    finds: "an evaluation that compares with nobody, or with one unit only",
    severity: Severity::Error,
    guesses: false,
    why: "What would have happened anyway can only be told from others to whom it happened. Before and after alone is \
          what a campaign claims, not what it did (*Soft power in action*, paragraphs 20 and 30).",
    bad: "[[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
          treated = [\"GBR\"]\ndonors = [\"FRA\"]\nfrom = 2012\n",
    good: "[[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
           treated = [\"GBR\"]\ndonors = [\"FRA\", \"DEU\", \"ESP\"]\nfrom = 2012\n",
    check: Check::Evidence(check),
};

/// A weighted average needs two.
pub(super) const FEWEST: usize = 2;

/// Units in the figures that an evaluation does not treat.
pub(super) fn others(evaluation: &Evaluation, series: &SeriesCoverage) -> usize {
    let treated = |unit: &str| evaluation.treated.iter().any(|treated| treated.as_str() == unit);
    series.units.keys().filter(|unit| !treated(unit)).count()
}

fn check(strategy: &Strategy, coverage: Option<&Coverage>, report: &mut Report) {
    for evaluation in &strategy.evaluations {
        if strategy.illegible.key(evaluation.span, "donors") {
            continue;
        }
        let named = evaluation.donors.len();
        if let Some(span) = evaluation.donors_declared {
            if named < FEWEST {
                report.diagnostics.push(
                    RULE.at(format!("`{}` has nobody to compare with", evaluation.id.value), span)
                        .label(if named == 0 { "nobody" } else { "one unit, which may have its own reasons" })
                        .reason("what would have happened anyway can only be told from others")
                        .hint("name the units that nothing was done to; or leave `donors` out to compare with every other"),
                );
            }
            continue;
        }
        let series = strategy.judged_by(evaluation).and_then(|indicator| coverage?.series(indicator.id.as_str()));
        let Some(series) = series else { continue };
        let count = others(evaluation, series);
        if count < FEWEST {
            report.diagnostics.push(
                RULE.at(format!("`{}` has nobody to compare with", evaluation.id.value), evaluation.id.span)
                    .label(format!("the data hold {count} other units"))
                    .reason("what would have happened anyway can only be told from others")
                    .hint("bring in figures of units that nothing was done to"),
            );
        }
    }
}
