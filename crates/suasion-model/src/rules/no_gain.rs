//! `no-gain`: a partner that is asked, and gains nothing.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "no-gain",
    finds: "a partner that is asked for something and gains nothing",
    severity: Severity::Warning,
    guesses: false,
    why: "Partners stay for a common goal and a fair balance of what each puts in and gets out (*Soft power in action*, \
          paragraphs 17 and 18). One that gains nothing has no reason to stay, or one that is not written down.",
    bad: "[[partner]]\nid = \"airline\"\nname = \"An airline\"\nkind = \"organisation\"\ncloseness = \"independent\"\n\
          asks = \"Carry the campaign on its routes\"\n",
    good: "[[partner]]\nid = \"airline\"\nname = \"An airline\"\nkind = \"organisation\"\ncloseness = \"independent\"\n\
           asks = \"Carry the campaign on its routes\"\ngains = \"Passengers\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for partner in strategy.partners.iter().filter(|partner| partner.gains.is_none()) {
        let Some(asks) = &partner.asks else { continue };
        if strategy.illegible.key(partner.span, "gains") {
            continue;
        }
        diagnostics.push(
            RULE.at(format!("`{}` is asked, and gains nothing", partner.id.value), asks.span)
                .label("asked for this")
                .reason("a partner that gains nothing has no reason to stay (paragraphs 17 and 18)")
                .hint("say what it `gains`; if nobody knows, ask it"),
        );
    }
}
