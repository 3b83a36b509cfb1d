//! Every figure of a network, with its unit and how far off it may be, or why that is not known.

use suasion_model::finding::{Interval, Number};

use super::Picture;
use super::voices::{KINDS, Without};

pub(super) fn numbers(picture: &Picture) -> Vec<Number> {
    let mut numbers = Vec::new();
    numbers.push(number(
        "communities",
        "Communities of ten actors or more",
        picture.communities.n_of_ten as f64,
        "communities",
        picture.unknown(),
    ));
    let found = "Communities of ten actors or more that chance alone would not give";
    numbers.push(number(
        "found-communities",
        found,
        picture.communities.n_found as f64,
        "communities",
        Interval::None { why: "a count of tests, each at the 5 % level".to_string() },
    ));
    if let Some(n) = picture.n_interactions {
        numbers.push(number("interactions", "Interactions", n as f64, "interactions", counted()));
    }
    numbers.push(number(
        "actors",
        "Actors that are tied to others",
        picture.ties.n_nodes() as f64,
        "actors",
        counted(),
    ));
    // Where it may not be said how many interactions there are, their ties would tell.
    let n_ties = picture.ties.undirected.edges().filter(|(u, v, _)| u != v).count();
    if picture.n_interactions.is_some() {
        numbers.push(number("ties", "Pairs of actors that are tied", n_ties as f64, "ties", counted()));
    }
    numbers.push(number(
        "named",
        "Actors that may be named",
        picture.bridging.named.len() as f64,
        "actors",
        counted(),
    ));
    if let Some(modularity) = picture.communities.modularity {
        let rounded = (1000.0 * modularity).round() / 1000.0;
        numbers.push(number("modularity", "Modularity", rounded, "index, −0.5 to 1", picture.unknown()));
    }
    voices(picture, &mut numbers);
    if let Ok(change) = &picture.change {
        if let Some(window) = change.windows.last() {
            if let Some(rate) = window.entrant_rate {
                let label = format!("New among those who are active in {}", window.name);
                numbers.push(number("entrants", &label, 100.0 * rate, "% of actors", picture.unknown()));
            }
            if let Some(effective) = window.effective_number {
                let label = format!("Actors in {}, if all were equally active", window.name);
                numbers.push(number("effective-actors", &label, effective, "actors", picture.unknown()));
            }
        }
        let steps = &change.steps;
        for (id, label, count) in [
            ("births", "Communities born", steps.iter().map(|step| step.births).sum::<u32>()),
            ("splits", "Communities split", steps.iter().map(|step| step.splits).sum()),
            ("merges", "Communities merged", steps.iter().map(|step| step.merges).sum()),
            ("deaths", "Communities gone", steps.iter().map(|step| step.deaths).sum()),
        ] {
            let label = format!("{label}, over {} windows", change.windows.len());
            numbers.push(number(id, &label, f64::from(count), "communities", picture.unknown()));
        }
    }
    numbers
}

fn voices(picture: &Picture, numbers: &mut Vec<Number>) {
    let voices = &picture.voices;
    for (at, kind) in KINDS.iter().enumerate().filter(|(at, _)| voices.n_actors[*at] > 0) {
        let who = kind.word();
        if let Some(share) = voices.interactions[at] {
            let label = format!("Interactions that a named {who} voice has part in");
            let unit = "% of interactions";
            numbers.push(number(
                &format!("interactions-{who}"),
                &label,
                100.0 * share,
                unit,
                picture.unknown(),
            ));
        }
        if let Some(share) = voices.bridging[at] {
            let label = format!("Bridging by named {who} voices");
            let unit = "% of betweenness";
            numbers.push(number(&format!("bridging-{who}"), &label, 100.0 * share, unit, picture.unknown()));
        }
    }
    let Some(Without { largest, efficiency, still_reached }) = &voices.without_state else { return };
    let [before, after] = ["with all voices", "without state voices"];
    for (id, what, value, scale, unit) in [
        ("largest", format!("Largest component, {before}"), largest[0], 100.0, "% of actors"),
        ("largest-without-state", format!("Largest component, {after}"), largest[1], 100.0, "% of actors"),
        ("efficiency", format!("Efficiency, {before}"), efficiency[0], 1.0, "mean inverse distance"),
        (
            "efficiency-without-state",
            format!("Efficiency, {after}"),
            efficiency[1],
            1.0,
            "mean inverse distance",
        ),
        (
            "still-reached",
            "Pairs of others that still reach each other without state voices".to_string(),
            *still_reached,
            100.0,
            "% of pairs that did",
        ),
    ] {
        if let Some(value) = value {
            numbers.push(number(id, &what, scale * value, unit, picture.unknown()));
        }
    }
}

fn counted() -> Interval {
    Interval::None { why: "a count of what the dataset holds".to_string() }
}

fn number(id: &str, label: &str, value: f64, unit: &str, interval: Interval) -> Number {
    Number { id: id.to_string(), label: label.to_string(), value, unit: unit.to_string(), interval }
}
