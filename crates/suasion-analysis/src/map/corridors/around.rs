//! What the flows say of one place: its partners, what is hidden, and how far that may move a figure.
//!
//! Published flows lump small partners. What comes to the focus from such a name is *hidden*: it is in the total, and may be
//! anybody's. What other origins send to such a name may hold flows to the focus that are *unseen*: they are in no total of
//! the focus, and at most as large as the strategy's `remainder_hides` lets them be. What goes from one such name to another
//! is left out: nobody can say whose it is.

use std::collections::BTreeSet;

use suasion_graph::dependence::{self, Partner};
use suasion_graph::{Graph, Names, weak_components};
use suasion_model::strategy::Corridor;
use suasion_model::strategy::words::RemainderHides;
use suasion_model::table::{Flow, Flows};

use super::{NOTABLE_SHARE, SMALLEST_CELL};
use crate::text::{place, the_place};

/// What the flows say of the focus.
pub(super) struct Around {
    names: Names,
    /// Partners that are places, by flow to the focus.
    pub(super) partners: Vec<Partner>,
    /// What comes to the focus.
    pub(super) total_in: f64,
    /// What leaves it.
    pub(super) total_out: f64,
    /// What comes to the focus from nobody named.
    pub(super) hidden_in: f64,
    /// What leaves it for nobody named.
    pub(super) hidden_out: f64,
    /// What may come besides, at most, unseen in what other origins send to nobody named; with the sum of its squares.
    pub(super) unseen_in: Unseen,
    /// What may go, at most, to one partner that is not named among those the focus sends to.
    pub(super) unseen_out: f64,
    /// Places in the network.
    pub(super) n_places: usize,
    /// Networks that hang together.
    pub(super) n_components: usize,
    /// Places in the largest of them.
    pub(super) largest_component: u32,
}

/// What may be unseen in remainders.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Unseen {
    /// The sum over origins.
    pub(super) sum: f64,
    /// The sum of squares over origins.
    pub(super) squares: f64,
    /// The largest of any origin.
    pub(super) largest: f64,
}

/// The share of the largest origins together.
pub(super) struct Leading {
    pub(super) count: usize,
    pub(super) share: f64,
}

pub(super) fn read(corridor: &Corridor, flows: &Flows) -> Result<Around, String> {
    let edge = |flow: &'_ Flow| -> (String, String, f64) {
        (flow.origin.clone(), flow.destination.clone(), flow.value)
    };
    let edges: Vec<(String, String, f64)> = flows.rows.iter().map(edge).collect();
    let borrowed = || edges.iter().map(|(from, to, value)| (from.as_str(), to.as_str(), *value));
    if edges.is_empty() {
        return Err(format!("the data have no rows for {}", corridor.period.value));
    }
    let (names, graph) = Graph::from_named_edges(borrowed()).map_err(|error| match error {
        suasion_graph::Error::BadWeight { edge, weight } => {
            let (from, to, _) = &edges[edge];
            format!("{} to {} is {weight}, which is no flow", place(from), the_place(to))
        }
        suasion_graph::Error::TotalTooLarge => "its flows are too large to be added up".to_string(),
        error => format!("failed to build the network: {error}"),
    })?;
    let focus_name = corridor.focus.as_str();
    let focus = names.id(focus_name).ok_or_else(|| {
        format!("{} is in none of its rows for {}", place(focus_name), corridor.period.value)
    })?;
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
    let sizes = components.sizes();
    let most = |node: u32| hidden_flow(&graph, node, &is_place, corridor.remainder_hides);
    let mut unseen_in = Unseen::default();
    for node in (0..graph.n_nodes()).filter(|node| *node != focus && is_place(*node)) {
        if graph.weight(node, focus).is_none_or(|flow| flow == 0.0) {
            let flow = most(node);
            unseen_in.sum += flow;
            unseen_in.squares += flow * flow;
            unseen_in.largest = unseen_in.largest.max(flow);
        }
    }
    Ok(Around {
        unseen_in,
        unseen_out: most(focus),
        total_in: dependence.inflow.as_ref().map_or(0.0, |inflow| inflow.total),
        total_out: dependence.outflow.as_ref().map_or(0.0, |outflow| outflow.total),
        hidden_in: hidden.iter().map(|partner| partner.flow_in).sum::<f64>() + 0.0,
        hidden_out: hidden.iter().map(|partner| partner.flow_out).sum::<f64>() + 0.0,
        n_places: place_names.len(),
        n_components: sizes.n_components(),
        largest_component: sizes.largest(1).first().map_or(0, |size| size.n_nodes),
        partners,
        names,
    })
}

