//! `double-counting`: one benefit counted twice.

use std::collections::BTreeMap;

use super::{Check, Rule, clip};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;
use crate::strategy::words::{Status, TableKind};
use crate::strategy::{Dataset, Objective, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "double-counting",
    finds: "one benefit counted for two objectives, or projected and actual amounts that nothing keeps apart",
    severity: Severity::Warning,
    guesses: false,
    why: "A visitor's spending that two objectives claim is one visitor's spending. What was hoped for and what came \
          are two figures of one benefit, and their sum is neither (*Soft power in action*, paragraphs 18 and 20).",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\nbenefit = \"visitor-spend\"\n\n\
          [[objective]]\nid = \"nights\"\nstatement = \"They stay longer\"\nbenefit = \"visitor-spend\"\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\nbenefit = \"visitor-spend\"\n\n\
           [[objective]]\nid = \"students\"\nstatement = \"More people study here\"\nbenefit = \"tuition\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    let mut counted: BTreeMap<&str, (&Objective, Span)> = BTreeMap::new();
    for objective in &strategy.objectives {
        let Some(benefit) = &objective.benefit else { continue };
        let Some((first, span)) = counted.get(benefit.as_str()) else {
            counted.insert(benefit.as_str(), (objective, benefit.span));
            continue;
        };
        let mixed = matches!(
            (first.status, objective.status),
            (Some(Status::Projected), Some(Status::Actual)) | (Some(Status::Actual), Some(Status::Projected))
        );
        let reason = if mixed {
            "what was hoped for and what came are two figures of one benefit, and their sum is neither"
        } else {
            "added up, it would be there twice"
        };
        diagnostics.push(
            RULE.at(format!("`{}` is counted for two objectives", clip(&benefit.value)), benefit.span)
                .label("counted again here")
                .also(*span, "counted first here")
                .reason(reason)
                .hint("count it where it arises; give the other objective a benefit of its own, or none"),
        );
    }
    diagnostics.extend(strategy.datasets.iter().filter_map(|dataset| mixed_ledger(strategy, dataset)));
}

/// A ledger whose rows do not say whether an amount is projected or actual.
fn mixed_ledger(strategy: &Strategy, dataset: &Dataset) -> Option<Diagnostic> {
    let says = dataset.columns.iter().any(|column| column.ours.value == "status");
    let ledger = dataset.table.value == TableKind::Ledger;
    (ledger && !says && !strategy.illegible.key(dataset.span, "columns")).then(|| {
        RULE.at(format!("`{}` does not say which amounts are projected", dataset.id.value), dataset.columns_span)
            .label("no column is mapped to `status`")
            .reason("projected and actual amounts would be added together")
            .hint("map `status` to the column that holds `projected` or `actual`")
    })
}
