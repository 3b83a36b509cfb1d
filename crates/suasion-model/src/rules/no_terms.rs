//! `no-terms`: a dataset that nobody said may be used, or of persons without a basis in law.

use super::{Check, Rule, all_of};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lexicon;
use crate::strategy::{Dataset, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "no-terms",
    finds: "a dataset without a licence, or one of persons without purpose, lawful basis or retention",
    severity: Severity::Error,
    guesses: false,
    why: "What may not be used may not be shown either. Data of persons need a purpose, a basis in law and an end \
          (Regulation (EU) 2016/679, articles 5 and 6).",
    bad: "[[dataset]]\nid = \"posts\"\ntable = \"interactions\"\nformat = \"csv\"\npath = \"posts.csv\"\n\
          columns = { time = \"at\", actor = \"who\", verb = \"act\" }\nsource = \"A platform\"\nlicence = \"unknown\"\npersonal = true\n",
    good: "[[dataset]]\nid = \"posts\"\ntable = \"interactions\"\nformat = \"csv\"\npath = \"posts.csv\"\n\
           columns = { time = \"at\", actor = \"who\", verb = \"act\" }\nsource = \"A platform\"\nlicence = \"Terms of the platform's research access\"\n\
           personal = true\npurpose = \"Evaluation of the season\"\nlawful_basis = \"public-task\"\nretention = \"P1Y\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for dataset in &strategy.datasets {
        let lost = |key| strategy.illegible.key(dataset.span, key);
        let id = dataset.id.as_str();
        let licence = dataset.licence.as_ref();
        let says_nothing = licence.filter(|licence| lexicon::is_placeholder(licence.as_str()));
        let place = match (licence, says_nothing) {
            (_, Some(licence)) => Some((licence.span, "says nothing")),
            (None, None) if !lost("licence") => Some((dataset.id.span, "`licence` is missing")),
            _ => None,
        };
        if let Some((span, label)) = place {
            diagnostics.push(
                RULE.at(format!("nobody says on what terms `{id}` is used"), span)
                    .label(label)
                    .reason("what may not be used may not be shown either")
                    .hint("add `licence`: an SPDX name such as \"CC-BY-4.0\", or the terms in a few words"),
            );
        }
        let lacks = lacks(dataset).into_iter().filter(|key| !lost(key)).collect::<Vec<_>>();
        if dataset.personal && !lacks.is_empty() {
            diagnostics.push(
                RULE.at(format!("`{id}` holds data of persons without {}", all_of(&lacks)), dataset.id.span)
                    .label("declared `personal`")
                    .reason("data of persons need a purpose, a basis in law and an end (GDPR, articles 5 and 6)")
                    .hint(format!("add {}; a data protection officer knows them", all_of(&lacks))),
            );
        }
    }
}

fn lacks(dataset: &Dataset) -> Vec<&'static str> {
    [
        ("purpose", dataset.purpose.is_none()),
        ("lawful_basis", dataset.lawful_basis.is_none()),
        ("retention", dataset.retention.is_none()),
    ]
    .into_iter()
    .filter_map(|(key, lacking)| lacking.then_some(key))
    .collect()
}
