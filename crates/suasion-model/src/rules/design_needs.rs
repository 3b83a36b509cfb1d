//! `design-needs`: an evaluation that lacks what its design needs.

use super::{Check, NotChecked, Report, Rule, clip, listed};
use crate::coverage::{Coverage, SeriesCoverage, figures_of};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::{Evaluation, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "design-needs",
    finds: "an evaluation that lacks what its design needs: one treated unit, and figures of it and of the others",
    severity: Severity::Error,
    guesses: false,
    why: "A synthetic control compares one treated unit with a weighted average of others (Abadie, Diamond and \
          Hainmueller 2010). Without figures of both, before and after, there is nothing to compare.",
    bad: "[[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
          treated = [\"GBR\", \"FRA\"]\nfrom = 2012\n",
    good: "[[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
           treated = [\"GBR\"]\nfrom = 2012\n",
    check: Check::Evidence(check),
};

fn check(strategy: &Strategy, coverage: Option<&Coverage>, report: &mut Report) {
    for evaluation in &strategy.evaluations {
        report.diagnostics.extend(treated(strategy, evaluation));
        let Some(indicator) = strategy.judged_by(evaluation) else { continue };
        let Some(series) = coverage.and_then(|coverage| coverage.series(indicator.id.as_str())) else {
            report.not_checked.push(NotChecked {
                code: RULE.code,
                what: format!("the evaluation `{}`", evaluation.id.value),
                why: figures_of(coverage, indicator.id.as_str()),
            });
            continue;
        };
        report.diagnostics.extend(units(evaluation, series));
    }
}

fn treated(strategy: &Strategy, evaluation: &Evaluation) -> Option<Diagnostic> {
    if strategy.illegible.key(evaluation.span, "treated") || strategy.illegible.key(evaluation.span, "treatment") {
        return None;
    }
    let id = evaluation.id.as_str();
    match (evaluation.treated.as_slice(), &evaluation.treatment) {
        ([_], _) => None,
        ([], Some(treatment)) => Some(
            RULE.at(format!("`{id}` names no treated unit"), treatment.span)
                .label("a synthetic control needs `treated`")
                .reason("units that begin at different times need another design, which this version does not have")
                .hint("name the one unit that was treated"),
        ),
        ([], None) => Some(
            RULE.at(format!("`{id}` names no treated unit"), evaluation.id.span)
                .label("to whom was it done?")
                .hint("add `treated = [\"…\"]` with the name of the unit as it stands in the figures"),
        ),
        ([_, second, ..], _) => Some(
            RULE.at(format!("`{id}` names several treated units"), second.span)
                .label("a synthetic control has one")
                .hint("write an evaluation for each, or treat their sum as one unit in the figures"),
        ),
    }
}

/// Whether the figures hold the units that the evaluation names.
fn units(evaluation: &Evaluation, series: &SeriesCoverage) -> Vec<Diagnostic> {
    let missing = |unit: &&crate::source::Spanned<String>| !series.units.contains_key(unit.as_str());
    let mut found = Vec::new();
    if let Some(treated) = evaluation.treated.iter().find(missing) {
        found.push(
            RULE.at(format!("the figures hold nothing of `{}`", clip(&treated.value)), treated.span)
                .label("treated, and not in the data")
                .hint("write the unit as it stands in the figures, or bring in figures that hold it"),
        );
    }
    let absent: Vec<&crate::source::Spanned<String>> = evaluation.donors.iter().filter(missing).collect();
    if let Some(first) = absent.first() {
        let names: Vec<&str> = absent.iter().map(|donor| donor.as_str()).collect();
        found.push(
            RULE.at(format!("the figures hold nothing of {}", listed(&names)), first.span)
                .label("compared with, and not in the data")
                .hint("write the units as they stand in the figures, or leave them out of `donors`"),
        );
    }
    found
}
