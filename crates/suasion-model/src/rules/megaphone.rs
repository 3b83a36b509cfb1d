//! `megaphone`: initiatives that speak, and nothing that listens.

use std::collections::BTreeSet;

use super::{Check, Rule, clip, listed};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Spanned;
use crate::strategy::words::InitiativeKind;
use crate::strategy::{Initiative, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "megaphone",
    finds: "an initiative that speaks to an audience, and no dataset that listens to it",
    severity: Severity::Warning,
    guesses: false,
    why: "Governments are not in the business of winning arguments; those that listen to what others care about gain \
          insight and trust (*Soft power in action*, paragraphs 12 and 13).",
    bad: "[[audience]]\nid = \"long-haul\"\nwho = \"Travellers\"\n\n\
          [[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\naudience = \"long-haul\"\n\n\
          [[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012\nserves = [\"visitors\"]\n",
    good: "[[audience]]\nid = \"long-haul\"\nwho = \"Travellers\"\n\n\
           [[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\naudience = \"long-haul\"\n\n\
           [[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012\nserves = [\"visitors\"]\n\n\
           [[dataset]]\nid = \"survey\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"survey.csv\"\n\
           columns = { unit = \"country\", period = \"year\", value = \"share\" }\nsource = \"Survey of travellers\"\n\
           licence = \"CC-BY-4.0\"\nlistens_to = [\"long-haul\"]\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    let heard: BTreeSet<&str> = strategy
        .datasets
        .iter()
        .flat_map(|dataset| dataset.listens_to.iter().map(Spanned::as_str))
        .collect();
    if strategy.datasets.iter().any(|dataset| strategy.illegible.key(dataset.span, "listens_to")) {
        return;
    }
    for initiative in strategy.initiatives.iter().filter(|initiative| speaks(initiative)) {
        let audiences: BTreeSet<&str> = initiative
            .serves
            .iter()
            .filter_map(|id| strategy.objective(id.as_str())?.audience.as_ref())
            .map(Spanned::as_str)
            .collect();
        let illegible = |audience: &str| strategy.illegible.says("dataset", "listens_to", audience);
        let unheard: Vec<&str> =
            audiences.into_iter().filter(|audience| !heard.contains(audience) && !illegible(audience)).collect();
        if unheard.is_empty() {
            continue;
        }
        diagnostics.push(
            RULE.at(format!("`{}` speaks to {}, and nothing listens", initiative.id.value, listed(&unheard)), initiative.id.span)
                .label("speaks")
                .reason("whoever does not listen cannot know what they care about (paragraphs 12 and 13)")
                .hint(format!("add a dataset of what they say (a survey, their posts, their questions) with `listens_to = [{}]`", in_quotes(&unheard))),
        );
    }
}

/// Ids as they are written in a list: the first few.
fn in_quotes(ids: &[&str]) -> String {
    ids.iter().take(5).map(|id| format!("\"{}\"", clip(id))).collect::<Vec<_>>().join(", ")
}

/// Whether an initiative speaks: it has a voice, or speaking is its kind.
fn speaks(initiative: &Initiative) -> bool {
    initiative.voice.is_some() || matches!(initiative.kind.value, InitiativeKind::Campaign | InitiativeKind::Broadcast)
}
