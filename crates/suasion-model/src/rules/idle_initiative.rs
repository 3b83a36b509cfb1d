//! `idle-initiative`: an initiative that serves nothing.

use super::Rule;
use crate::diagnostic::Diagnostic;
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "idle-initiative",
    finds: "an initiative that serves no objective",
    why: "Means without an end cost money and cannot succeed, since nobody said at what.",
    bad: "[[initiative]]\nid = \"gala\"\nkind = \"event\"\nstarts = 2012\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\n\
           [[initiative]]\nid = \"gala\"\nkind = \"event\"\nstarts = 2012\nserves = [\"visitors\"]\n",
    check: Some(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for initiative in strategy.initiatives.iter().filter(|initiative| initiative.serves.is_empty()) {
        let id = initiative.id.as_str();
        diagnostics.push(
            Diagnostic::warning(RULE.code, format!("the initiative `{id}` serves no objective"), initiative.span)
                .label("means without an end")
                .reason("it cannot succeed, since nobody said at what")
                .hint("say which objectives it `serves`, or stop it"),
        );
    }
}
