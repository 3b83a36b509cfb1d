//! `suasion map`: on whom does a flow to one place depend, and who depends on that place?
//!
//! Dependence shares and asymmetry after Hirschman (1945, *National Power and the Structure of Foreign Trade*), by
//! `suasion_graph::dependence`. Names that stand for "elsewhere" count in every total and are never shown as partners;
//! where they hide who a partner is, the figure carries the bounds that follow.

use std::collections::BTreeSet;

use suasion_graph::dependence::{self, Partner};
use suasion_graph::{Graph, Names, weak_components};
use suasion_model::Strategy;
use suasion_model::finding::{
    Figure, FigureData, Finding, Grade, Interval, Method, Number, Parameter, PartnerDependence, Plain,
    Question, Verdict,
};
use suasion_model::number::fixed;
use suasion_model::plan::{Inputs, TableRequest};
use suasion_model::strategy::Corridor;
use suasion_model::table::{Flow, Flows};

use crate::requests;
use crate::text::{capitalised, count_word, in_sentence, percent, place, short_enough, the_place};

/// Partners that are drawn.
const SHOWN: usize = 12;

/// A partner must bring this share of the flow to the focus to be called dependent on it in a sentence: the smallest
/// territories depend wholly on somebody, and that is no news.
const NOTABLE_SHARE: f64 = 0.01;

/// Flows of fewer are not named in any output.
const SMALLEST_CELL: f64 = 10.0;

/// The rows that the corridors need.
pub(crate) fn plan(strategy: &Strategy) -> Vec<TableRequest> {
    strategy.corridors.iter().map(requests::flows).collect()
}

/// One finding a corridor.
pub(crate) fn map(strategy: &Strategy, inputs: &Inputs) -> Vec<Finding> {
    strategy
        .corridors
        .iter()
        .map(|corridor| {
            let empty = "no flows were given for it".to_string();
            match inputs.flows(&requests::flows(corridor)) {
                Some(flows) => read(corridor, flows).map_or_else(
                    |why| unanswered(strategy, corridor, Some(flows), &why),
                    |around| describe(strategy, corridor, flows, &around),
                ),
                None => unanswered(strategy, corridor, None, &empty),
            }
        })
        .collect()
}

/// What the flows say of the focus.
struct Around {
    names: Names,
    /// Partners that are places, by flow to the focus.
    partners: Vec<Partner>,
    total_in: f64,
    total_out: f64,
    hidden_in: f64,
    hidden_out: f64,
    n_places: usize,
    n_components: u32,
    largest_component: u32,
}

/// The share of the largest origins together.
struct Leading {
    count: usize,
    share: f64,
}

fn read(corridor: &Corridor, flows: &Flows) -> Result<Around, String> {
    let edge = |flow: &'_ Flow| -> (String, String, f64) {
        (flow.origin.clone(), flow.destination.clone(), flow.value)
    };
    let edges: Vec<(String, String, f64)> = flows.rows.iter().map(edge).collect();
    let borrowed = || edges.iter().map(|(from, to, value)| (from.as_str(), to.as_str(), *value));
    let (names, graph) = Graph::from_named_edges(borrowed())
        .map_err(|error| format!("failed to build the network: {error}"))?;
    let focus_name = corridor.focus.as_str();
    let focus = names.id(focus_name).ok_or_else(|| format!("{focus_name} is in none of its rows"))?;
    let dependence = dependence::dependence_of(&graph, focus);
    let remainder: BTreeSet<&str> = corridor.remainder.iter().map(|name| name.value.as_str()).collect();
    let is_place = |node: u32| !remainder.contains(names.name(node));
    let (places, hidden): (Vec<Partner>, Vec<Partner>) =
        dependence.partners.iter().copied().partition(|partner| is_place(partner.node));
    let mut partners = places;
    partners.sort_by(|a, b| b.flow_in.total_cmp(&a.flow_in).then(a.node.cmp(&b.node)));

    let between_places = borrowed()
        .filter(|(from, to, value)| *value > 0.0 && !remainder.contains(from) && !remainder.contains(to));
    let (place_names, places) = Graph::from_named_edges(between_places)
        .map_err(|error| format!("failed to build the network: {error}"))?;
    let components = weak_components(&places);
    Ok(Around {
        total_in: dependence.inflow.as_ref().map_or(0.0, |inflow| inflow.total),
        total_out: dependence.outflow.as_ref().map_or(0.0, |outflow| outflow.total),
        hidden_in: hidden.iter().map(|partner| partner.flow_in).sum::<f64>() + 0.0,
        hidden_out: hidden.iter().map(|partner| partner.flow_out).sum::<f64>() + 0.0,
        n_places: place_names.len(),
        n_components: components.n_components,
        largest_component: components.sizes.first().map_or(0, |size| size.n_nodes),
        partners,
        names,
    })
}

