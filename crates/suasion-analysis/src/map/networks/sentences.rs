//! What is said of a network: an exact statement, plain sentences, checks and caveats.

use suasion_model::Strategy;
use suasion_model::finding::{
    Check, CheckOutcome, Consequence, Figure, Finding, Grade, Input, Method, Parameter, Plain, Question,
    Verdict,
};
use suasion_model::number;
use suasion_model::strategy::Network;

use super::Picture;
use super::communities::MISSING;
use super::numbers::numbers;
use super::voices::KINDS;
use crate::privacy::THRESHOLD;
use crate::requests;
use crate::text::{all_of, capitalised, count_word, in_sentence, percent, short_enough};

/// What readers call a network.
pub(super) fn label(network: &Network) -> String {
    capitalised(network.label.as_ref().map_or(network.id.as_str(), |label| label.as_str()))
}

fn title(network: &Network) -> String {
    format!("{}: communities, and who lies between them", label(network))
}

pub(super) fn described(
    strategy: &Strategy,
    network: &Network,
    inputs: Vec<Input>,
    picture: &Picture,
    figures: Vec<Figure>,
) -> Finding {
    let finding = finding(strategy, network);
    Finding {
        method: with_effort(finding.method, picture),
        statement: statement(picture),
        plain: plain(strategy, network, picture),
        numbers: numbers(picture),
        checks: checks(picture),
        caveats: caveats(strategy, network, picture),
        figures,
        verdict: Verdict::Descriptive,
        inputs,
        ..finding
    }
}

/// The method, with how often communities were sought again.
fn with_effort(mut method: Method, picture: &Picture) -> Method {
    let effort = picture.communities.effort;
    let resampled = if picture.is_census {
        format!("{}, each without {} of the ties", effort.resamples, percent(MISSING))
    } else {
        effort.resamples.to_string()
    };
    let rewired = format!("{}, each resampled {} times", effort.rewirings, effort.resamples_of_rewirings);
    for (name, value) in [("resamples", resampled), ("rewired networks", rewired)] {
        method.parameters.push(Parameter { name: name.to_string(), value });
    }
    method.citations.push(
        "Hennig 2007, Computational Statistics & Data Analysis 52(1), 258–271, against rewired networks (Maslov and Sneppen 2002, \
         Science 296, 910–913)"
            .to_string(),
    );
    method
}

/// The finding of a network that the data do not answer.
pub(super) fn unanswered(strategy: &Strategy, network: &Network, inputs: &[Input], why: &str) -> Finding {
    Finding {
        statement: format!("The network cannot be read: {why}."),
        verdict: Verdict::CannotTell,
        inputs: inputs.to_vec(),
        ..finding(strategy, network)
    }
}

fn finding(strategy: &Strategy, network: &Network) -> Finding {
    let datasets = [Some(&network.dataset), network.actors.as_ref()];
    Finding {
        id: network.id.value.clone(),
        question: Question::Map,
        objective: None,
        title: title(network),
        claim: None,
        verdict: Verdict::CannotTell,
        statement: String::new(),
        plain: Plain {
            decision: strategy.head.decision.value.clone(),
            answer: "Nobody can tell: the interactions do not show a network that may be described."
                .to_string(),
            confidence: "None: there is nothing to look at.".to_string(),
            to_know: "Interactions of more actors, or a register of which of them may be named.".to_string(),
        },
        numbers: Vec::new(),
        grade: Grade::descriptive(),
        method: method(network),
        inputs: Vec::new(),
        checks: Vec::new(),
        caveats: datasets
            .into_iter()
            .flatten()
            .flat_map(|dataset| requests::caveats(strategy, dataset.as_str()))
            .collect(),
        seed: Some(network.seed),
        figures: Vec::new(),
    }
}

fn method(network: &Network) -> Method {
    let parameter = |name: &str, value: String| Parameter { name: name.to_string(), value };
    let listed = |list: &[suasion_model::Spanned<String>]| {
        all_of(&list.iter().map(suasion_model::Spanned::as_str).collect::<Vec<_>>())
    };
    let mut parameters = vec![
        parameter("resolution", number::value(network.resolution)),
        parameter("seed", network.seed.to_string()),
        parameter("shown only of none or of at least", format!("{THRESHOLD} actors who are not named")),
    ];
    for (name, list) in [("issues", &network.issues), ("layers", &network.layers), ("verbs", &network.verbs)]
    {
        if !list.is_empty() {
            parameters.push(parameter(name, listed(list)));
        }
    }
    for (name, period) in [("from", network.from), ("until", network.until)] {
        parameters.extend(period.map(|period| parameter(name, period.value.to_string())));
    }
    parameters.extend(network.windows.map(|length| parameter("windows", length.word().to_string())));
    Method {
        name: "communities, bridging and roles in a network of interactions".to_string(),
        parameters,
        citations: [
            "Traag, Waltman and van Eck 2019, Scientific Reports 9, 5233",
            "Freeman 1977, Sociometry 40, 35–41",
            "Gould and Fernandez 1989, Sociological Methodology 19, 89–126",
            "Greene, Doyle and Cunningham 2010, ASONAM, 176–183",
            "Latora and Marchiori 2001, Physical Review Letters 87, 198701",
        ]
        .map(str::to_string)
        .to_vec(),
    }
}

