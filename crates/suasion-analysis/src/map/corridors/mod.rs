//! Corridors: on whom does a flow to one place depend, and who depends on that place?
//!
//! Dependence shares and asymmetry after Hirschman (1945, *National Power and the Structure of Foreign Trade*), by
//! `suasion_graph::dependence`. Names that stand for "elsewhere" count in every total and are never shown as partners;
//! where they hide who a partner is, the figure carries the bounds that follow.

mod around;
mod numbers;

use suasion_graph::dependence::Partner;
use suasion_model::finding::{
    Figure, FigureData, Finding, Grade, Method, Parameter, PartnerDependence, Plain, Question, Verdict,
};
use suasion_model::number::fixed;
use suasion_model::plan::{Inputs, TableRequest};
use suasion_model::strategy::Corridor;
use suasion_model::table::Flows;
use suasion_model::{Standing, Strategy};

use around::{Around, Leading, read};

use crate::text::{capitalised, count_word, in_sentence, percent, place, short_enough, the_place};
use crate::{requests, withheld};

/// Partners that are drawn.
const SHOWN: usize = 12;

/// A partner must bring this share of the flow to the focus to be called dependent on it in a sentence: the smallest
/// territories depend wholly on somebody, and that is no news.
const NOTABLE_SHARE: f64 = 0.01;

/// Flows of fewer are not named in any output.
const SMALLEST_CELL: f64 = 10.0;

/// The rows that the corridors need.
pub(crate) fn plan(strategy: &Strategy, standing: &Standing) -> Vec<TableRequest> {
    let stands = |corridor: &&Corridor| standing.of_corridor(strategy, corridor).is_empty();
    strategy.corridors.iter().filter(stands).map(requests::flows).collect()
}

/// One finding a corridor.
pub(crate) fn map(strategy: &Strategy, standing: &Standing, inputs: &Inputs) -> Vec<Finding> {
    strategy
        .corridors
        .iter()
        .map(|corridor| {
            let codes = standing.of_corridor(strategy, corridor);
            if !codes.is_empty() {
                return withheld::corridor(strategy, corridor, &codes);
            }
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

/// What readers call the flow.
fn label(corridor: &Corridor) -> &str {
    corridor.label.as_ref().map_or(corridor.id.as_str(), |label| label.as_str())
}

/// What a corridor's finding is about.
fn title(corridor: &Corridor) -> String {
    let focus = the_place(corridor.focus.as_str());
    format!("{} and {focus}: who depends on whom", capitalised(label(corridor)))
}

fn describe(strategy: &Strategy, corridor: &Corridor, flows: &Flows, around: &Around) -> Finding {
    let label = label(corridor);
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
    if around.unseen_in.sum > 0.0 {
        caveats.push(format!(
            "Up to {} {unit} more may come to {focus} from places that name it among no leading partner",
            fixed(around.unseen_in.sum.floor(), 0)
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
        title: title(corridor),
        claim: None,
        verdict: Verdict::Descriptive,
        statement,
        plain: plain(strategy, corridor, around, first, leading.as_ref(), dependent),
        numbers: numbers::numbers(around, &unit, &focus, first, leading.as_ref(), dependent),
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
    let label = in_sentence(label(corridor));
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

fn method(corridor: &Corridor) -> Method {
    let parameter = |name: &str, value: String| Parameter { name: name.to_string(), value };
    let mut parameters = vec![
        parameter("focus", place(corridor.focus.as_str())),
        parameter("period", corridor.period.value.to_string()),
    ];
    if !corridor.remainder.is_empty() {
        let names: Vec<String> = corridor.remainder.iter().map(|name| place(name.as_str())).collect();
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
            asymmetry: partner.asymmetry.filter(|_| {
                let (least, most) = around.outflow_bounds(partner);
                least == most
            }),
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
    Finding {
        id: corridor.id.value.clone(),
        question: Question::Map,
        objective: None,
        title: title(corridor),
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