impl Around {
    fn name(&self, partner: &Partner) -> String {
        place(self.names.name(partner.node))
    }

    fn the_name(&self, partner: &Partner) -> String {
        the_place(self.names.name(partner.node))
    }

    fn n_origins(&self) -> usize {
        self.partners.iter().filter(|partner| partner.flow_in > 0.0).count()
    }

    /// The share of the largest origins: of ten among many, of three among several; of few it says nothing.
    fn leading(&self) -> Option<Leading> {
        let count = match self.n_origins() {
            0..=6 => return None,
            7..=20 => 3,
            _ => 10,
        };
        let share = self.partners.iter().take(count).filter_map(|partner| partner.focus_inflow_share).sum();
        Some(Leading { count, share })
    }

    /// The partner that sends the largest share of what leaves it to the focus, among those that matter to the focus.
    fn most_dependent(&self) -> Option<&Partner> {
        self.partners
            .iter()
            .filter(|partner| {
                partner.focus_inflow_share.is_some_and(|share| share >= NOTABLE_SHARE)
                    && partner.flow_in >= SMALLEST_CELL
            })
            .max_by(|a, b| {
                let share = |partner: &Partner| partner.partner_outflow_share.unwrap_or(0.0);
                share(a).total_cmp(&share(b)).then(b.node.cmp(&a.node))
            })
    }
}

fn describe(strategy: &Strategy, corridor: &Corridor, flows: &Flows, around: &Around) -> Finding {
    let label = corridor.label.as_ref().map_or(corridor.id.as_str(), |label| label.as_str());
    let focus = the_place(corridor.focus.as_str());
    let unit = unit(strategy, corridor, flows);
    let period = corridor.period.value;
    let Some(first) = around.partners.first().filter(|partner| partner.flow_in >= SMALLEST_CELL) else {
        let why = format!("nothing that can be shown flows to {focus} in {period}");
        return unanswered(strategy, corridor, Some(flows), &why);
    };
    let first_share = first.focus_inflow_share.unwrap_or(0.0);
    let leading = around.leading();
    let dependent = around.most_dependent();

    let mut statement = format!(
        "In {period}, {} {unit} to {focus} came from {} places; {} is the largest origin with {}{}.",
        fixed(around.total_in, 0),
        around.n_origins(),
        around.the_name(first),
        percent(first_share),
        leading.as_ref().map_or_else(String::new, |leading| {
            format!(" and the {} largest bring {}", count_word(leading.count), percent(leading.share))
        }),
    );
    if let Some(partner) = dependent {
        statement.push_str(&format!(
            " Of the origins that bring at least {}, {} depends most on {focus}: {} of all that leaves it goes there.",
            percent(NOTABLE_SHARE),
            around.the_name(partner),
            percent(partner.partner_outflow_share.unwrap_or(0.0)),
        ));
    }
    let mut caveats = requests::caveats(strategy, &flows.origin.dataset);
    if around.hidden_in > 0.0 {
        caveats.push(format!(
            "{} of the flow to {focus} comes from places that the data do not name",
            percent(around.hidden_in / around.total_in)
        ));
    }
    if around.hidden_out > 0.0 {
        caveats.push(format!(
            "{} of the flow out of {focus} goes to places that the data do not name",
            percent(around.hidden_out / around.total_out)
        ));
    }
    Finding {
        id: corridor.id.value.clone(),
        question: Question::Map,
        objective: None,
        title: format!("{} and {focus}: who depends on whom", capitalised(label)),
        claim: None,
        verdict: Verdict::Descriptive,
        statement,
        plain: plain(strategy, corridor, around, first, leading.as_ref(), dependent),
        numbers: numbers(around, &unit, &focus, first, leading.as_ref(), dependent),
        grade: Grade::descriptive(),
        method: method(corridor),
        inputs: vec![requests::input(strategy, &flows.origin)],
        checks: Vec::new(),
        caveats,
        seed: None,
        figures: figures(around, &unit, &focus, label),
    }
}

