//! `unused-resource`: a means that serves no end.

use std::collections::BTreeSet;

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Spanned;
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "unused-resource",
    finds: "a resource that no initiative uses towards an objective",
    severity: Severity::Warning,
    guesses: false,
    why: "A list of assets is no strategy: each has to be brought to bear on something (*Soft power in action*, \
          paragraph 15: an alignment of aims, interests and resources). Ends that no means serve are `orphan-objective`.",
    bad: "[[resource]]\nid = \"museums\"\nkind = \"culture\"\n",
    good: "[[resource]]\nid = \"museums\"\nkind = \"culture\"\n\n\
           [[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\n\
           [[initiative]]\nid = \"season\"\nkind = \"event\"\nstarts = 2012\nserves = [\"visitors\"]\nuses = [\"museums\"]\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for initiative in &strategy.initiatives {
        // Whether an initiative that serves nothing should go on is another question, and asked there.
        used.extend(initiative.uses.iter().map(Spanned::as_str));
    }
    for resource in &strategy.resources {
        let id = resource.id.as_str();
        if id.is_empty() || used.contains(id) || strategy.illegible.says("initiative", "uses", id) {
            continue;
        }
        diagnostics.push(
            RULE.at(format!("nothing uses the resource `{id}`"), resource.id.span)
                .label("a means without an end")
                .reason("a list of assets is no strategy (paragraph 15)")
                .hint(format!("add \"{id}\" to what an initiative `uses`, or leave it out")),
        );
    }
}
