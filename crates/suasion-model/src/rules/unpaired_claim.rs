//! `unpaired-claim`: a claim with nothing that would show it.

use std::collections::BTreeSet;

use super::{Check, Rule, nearest};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::{Dataset, Strategy};
use crate::strategy::words::TableKind;

pub(crate) const RULE: Rule = Rule {
    code: "unpaired-claim",
    finds: "a claim with no indicator and no act that would show it",
    severity: Severity::Warning,
    guesses: false,
    why: "Nobody is perceived differently by telling everyone that they deserve to be; countries are judged by what they \
          do (*Soft power in action*, key point 10, paragraph 22).",
    bad: "[[claim]]\nid = \"open\"\nsays = \"Britain is open to students of the world\"\ntheme = \"openness\"\nstance = 1.0\n",
    good: "[[indicator]]\nid = \"inbound-students\"\nlabel = \"Students from abroad\"\nkind = \"outcome\"\nunit = \"students\"\n\n\
           [[claim]]\nid = \"open\"\nsays = \"Britain is open to students of the world\"\ntheme = \"openness\"\nstance = 1.0\n\
           shown_by = [\"inbound-students\"]\n",
    check: Check::Strategy(check),
};

/// The most ids that are compared with names of nothing: a file of thousands of both takes no longer.
const MOST_COMPARISONS: usize = 200_000;

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    // Themes are values of a table of acts; without one, only indicators can show anything.
    let illegible = |dataset: &Dataset| strategy.illegible.key(dataset.span, "table");
    let acts = strategy.illegible.says("dataset", "table", TableKind::Acts.word())
        || strategy.datasets.iter().any(|dataset| dataset.table.value == TableKind::Acts || illegible(dataset));
    let indicators: BTreeSet<&str> = strategy.indicators.iter().map(|indicator| indicator.id.as_str()).collect();
    let ids: Vec<&str> = indicators.iter().copied().collect();
    let mut comparisons = MOST_COMPARISONS;
    for claim in &strategy.claims {
        // Where nothing is said, that is the problem, and it is told already.
        if claim.says.value.trim().is_empty() || strategy.illegible.key(claim.span, "shown_by") {
            continue;
        }
        let id = claim.id.as_str();
        let shows = |name: &str| acts || indicators.contains(name) || strategy.illegible.says("indicator", "id", name);
        let diagnostic = match claim.shown_by.as_slice() {
            [] => RULE
                .at(format!("nothing would show that `{id}` is so"), claim.says.span)
                .label("said, and not shown")
                .hint("name in `shown_by` what would show it: an indicator, or a theme of acts"),
            named if named.iter().any(|name| shows(name.as_str())) => continue,
            named => {
                let near = named.iter().find_map(|name| {
                    comparisons = comparisons.checked_sub(ids.len())?;
                    Some((nearest(name.as_str(), &ids)?, name.span))
                });
                let diagnostic = |span| {
                    RULE.at(format!("nothing would show that `{id}` is so"), span)
                        .label("no indicator has this id, and no dataset holds acts")
                };
                match near {
                    Some((near, span)) => diagnostic(span).did_you_mean(near, span, format!("\"{near}\"")),
                    None => diagnostic(named[0].span)
                        .hint("declare the indicator, or a dataset whose table is `acts`"),
                }
            }
        };
        diagnostics.push(diagnostic.reason("countries are judged by what they do (paragraph 22)"));
    }
}