fn unit(strategy: &Strategy, corridor: &Corridor, flows: &Flows) -> String {
    let declared = strategy.dataset(corridor.dataset.as_str()).and_then(|dataset| dataset.unit.as_ref());
    flows
        .unit
        .clone()
        .or_else(|| declared.map(|unit| unit.value.clone()))
        .unwrap_or_else(|| "units".to_string())
}

fn plain(
    strategy: &Strategy,
    corridor: &Corridor,
    around: &Around,
    first: &Partner,
    leading: Option<&Leading>,
    dependent: Option<&Partner>,
) -> Plain {
    let focus = the_place(corridor.focus.as_str());
    let label = in_sentence(corridor.label.as_ref().map_or(corridor.id.as_str(), |label| label.as_str()));
    let first_name = around.the_name(first);
    let share = percent(first.focus_inflow_share.unwrap_or(0.0));
    let several = leading.map_or_else(String::new, |leading| {
        format!("; {} places bring {}", count_word(leading.count), percent(leading.share))
    });
    let in_return = dependent.map_or_else(String::new, |partner| {
        let part = percent(partner.partner_outflow_share.unwrap_or(0.0));
        format!("; {} sends {part} of its own there", around.the_name(partner))
    });
    Plain {
        decision: strategy.head.decision.value.clone(),
        answer: short_enough([
            capitalised(&format!("{first_name} brings {share} of {label} to {focus}{several}{in_return}.")),
            capitalised(&format!("{first_name} brings {share} of {label} to {focus}{several}.")),
            capitalised(&format!("{first_name} brings the most: {share}{several}.")),
        ]),
        confidence: format!(
            "These are counts for {} as published. They say who depends on whom, not why.",
            corridor.period.value
        ),
        to_know: if around.hidden_in + around.hidden_out > 0.0 {
            "Counts for more years, and for the places that these figures lump together.".to_string()
        } else {
            "Counts for more years would show whether these ties grow or fade.".to_string()
        },
    }
}

fn numbers(
    around: &Around,
    unit: &str,
    focus: &str,
    first: &Partner,
    leading: Option<&Leading>,
    dependent: Option<&Partner>,
) -> Vec<Number> {
    let counted = || Interval::None { why: "a count as published; the source states no error".to_string() };
    let share_of_all = format!("% of {unit} to {focus}");
    let mut numbers = vec![
        number("inflow", format!("{} to {focus}", capitalised(unit)), around.total_in, unit, counted()),
        number(
            "largest-share",
            format!("From {}", around.name(first)),
            100.0 * first.focus_inflow_share.unwrap_or(0.0),
            &share_of_all,
            counted(),
        ),
    ];
    numbers.extend(leading.map(|leading| {
        let label = format!("From the {} largest origins", count_word(leading.count));
        number("largest-origins", label, 100.0 * leading.share, &share_of_all, counted())
    }));
    // The remainder counted as nobody bounds concentration from below, as one partner from above.
    let named: f64 = around
        .partners
        .iter()
        .filter_map(|partner| partner.focus_inflow_share)
        .map(|share| share * share)
        .sum();
    let hidden = if around.total_in > 0.0 { around.hidden_in / around.total_in } else { 0.0 };
    let (low, high) = (named, named + hidden * hidden);
    let bounds = |low: f64, high: f64| {
        if hidden == 0.0 {
            return counted();
        }
        Interval::Range {
            low,
            high,
            level: None,
            method: "bounds: unnamed origins counted as nobody, and as one place".to_string(),
        }
    };
    numbers.push(number(
        "hhi",
        "Concentration of origins (Herfindahl–Hirschman)".to_string(),
        high,
        "index, 0 to 1",
        bounds(low, high),
    ));
    if high > 0.0 {
        numbers.push(number(
            "effective-origins",
            "Origins, if all were of one size".to_string(),
            1.0 / high,
            "places",
            bounds(1.0 / high, 1.0 / low),
        ));
    }
    if let Some(partner) = dependent {
        numbers.extend(dependent_numbers(around, unit, focus, partner));
    }
    numbers.push(number(
        "components",
        format!("Separate networks among {} places", around.n_places),
        f64::from(around.n_components),
        "networks",
        Interval::None { why: format!("a census: the largest holds {} places", around.largest_component) },
    ));
    numbers
}

