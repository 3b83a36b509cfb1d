//! Every figure of a corridor, with its unit and how far what the data do not name may move it.

use suasion_graph::dependence::Partner;
use suasion_model::finding::{Interval, Number};

use super::around::{Around, Leading};
use crate::text::{capitalised, count_word};

pub(super) fn numbers(
    around: &Around,
    unit: &str,
    focus: &str,
    first: &Partner,
    leading: Option<&Leading>,
    dependent: Option<&Partner>,
) -> Vec<Number> {
    let share_of_all = format!("% of {unit} to {focus}");
    let mut numbers = vec![
        number(
            "inflow",
            format!("{} to {focus}", capitalised(unit)),
            around.total_in,
            unit,
            bounded(around, around.total_in, around.total_in + around.unseen_in.sum),
        ),
        number(
            "largest-share",
            format!("From {}", around.name(first)),
            100.0 * first.focus_inflow_share.unwrap_or(0.0),
            &share_of_all,
            share_interval(around, first.flow_in),
        ),
    ];
    numbers.extend(leading.map(|leading| {
        let label = format!("From the {} largest origins named", count_word(leading.count));
        number(
            "largest-origins",
            label,
            100.0 * leading.share,
            &share_of_all,
            share_interval(around, leading.share * around.total_in),
        )
    }));
    let ((low, high), named) = (around.concentration_bounds(), around.concentration());
    numbers.push(number(
        "hhi",
        "Concentration of origins (Herfindahl–Hirschman)".to_string(),
        named,
        "index, 0 to 1",
        bounded(around, low, high),
    ));
    numbers.push(number(
        "effective-origins",
        "Origins, if all were of one size".to_string(),
        1.0 / named,
        "places",
        bounded(around, 1.0 / high, 1.0 / low),
    ));
    if let Some(partner) = dependent {
        numbers.extend(dependent_numbers(around, unit, focus, partner));
    }
    numbers.push(number(
        "components",
        format!("Separate networks among {} places", around.n_places),
        around.n_components as f64,
        if around.n_components == 1 { "network" } else { "networks" },
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
        bounded(around, 100.0 * depends, 100.0 * around.most_of_outflow(partner)),
    )];
    if around.total_out > 0.0 {
        let (least, most) = around.outflow_bounds(partner);
        let interval = if most > least {
            Interval::Range {
                low: 100.0 * (depends - most),
                high: 100.0 * (depends - least),
                level: None,
                method: format!("bounds: what leaves {focus} for unnamed places counted as {name}'s, or not"),
            }
        } else {
            counted()
        };
        let label = format!("Asymmetry: share of {name}'s outflow that goes to {focus}, less the reverse");
        numbers.push(number("asymmetry", label, 100.0 * (depends - least), "percentage points", interval));
    }
    numbers
}

fn counted() -> Interval {
    Interval::None { why: "a count as published; the source states no error".to_string() }
}

/// Bounds where something is hidden or unseen.
fn bounded(around: &Around, low: f64, high: f64) -> Interval {
    if around.hidden_in + around.unseen_in.sum == 0.0 {
        return counted();
    }
    let method = "bounds: whoever is behind what the data do not name".to_string();
    Interval::Range { low, high, level: None, method }
}

fn share_interval(around: &Around, flow: f64) -> Interval {
    let (low, high) = around.share_bounds(flow);
    bounded(around, 100.0 * low, 100.0 * high)
}

fn number(id: &str, label: String, value: f64, unit: &str, interval: Interval) -> Number {
    Number { id: id.to_string(), label, value, unit: unit.to_string(), interval }
}
