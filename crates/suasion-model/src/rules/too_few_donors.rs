//! `too-few-donors`: an evaluation with too few others for its test to find anything.

use super::{Check, NotChecked, Report, Rule, no_comparison};
use crate::coverage::{Coverage, figures_of};
use crate::diagnostic::Severity;
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "too-few-donors",
    finds: "an evaluation with fewer than nineteen units to compare with",
    severity: Severity::Warning,
    guesses: false,
    why: "The test of a synthetic control ranks the treated unit among all units (Abadie, Diamond and Hainmueller 2010, \
          section 3). Of twenty the first place has a share of 5 %; of fewer, no place is rare enough, however large the effect.",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\n\
          [[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
          treated = [\"GBR\"]\nfrom = 2012\ndonors = [\"AUS\", \"AUT\", \"BEL\"]\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\n\
           [[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
           treated = [\"GBR\"]\nfrom = 2012\n\
           donors = [\"AUS\", \"AUT\", \"BEL\", \"CAN\", \"CHE\", \"CHL\", \"CZE\", \"DEU\", \"DNK\", \"ESP\", \"FIN\", \"FRA\", \"GRC\",\n\
           \x20 \"HUN\", \"IRL\", \"ISL\", \"ITA\", \"JPN\", \"KOR\"]\n",
    check: Check::Evidence(check),
};

/// The fewest units to compare with among which a first place is as rare as one in twenty.
const FEWEST: usize = 19;

fn check(strategy: &Strategy, coverage: Option<&Coverage>, report: &mut Report) {
    for evaluation in &strategy.evaluations {
        if strategy.illegible.key(evaluation.span, "donors") {
            continue;
        }
        let (count, span) = if let Some(span) = evaluation.donors_declared {
            (evaluation.donors.len(), span)
        } else {
            let Some(indicator) = strategy.judged_by(evaluation) else { continue };
            let Some(series) = coverage.and_then(|coverage| coverage.series(indicator.id.as_str())) else {
                report.not_checked.push(NotChecked {
                    code: RULE.code,
                    what: format!("the evaluation `{}`", evaluation.id.value),
                    why: figures_of(coverage, indicator.id.as_str()) + ", or a list of its `donors`",
                });
                continue;
            };
            (no_comparison::others(evaluation, series), evaluation.id.span)
        };
        // With fewer there is nobody to compare with, which is another rule's to report.
        if (no_comparison::FEWEST..FEWEST).contains(&count) {
            report.diagnostics.push(
                RULE.at(format!("`{}` compares with {count} units, and can find nothing", evaluation.id.value), span)
                    .label(format!("{FEWEST} are needed"))
                    .reason(format!("of {} units, a first place is too common to tell an effect from luck at 5 %", count + 1))
                    .hint("compare with more units: smaller places, or others to which nothing was done"),
            );
        }
    }
}