/// The most that a place may send to one partner which it does not name.
fn hidden_flow(graph: &Graph, node: u32, is_place: &dyn Fn(u32) -> bool, hides: RemainderHides) -> f64 {
    let to = |place: bool| {
        graph.out_edges(node).filter(move |(target, flow)| is_place(*target) == place && *flow > 0.0)
    };
    let remainder: f64 = to(false).map(|(_, flow)| flow).sum::<f64>() + 0.0;
    let smallest_named = to(true).map(|(_, flow)| flow).fold(f64::INFINITY, f64::min);
    match hides {
        RemainderHides::Nothing => 0.0,
        RemainderHides::Smaller => remainder.min(smallest_named),
        RemainderHides::Anything => remainder,
    }
}

impl Around {
    pub(super) fn name(&self, partner: &Partner) -> String {
        place(self.names.name(partner.node))
    }

    pub(super) fn the_name(&self, partner: &Partner) -> String {
        the_place(self.names.name(partner.node))
    }

    /// The least and the most that a share of the inflow may be, whoever is behind what is hidden or unseen.
    pub(super) fn share_bounds(&self, flow: f64) -> (f64, f64) {
        (flow / (self.total_in + self.unseen_in.sum), (flow + self.hidden_in) / self.total_in)
    }

    /// The concentration of all that is known to come, with what nobody is named for counted as one origin.
    pub(super) fn concentration(&self) -> f64 {
        let shares = self.partners.iter().filter_map(|partner| partner.focus_inflow_share);
        let hidden = self.hidden_in / self.total_in;
        shares.map(|share| share * share).sum::<f64>() + hidden * hidden
    }

    /// The least and the most that the concentration of origins may be: what is hidden and unseen spread thin, or all
    /// that is hidden the largest origin's and none of the rest there to thin out the shares.
    pub(super) fn concentration_bounds(&self) -> (f64, f64) {
        let squares: f64 = self.partners.iter().map(|partner| partner.flow_in * partner.flow_in).sum();
        let largest =
            self.partners.first().map_or(0.0, |partner| partner.flow_in).max(self.unseen_in.largest);
        let (all, hidden) = (self.total_in + self.unseen_in.sum, self.hidden_in);
        let most = squares + 2.0 * largest * hidden + hidden * hidden + self.unseen_in.squares;
        (squares / (all * all), (most / (self.total_in * self.total_in)).min(1.0))
    }

    /// The most of what leaves a partner that may come to the focus: what is hidden may be the partner's.
    pub(super) fn most_of_outflow(&self, partner: &Partner) -> f64 {
        (partner.flow_in + self.hidden_in) / (partner.partner_outflow + self.hidden_in)
    }

    /// The least and the most of the focus's outflow that may go to a partner.
    pub(super) fn outflow_bounds(&self, partner: &Partner) -> (f64, f64) {
        let named = partner.flow_out / self.total_out;
        // A partner that is named has its row; one that is not may be in what goes to nobody named.
        if partner.flow_out > 0.0 { (named, named) } else { (0.0, self.unseen_out / self.total_out) }
    }

    pub(super) fn n_origins(&self) -> usize {
        self.partners.iter().filter(|partner| partner.flow_in > 0.0).count()
    }

    /// The share of the largest origins: of ten among many, of three among several; of few it says nothing.
    pub(super) fn leading(&self) -> Option<Leading> {
        let count = match self.n_origins() {
            0..=6 => return None,
            7..=20 => 3,
            _ => 10,
        };
        let share = self.partners.iter().take(count).filter_map(|partner| partner.focus_inflow_share).sum();
        Some(Leading { count, share })
    }

    /// The partner that sends the largest share of what leaves it to the focus, among those that matter to the focus.
    pub(super) fn most_dependent(&self) -> Option<&Partner> {
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