/// How much a partner depends on the focus, and by how much more than the focus on it.
fn dependent_numbers(around: &Around, unit: &str, focus: &str, partner: &Partner) -> Vec<Number> {
    let name = around.the_name(partner);
    let depends = partner.partner_outflow_share.unwrap_or(0.0);
    let mut numbers = vec![number(
        "most-dependent",
        format!("What leaves {name} for {focus}"),
        100.0 * depends,
        &format!("% of {unit} from {name}"),
        Interval::None { why: "a count as published; the source states no error".to_string() },
    )];
    if around.total_out > 0.0 {
        let least = partner.focus_outflow_share.unwrap_or(0.0);
        let most = least + around.hidden_out / around.total_out;
        numbers.push(number(
            "asymmetry",
            format!("Asymmetry: share of {name}'s outflow that goes to {focus}, less the reverse"),
            100.0 * (depends - least),
            "percentage points",
            if around.hidden_out > 0.0 {
                Interval::Range {
                    low: 100.0 * (depends - most),
                    high: 100.0 * (depends - least),
                    level: None,
                    method: format!(
                        "bounds: what leaves {focus} for unnamed places counted as {name}'s, or not"
                    ),
                }
            } else {
                Interval::None { why: "counts as published; the source states no error".to_string() }
            },
        ));
    }
    numbers
}

fn number(id: &str, label: String, value: f64, unit: &str, interval: Interval) -> Number {
    Number { id: id.to_string(), label, value, unit: unit.to_string(), interval }
}

fn method(corridor: &Corridor) -> Method {
    let parameter = |name: &str, value: String| Parameter { name: name.to_string(), value };
    let mut parameters = vec![
        parameter("focus", corridor.focus.value.clone()),
        parameter("period", corridor.period.value.to_string()),
    ];
    if !corridor.remainder.is_empty() {
        let names: Vec<&str> = corridor.remainder.iter().map(|name| name.value.as_str()).collect();
        parameters.push(parameter("counted in totals only", names.join(", ")));
    }
    Method {
        name: "dependence shares and asymmetry".to_string(),
        parameters,
        citations: vec!["Hirschman 1945, National Power and the Structure of Foreign Trade".to_string()],
    }
}

fn figures(around: &Around, unit: &str, focus: &str, label: &str) -> Vec<Figure> {
    let partners: Vec<PartnerDependence> = around
        .partners
        .iter()
        .filter(|partner| partner.flow_in >= SMALLEST_CELL)
        .take(SHOWN)
        .map(|partner| PartnerDependence {
            name: around.name(partner),
            flow_to_focus: partner.flow_in,
            focus_depends: partner.focus_inflow_share.unwrap_or(0.0),
            partner_depends: partner.partner_outflow_share.unwrap_or(0.0),
            // What the focus sends to unnamed places may go to this partner, unless the data name it.
            asymmetry: partner.asymmetry.filter(|_| around.hidden_out == 0.0 || partner.flow_out > 0.0),
        })
        .collect();
    let summary = partners.first().map_or_else(String::new, |first| {
        format!(
            "{} leads with {} of what comes to {focus}; {} of what leaves it goes there.",
            first.name,
            percent(first.focus_depends),
            percent(first.partner_depends)
        )
    });
    vec![Figure {
        id: "dependence".to_string(),
        title: format!("{} to {focus}: the {} largest origins", capitalised(label), partners.len()),
        summary,
        unit: unit.to_string(),
        data: FigureData::Dependence { focus: focus.to_string(), partners },
    }]
}

/// The finding for a corridor that the data do not answer.
fn unanswered(strategy: &Strategy, corridor: &Corridor, flows: Option<&Flows>, why: &str) -> Finding {
    let label = corridor.label.as_ref().map_or(corridor.id.as_str(), |label| label.as_str());
    let focus = the_place(corridor.focus.as_str());
    Finding {
        id: corridor.id.value.clone(),
        question: Question::Map,
        objective: None,
        title: format!("{} and {focus}: who depends on whom", capitalised(label)),
        claim: None,
        verdict: Verdict::CannotTell,
        statement: format!("The corridor cannot be read: {why}."),
        plain: Plain {
            decision: strategy.head.decision.value.clone(),
            answer: "Nobody can tell: the figures do not cover this place and time.".to_string(),
            confidence: "None: there is nothing to look at.".to_string(),
            to_know: "Figures that cover this place and time.".to_string(),
        },
        numbers: Vec::new(),
        grade: Grade::descriptive(),
        method: method(corridor),
        inputs: flows.map(|flows| requests::input(strategy, &flows.origin)).into_iter().collect(),
        checks: Vec::new(),
        caveats: requests::caveats(strategy, corridor.dataset.as_str()),
        seed: None,
        figures: Vec::new(),
    }
}