fn statement(picture: &Picture) -> String {
    let n_actors = number::count(picture.ties.n_nodes() as u64);
    let interactions = picture
        .n_interactions
        .map_or_else(String::new, |n| format!(" by {} interactions", number::count(n as u64)));
    let modularity = picture
        .communities
        .modularity
        .map_or_else(String::new, |q| format!(", at modularity {}", number::fixed(q, 2)));
    let mut statement = format!(
        "{n_actors} actors are tied{interactions}. {} ten actors or more{modularity}; {} shown by {}.",
        several(picture.communities.n_of_ten, "community has", "communities have"),
        several(picture.communities.shown.len(), "is", "are"),
        if picture.communities.shown.len() == 1 { "itself" } else { "themselves" },
    );
    if picture.communities.n_of_ten > 0 {
        statement.push_str(&format!(
            " {} more stable {} than those of rewired networks.",
            several(picture.communities.n_found, "of them is", "of them are"),
            if picture.is_census { "to missing ties" } else { "in resamples" },
        ));
    }
    let first = first_bridges(picture);
    if !first.is_empty() {
        let level = if first.len() > 1 { ", level" } else { "" };
        let lies = if first.len() > 1 { "lie" } else { "lies" };
        statement.push_str(&format!(
            " Of {} that may be named, {} {lies} between most others{level}.",
            several(picture.bridging.named.len(), "actor", "actors"),
            all_of(&first),
        ));
    }
    let shares: Vec<String> = KINDS
        .iter()
        .enumerate()
        .filter_map(|(at, kind)| {
            let share = picture.voices.interactions[at].filter(|_| picture.voices.n_actors[at] > 0)?;
            Some(format!("{} in {}", kind.word(), percent(share)))
        })
        .collect();
    if !shares.is_empty() {
        statement
            .push_str(&format!(" Named voices have part in interactions as follows: {}.", all_of(&shares)));
    }
    statement
}

/// `1 community`, `17 communities`.
fn several(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number::count(count as u64), if count == 1 { one } else { many })
}

/// Those who come first by betweenness, where anybody lies between others; of more than three that are level, none.
fn first_bridges(picture: &Picture) -> Vec<&str> {
    let named = picture.bridging.named.iter();
    let first: Vec<&str> = named
        .filter(|named| {
            named.bridge.rank.first == 1 && named.bridge.betweenness.is_some_and(|share| share > 0.0)
        })
        .map(|named| named.bridge.name.as_str())
        .collect();
    if first.len() > 3 { Vec::new() } else { first }
}

fn plain(strategy: &Strategy, network: &Network, picture: &Picture) -> Plain {
    let label = in_sentence(&label(network));
    let n = picture.communities.n_of_ten;
    let communities = match n {
        0 => "no community of ten or more".to_string(),
        1 => "one community of ten or more".to_string(),
        n => format!("{} communities of ten or more", count_word(n)),
    };
    let carried = format!("{} is carried by {communities}", capitalised(&label));
    let state = picture.voices.interactions[0]
        .filter(|_| picture.voices.n_actors[0] > 0)
        .map_or_else(String::new, |share| {
            format!("; state voices have part in {} of interactions", percent(share))
        });
    let first = match first_bridges(picture).as_slice() {
        [one] => format!("; {one} bridges most of those named"),
        _ => String::new(),
    };
    Plain {
        decision: strategy.head.decision.value.clone(),
        answer: short_enough([
            format!("{carried}{state}{first}."),
            format!("{carried}{state}."),
            format!("{carried}."),
            format!("It is carried by {communities}{state}."),
            format!("It is carried by {communities}."),
        ]),
        confidence: confidence(picture),
        to_know: match &picture.change {
            _ if picture.is_census => {
                "The same ties at another time, to see which communities last.".to_string()
            }
            Ok(_) => "A second sample of the same time, to see which communities and bridges come back."
                .to_string(),
            Err(_) => {
                "Interactions of other months and a second sample, to see which communities last.".to_string()
            }
        },
    }
}

/// How surely communities would be found again.
fn confidence(picture: &Picture) -> String {
    let (n_found, n) = (picture.communities.n_found, picture.communities.n_of_ten);
    if n == 0 {
        return "None: there is no community that is large enough to be looked for again.".to_string();
    }
    let come = match n_found {
        0 => "None of them comes".to_string(),
        found if found == n => "All of them come".to_string(),
        1 => format!("One of the {} comes", count_word(n)),
        found => format!("{} of the {} come", capitalised(&count_word(found)), count_word(n)),
    };
    let when =
        if picture.is_census { "a tenth of the ties is left out" } else { "interactions are drawn again" };
    format!("{come} back more surely than by chance when {when}.")
}

