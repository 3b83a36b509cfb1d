//! `only-state-voices`: nobody independent among those who carry an objective.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::words::Closeness;
use crate::strategy::{Initiative, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "only-state-voices",
    finds: "an objective that nobody independent carries: partners and voices are the state's, or at arm's length from it",
    severity: Severity::Warning,
    guesses: false,
    why: "The closer government is to a message, the less it may be believed; what drifts into propaganda loses \
          credibility (*Soft power in action*, key point 9, paragraph 38).",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\n\
          [[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012\nserves = [\"visitors\"]\nwith = [\"board\"]\n\n\
          [[partner]]\nid = \"board\"\nname = \"Tourist board\"\nkind = \"organisation\"\ncloseness = \"state\"\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\n\
           [[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012\nserves = [\"visitors\"]\nwith = [\"airline\"]\n\n\
           [[partner]]\nid = \"airline\"\nname = \"An airline\"\nkind = \"organisation\"\ncloseness = \"independent\"\n",
    check: Check::Strategy(check),
};

/// Who carries an initiative.
#[derive(Clone, Copy)]
struct Carriers {
    any: bool,
    /// Somebody independent, or somebody of whom it could not be read.
    independent: bool,
    all_state: bool,
}

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    let carriers: Vec<Carriers> =
        strategy.initiatives.iter().map(|initiative| carriers(strategy, initiative)).collect();
    for objective in strategy.distinct_objectives() {
        let serving = || strategy.serving(objective.id.as_str()).iter().map(|at| carriers[*at]);
        // An objective without partners has been reported as lonely.
        let lonely = strategy.serving(objective.id.as_str()).iter().all(|at| strategy.initiatives[*at].with.is_empty());
        let illegible = strategy.illegible.says("initiative", "serves", objective.id.as_str());
        if lonely || illegible || !serving().any(|carriers| carriers.any) || serving().any(|carriers| carriers.independent) {
            continue;
        }
        let whose = if serving().all(|carriers| carriers.all_state) {
            "all who speak and work for it are the state"
        } else {
            "all who speak and work for it are the state, or at arm's length from it"
        };
        diagnostics.push(
            RULE.at(format!("nobody independent carries `{}`", objective.id.value), objective.id.span)
                .label(whose)
                .reason("the closer government is to a message, the less it may be believed (paragraph 38)")
                .hint("work `with` somebody independent who wants the same, and let them speak in their own words"),
        );
    }
}

fn carriers(strategy: &Strategy, initiative: &Initiative) -> Carriers {
    let lost = ["with", "voice"].iter().any(|key| strategy.illegible.key(initiative.span, key));
    let partners = initiative.with.iter().map(|id| {
        strategy.partner(id.as_str()).map(|partner| (partner.span, partner.closeness.value))
    });
    let voice = initiative.voice.iter().map(|id| {
        strategy.voice(id.as_str()).map(|voice| (voice.span, voice.closeness.value))
    });
    let mut carriers = Carriers { any: false, independent: lost, all_state: true };
    for carrier in partners.chain(voice) {
        carriers.any = true;
        // Somebody who is not declared, or whose closeness could not be read, may be anybody.
        let Some((span, closeness)) = carrier else {
            carriers.independent = true;
            continue;
        };
        carriers.independent |=
            closeness == Closeness::Independent || strategy.illegible.key(span, "closeness");
        carriers.all_state &= closeness == Closeness::State;
    }
    carriers
}
