//! The whole language, read into types.

use suasion_model::strategy::words::{Counts, Hits, IndicatorKind, ScaleName, TableKind, WindowLength};
use suasion_model::strategy::{Effect, Strategy};
use suasion_model::{Period, Source, check};

/// Every section and every key of the language.
const WHOLE: &str = include_str!("whole.toml");

fn whole() -> Strategy {
    let (strategy, report) = check(&Source::new("whole.toml", WHOLE), None);
    assert_eq!(report.diagnostics, [], "the whole language is read without complaint");
    strategy
}

#[test]
fn every_section_is_read() {
    let strategy = whole();
    assert_eq!(strategy.head.principal.value, "GBR");
    assert_eq!(strategy.audiences[0].places.len(), 4);
    assert_eq!(strategy.indicators[0].kind.value, IndicatorKind::Outcome);
    assert_eq!(strategy.datasets[0].table.value, TableKind::Observations);
    assert_eq!(strategy.datasets[0].columns.len(), 4);
    assert_eq!(strategy.corridors[0].focus.value, "GBR");
    let network = &strategy.networks[0];
    assert_eq!(network.actors.as_ref().map(|actors| actors.value.clone()).as_deref(), Some("accounts"));
    assert_eq!((network.windows, network.census), (Some(WindowLength::Quarter), false));
    assert_eq!((network.resolution, network.seed), (1.5, 7));
    assert_eq!(strategy.issue(network.issues[0].as_str()).map(|issue| issue.keywords.len()), Some(2));
    assert_eq!(strategy.initiatives[0].cost.as_ref().map(|cost| cost.amount), Some(113_500_000.0));
    assert_eq!(strategy.resources[0].id.value, "games");
    assert_eq!(strategy.partners[0].disclosed, Some(true));
    assert_eq!(strategy.voices[0].name.value, "Campaign accounts");
    assert_eq!(strategy.issues[0].keywords.len(), 2);
    assert_eq!(strategy.claims[0].stance, 1.0);
}

#[test]
fn objectives_and_evaluations_are_read_in_full() {
    let strategy = whole();
    let objective = strategy.objective("visitors").expect("an objective");
    assert_eq!(objective.smallest_effect.map(|effect| effect.value), Some(Effect::Relative(0.05)));
    let target = objective.target.as_ref().expect("a target");
    assert_eq!((target.value, target.counts), (36_500_000.0, Some(Counts::Level)));
    let evaluation = &strategy.evaluations[0];
    assert_eq!(evaluation.scale, ScaleName::Logs);
    assert_eq!(evaluation.from.value, Period::year(2012).expect("a year"));
    assert_eq!(evaluation.threats[0].hits.value, Hits::Treated);
}

#[test]
fn every_key_of_the_language_is_in_the_whole_strategy() {
    for section in suasion_model::strategy::schema::SECTIONS {
        for key in section.keys {
            let written = WHOLE.lines().any(|line| line.starts_with(key.name));
            assert!(written, "{}.{} is not tried", section.name, key.name);
        }
    }
}

#[test]
fn effects_are_shares_or_numbers_and_positive() {
    assert_eq!(Effect::parse("5 %"), Some(Effect::Relative(0.05)));
    assert_eq!(Effect::parse("0.5%"), Some(Effect::Relative(0.005)));
    for text in ["5", "-5 %", "0 %", "inf %", "NaN %", "%", "five %"] {
        assert_eq!(Effect::parse(text), None, "{text}");
    }
    assert_eq!(Effect::absolute(0.0), None);
    assert_eq!(Effect::Relative(0.05).to_string(), "5 %");
    assert_eq!(Effect::Relative(0.29).to_string(), "29 %");
}