/// What was not looked at is said, and never counts as passed.
fn checks(picture: &Picture) -> Vec<Check> {
    let not_run = |id: &str, asks: &str, threshold: &str| Check {
        id: id.to_string(),
        asks: asks.to_string(),
        outcome: CheckOutcome::NotRun,
        figure: "not run".to_string(),
        threshold: threshold.to_string(),
        consequence: Consequence::LowersGrade,
    };
    let (n_found, n) = (picture.communities.n_found, picture.communities.n_of_ten);
    let (id, asks) = if picture.is_census {
        ("missing-ties", "Are the communities found again without a tenth of the ties?")
    } else {
        ("stability", "Are the communities found again when interactions are drawn again?")
    };
    let mut checks = vec![Check {
        id: id.to_string(),
        asks: asks.to_string(),
        outcome: match n {
            0 => CheckOutcome::NotRun,
            _ if n_found == n => CheckOutcome::Passed,
            _ => CheckOutcome::Failed,
        },
        figure: format!("{n_found} of {n} communities of ten actors or more"),
        threshold: "all, above the 95th percentile of rewired networks".to_string(),
        consequence: Consequence::LowersGrade,
    }];
    checks.push(not_run(
        "bridges",
        "Do bridges lie between others more than their ties alone would have it?",
        "above rewired networks, and without any one tie",
    ));
    checks
}

fn caveats(strategy: &Strategy, network: &Network, picture: &Picture) -> Vec<String> {
    let mut caveats = finding(strategy, network).caveats;
    let few = format!("fewer than {THRESHOLD} actors who are not named");
    let found = &picture.communities;
    if let Some(kept) = found.shift.ties_kept.filter(|_| !picture.is_census) {
        let modularity = match found.shift.modularity {
            (Some(whole), Some(resamples)) => format!(
                ", and are at modularity {} where the whole is at {}",
                number::fixed(resamples, 2),
                number::fixed(whole, 2)
            ),
            _ => String::new(),
        };
        caveats.push(format!(
            "Resamples hold {} of the ties{modularity}: they differ from the whole because they are resamples, too",
            percent(kept)
        ));
    }
    if !found.rest.is_empty() {
        caveats.push(format!(
            "{} actors are in no community that may be shown by itself: each holds {few}, or would tell of one that does",
            number::count(found.rest.len() as u64)
        ));
    }
    if picture.n_interactions.is_none() {
        caveats.push(format!("How many interactions there are is not said: those left out are of {few}"));
    }
    let hidden = picture.doings.internal[..found.shown.len()].iter().filter(|share| share.is_none()).count();
    if hidden > 0 {
        caveats.push(format!(
            "How much {} to themselves is not said: {few} would stand behind it",
            several(hidden, "community keeps", "communities keep")
        ));
    }
    if picture.bridging.named.is_empty() {
        caveats.push(
            "No actor may be named: none has a row that says what it is, and by which source".to_string(),
        );
    } else {
        caveats.push(
            "Ranks are among the actors that may be named; who else lies between others is said of groups only".to_string(),
        );
    }
    let voices = &picture.voices;
    if voices.n_unsaid > 0 {
        caveats.push(format!(
            "Nothing says how close to government {}",
            several(voices.n_unsaid, "named actor is", "named actors are")
        ));
    }
    for (at, kind) in KINDS.iter().enumerate() {
        if voices.n_actors[at] > 0 && voices.interactions[at].is_none() {
            caveats.push(format!(
                "In how many interactions {} voices have part is not said: {few} would stand behind it",
                kind.word()
            ));
        }
    }
    match &voices.without_state {
        None => caveats.push("What is left without state voices is not defined: none is named".to_string()),
        Some(without) => {
            if without.largest.iter().any(Option::is_none) {
                caveats.push(format!("How large the largest component is without state voices is not said: it would tell of {few}"));
            }
            if without.efficiency.iter().any(Option::is_none) {
                caveats.push(
                    "Efficiency is not said: the network is too large, or without state voices too small"
                        .to_string(),
                );
            }
            if without.still_reached.is_none() {
                caveats.push(format!(
                    "How many pairs still reach each other without state voices is not said: it would tell of {few}, or there are none"
                ));
            }
        }
    }
    match &picture.change {
        Err(why) => caveats.push(format!("How communities change is not known: {why}")),
        Ok(change) => {
            let hidden = change.windows.iter().filter(|window| window.n_actors.is_none()).count();
            if hidden > 0 {
                caveats.push(format!(
                    "Who is active and new in {} is not said: it would tell of {few}",
                    several(hidden, "window", "windows")
                ));
            }
        }
    }
    caveats
}
