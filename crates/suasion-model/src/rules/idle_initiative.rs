//! `idle-initiative`: an initiative that serves nothing.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "idle-initiative",
    finds: "an initiative that serves no objective",
    severity: Severity::Warning,
    guesses: false,
    why: "Means without an end cost money and cannot succeed, since nobody said at what.",
    bad: "[[initiative]]\nid = \"gala\"\nkind = \"event\"\nstarts = 2012\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\n\
           [[initiative]]\nid = \"gala\"\nkind = \"event\"\nstarts = 2012\nserves = [\"visitors\"]\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for initiative in strategy.initiatives.iter().filter(|initiative| initiative.serves.is_empty()) {
        if strategy.illegible.key(initiative.span, "serves") {
            continue;
        }
        let id = initiative.id.as_str();
        diagnostics.push(
            RULE.at(format!("the initiative `{id}` serves no objective"), initiative.span)
                .label("means without an end")
                .reason("it cannot succeed, since nobody said at what")
                .hint("say which objectives it `serves`, or stop it"),
        );
    }
}
