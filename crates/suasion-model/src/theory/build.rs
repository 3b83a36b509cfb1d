//! From a strategy to boxes and links.
//!
//! Sections are looked up by id in sorted maps, so that a strategy of thousands of sections costs little more than its
//! length. Where two sections have one id, references mean the first.

use std::collections::{BTreeMap, BTreeSet};

use super::{Column, Gap, Link, MOST_REACHES, Node, Presence, Theory, order};
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::strategy::{Initiative, Objective, Strategy};

/// The audience that is there without being written.
const DOMESTIC: &str = "domestic";

pub(super) fn build(strategy: &Strategy, diagnostics: &[Diagnostic]) -> Theory {
    let mut chain = Chain::default();
    chain.declare(strategy);
    let audiences: Vec<usize> =
        strategy.objectives.iter().enumerate().map(|(index, one)| chain.objective(index, one)).collect();
    for (index, initiative) in strategy.initiatives.iter().enumerate() {
        chain.initiative(index, initiative, &audiences);
    }
    chain.without_means(strategy, &audiences);
    let elsewhere = chain.place(strategy, diagnostics);
    chain.unsaid(strategy);
    chain.finish(&strategy.head.title.value, elsewhere)
}

/// The kinds of section that have a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Resource,
    Initiative,
    Partner,
    Voice,
    Audience,
    Indicator,
    Objective,
}

impl Kind {
    fn column(self) -> Column {
        match self {
            Self::Resource => Column::Resource,
            Self::Initiative => Column::Initiative,
            Self::Partner | Self::Voice => Column::Carrier,
            Self::Audience => Column::Audience,
            Self::Indicator => Column::Indicator,
            Self::Objective => Column::Objective,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Resource => "resource",
            Self::Initiative => "initiative",
            Self::Partner => "partner",
            Self::Voice => "voice",
            Self::Audience => "audience",
            Self::Indicator => "indicator",
            Self::Objective => "objective",
        }
    }
}

/// The chain while it is made. Boxes are known by their place in `nodes`.
#[derive(Default)]
struct Chain<'s> {
    nodes: Vec<Node>,
    /// Links, each with whether it goes by way of a surrogate.
    links: BTreeMap<(usize, usize), bool>,
    n_reaches: usize,
    /// The boxes of a kind, in the order of its sections.
    declared: BTreeMap<Kind, Vec<usize>>,
    by_id: BTreeMap<(Kind, &'s str), usize>,
    /// The places of references that lead nowhere, with the boxes that were made for them.
    undeclared: BTreeMap<Span, usize>,
    /// Boxes at which a section's diagnostic of a code stands, where that is not the section's own box.
    redirected: BTreeMap<(usize, &'static str), usize>,
    /// The boxes of sections, by where their headers begin.
    sections: BTreeMap<usize, usize>,
    /// Resources that an initiative uses, and the sections of objectives that one serves.
    used: BTreeSet<usize>,
}

impl<'s> Chain<'s> {
    fn declare(&mut self, strategy: &'s Strategy) {
        let text = |label: &'s Option<Spanned<String>>| label.as_ref().map_or("", Spanned::as_str);
        for one in &strategy.resources {
            self.section(Kind::Resource, &one.id, text(&one.label), one.span);
        }
        for one in &strategy.initiatives {
            self.section(Kind::Initiative, &one.id, text(&one.label), one.span);
        }
        for one in &strategy.partners {
            self.section(Kind::Partner, &one.id, &one.name.value, one.span);
        }
        for one in &strategy.voices {
            self.section(Kind::Voice, &one.id, &one.name.value, one.span);
        }
        for one in &strategy.audiences {
            self.section(Kind::Audience, &one.id, &one.who.value, one.span);
        }
        for one in &strategy.indicators {
            self.section(Kind::Indicator, &one.id, &one.label.value, one.span);
        }
        for one in &strategy.objectives {
            self.section(Kind::Objective, &one.id, &one.statement.value, one.span);
        }
    }

    fn section(&mut self, kind: Kind, id: &'s Spanned<String>, label: &str, span: Span) {
        let (name, id) = (kind.name(), id.as_str());
        let nth = self.declared.get(&kind).map_or(0, Vec::len) + 1;
        // No id has a number sign, so a section without one, or with one that is taken, cannot take another's name.
        let stable = match (id, self.by_id.contains_key(&(kind, id))) {
            ("", _) => format!("{name}.#{nth}"),
            (id, true) => format!("{name}.{id}#{nth}"),
            (id, false) => format!("{name}.{id}"),
        };
        let label = [label, id].into_iter().find(|text| !text.is_empty()).unwrap_or("without a name");
        let node = self.node(stable, kind.column(), label, Presence::Declared);
        if !id.is_empty() {
            self.by_id.entry((kind, id)).or_insert(node);
        }
        self.declared.entry(kind).or_default().push(node);
        self.sections.insert(span.start, node);
    }

    /// An objective with its audience, indicators and decision. Returns the audience's box.
    fn objective(&mut self, index: usize, objective: &'s Objective) -> usize {
        let node = self.declared[&Kind::Objective][index];
        let name = named("objective", objective.id.as_str());
        let lacking = |what: &str| gap("foggy-objective", format!("{name} {what}"));
        let audience = match &objective.audience {
            Some(reference) => self.resolve(Kind::Audience, reference),
            None => self.missing(
                node,
                Column::Audience,
                "No audience",
                lacking("does not say from whom it is wanted"),
            ),
        };
        let outcome = match &objective.outcome {
            Some(reference) => self.resolve(Kind::Indicator, reference),
            None => self.missing(
                node,
                Column::Indicator,
                "No outcome",
                lacking("does not say what would show it"),
            ),
        };
        self.link(audience, outcome);
        self.link(outcome, node);
        self.redirected.insert((node, "unmeasured-outcome"), outcome);
        if let Some(reference) = &objective.surrogate {
            let surrogate = self.resolve(Kind::Indicator, reference);
            self.links.entry((audience, surrogate)).or_insert(true);
            self.links.entry((surrogate, node)).or_insert(true);
        }
        if objective.decision.is_none() {
            let gap = lacking("does not say what will be decided by it");
            let decision = self.missing(node, Column::Decision, "No decision", gap);
            self.link(node, decision);
        }
        audience
    }

    /// What an initiative uses, who carries it, and whom it is for.
    fn initiative(&mut self, index: usize, initiative: &'s Initiative, audiences: &[usize]) {
        let node = self.declared[&Kind::Initiative][index];
        for reference in &initiative.uses {
            let resource = self.resolve(Kind::Resource, reference);
            self.used.insert(resource);
            self.link(resource, node);
        }
        let mut carriers = BTreeSet::new();
        for reference in &initiative.with {
            carriers.insert(self.resolve(Kind::Partner, reference));
        }
        if let Some(reference) = &initiative.voice {
            carriers.insert(self.resolve(Kind::Voice, reference));
        }
        let mut ends = BTreeSet::new();
        for reference in &initiative.serves {
            let objective = self.resolve(Kind::Objective, reference);
            self.used.insert(objective);
            // An objective that is not declared has no audience: the link goes to it straight.
            ends.insert(self.audience_of(objective, audiences).unwrap_or(objective));
        }
        if initiative.serves.is_empty() {
            let text = format!("{} serves no objective", named("initiative", initiative.id.as_str()));
            let end = self.missing(
                node,
                Column::Audience,
                "No objective, so no audience",
                gap("idle-initiative", text),
            );
            self.redirected.insert((node, "idle-initiative"), end);
            ends.insert(end);
        }
        for carrier in &carriers {
            self.link(node, *carrier);
            let room = MOST_REACHES.saturating_sub(self.n_reaches);
            for end in ends.iter().take(room) {
                self.link(*carrier, *end);
            }
            self.n_reaches += ends.len();
        }
        if carriers.is_empty() {
            for end in ends {
                self.link(node, end);
            }
        }
    }

    fn audience_of(&self, objective: usize, audiences: &[usize]) -> Option<usize> {
        let objectives = self.declared.get(&Kind::Objective)?;
        // Boxes of a kind are numbered in a row.
        audiences.get(objective.checked_sub(*objectives.first()?)?).copied()
    }

    /// Objectives that nothing serves, and decisions: those of the same words are one.
    fn without_means(&mut self, strategy: &'s Strategy, audiences: &[usize]) {
        let mut decisions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, objective) in strategy.objectives.iter().enumerate() {
            let node = self.declared[&Kind::Objective][index];
            if let Some(decision) = &objective.decision {
                decisions.entry(decision.as_str()).or_default().push(node);
            }
            if !self.used.contains(&node) {
                let text = format!("no initiative serves {}", named("objective", objective.id.as_str()));
                let means =
                    self.missing(node, Column::Initiative, "No initiative", gap("orphan-objective", text));
                self.redirected.insert((node, "orphan-objective"), means);
                self.link(means, audiences[index]);
            }
        }
        let mut decisions: Vec<(&str, Vec<usize>)> = decisions.into_iter().collect();
        // In the order of the first objective that each is for.
        decisions.sort_by(|(_, one), (_, other)| one.cmp(other));
        for (text, objectives) in decisions {
            let ids = objectives.iter().map(|node| self.nodes[*node].id.as_str());
            let id = ids.min().unwrap_or("").replacen("objective.", "decision.", 1);
            let decision = self.node(id, Column::Decision, text, Presence::Declared);
            for objective in objectives {
                self.link(objective, decision);
            }
        }
    }

    /// Puts every diagnostic where it stands. Returns those that stand at no box.
    fn place(&mut self, strategy: &Strategy, diagnostics: &[Diagnostic]) -> Vec<Gap> {
        let mut outside = Vec::new();
        for diagnostic in diagnostics {
            let gap = gap(diagnostic.code, diagnostic.headline.clone());
            match self.node_of(strategy, diagnostic) {
                Some(node) => {
                    let node = &mut self.nodes[node];
                    if node.standing == Presence::Missing {
                        // The rule says what the box was made for, in its own words.
                        node.gaps.retain(|one| one.code != gap.code);
                    }
                    node.gaps.push(gap);
                }
                None => outside.push(gap),
            }
        }
        outside
    }

    fn node_of(&self, strategy: &Strategy, diagnostic: &Diagnostic) -> Option<usize> {
        let span = diagnostic.span()?;
        if let ("unknown-reference", Some(node)) = (diagnostic.code, self.undeclared.get(&span)) {
            return Some(*node);
        }
        let header = strategy.sections.of(span)?.header;
        let node = *self.sections.get(&header.start)?;
        Some(self.redirected.get(&(node, diagnostic.code)).copied().unwrap_or(node))
    }

    /// Gaps of the chain that no rule may have spoken of.
    fn unsaid(&mut self, strategy: &Strategy) {
        for (index, indicator) in strategy.indicators.iter().enumerate() {
            let node = self.declared[&Kind::Indicator][index];
            if indicator.dataset.is_none() {
                let text = format!("{} has no dataset", named("indicator", indicator.id.as_str()));
                self.say(node, "unmeasured-outcome", text);
            }
        }
        for node in 0..self.nodes.len() {
            if self.nodes[node].standing == Presence::Undeclared {
                let text = format!("`{}` is not declared", self.nodes[node].label);
                self.say(node, "unknown-reference", text);
            }
        }
    }

    /// Adds a gap where none of its code stands yet.
    fn say(&mut self, node: usize, code: &str, text: String) {
        let gaps = &mut self.nodes[node].gaps;
        if gaps.iter().all(|gap| gap.code != code) {
            gaps.push(gap(code, text));
        }
    }

    /// The box that a reference means; one that says so where nothing is declared.
    fn resolve(&mut self, kind: Kind, reference: &'s Spanned<String>) -> usize {
        let id = reference.as_str();
        if let Some(known) = self.by_id.get(&(kind, id)).copied() {
            if self.nodes[known].standing == Presence::Undeclared {
                self.undeclared.insert(reference.span, known);
            }
            return known;
        }
        let node = if (kind, id) == (Kind::Audience, DOMESTIC) {
            self.node(format!("audience.{id}"), kind.column(), "The public at home", Presence::Declared)
        } else {
            let stable = format!("undeclared.{}.{id}", kind.name());
            let node = self.node(stable, kind.column(), id, Presence::Undeclared);
            self.undeclared.insert(reference.span, node);
            node
        };
        self.by_id.insert((kind, id), node);
        node
    }

    /// A box for what a section does not even name.
    fn missing(&mut self, of: usize, column: Column, label: &str, gap: Gap) -> usize {
        let what = match column {
            Column::Resource => "resource",
            Column::Initiative => "initiative",
            Column::Carrier => "carrier",
            Column::Audience => "audience",
            Column::Indicator => "outcome",
            Column::Objective => "objective",
            Column::Decision => "decision",
        };
        let id = format!("missing.{}.{what}", self.nodes[of].id);
        let node = self.node(id, column, label, Presence::Missing);
        self.nodes[node].gaps.push(gap);
        node
    }

    fn node(&mut self, id: String, column: Column, label: &str, standing: Presence) -> usize {
        self.nodes.push(Node { id, column, label: label.to_string(), standing, gaps: Vec::new() });
        self.nodes.len() - 1
    }

    /// A link that is stated. It outranks one by way of a surrogate.
    fn link(&mut self, from: usize, to: usize) {
        self.links.insert((from, to), false);
    }

    fn finish(mut self, title: &str, elsewhere: Vec<Gap>) -> Theory {
        for node in &mut self.nodes {
            node.gaps = once(std::mem::take(&mut node.gaps));
        }
        let columns: Vec<Column> = self.nodes.iter().map(|node| node.column).collect();
        let links: Vec<(usize, usize)> = self.links.keys().copied().collect();
        let order = order::few_crossings(&columns, &links);
        let mut place = vec![0; order.len()];
        for (index, node) in order.iter().enumerate() {
            place[*node] = index;
        }
        let mut links: Vec<((usize, usize), bool)> = self
            .links
            .iter()
            .map(|((from, to), surrogate)| ((place[*from], place[*to]), *surrogate))
            .collect();
        links.sort_unstable();
        let nodes: Vec<Node> = order.into_iter().map(|node| self.nodes[node].clone()).collect();
        let links = links
            .into_iter()
            .map(|((from, to), surrogate)| Link {
                from: nodes[from].id.clone(),
                to: nodes[to].id.clone(),
                surrogate,
            })
            .collect();
        let links_are_complete = self.n_reaches <= MOST_REACHES;
        Theory { title: title.to_string(), nodes, links, links_are_complete, elsewhere: once(elsewhere) }
    }
}

/// The gaps in their order, each once: several references to one unknown id are one gap.
fn once(gaps: Vec<Gap>) -> Vec<Gap> {
    let mut seen = BTreeSet::new();
    gaps.into_iter().filter(|gap| seen.insert(gap.clone())).collect()
}

fn gap(code: &str, text: String) -> Gap {
    Gap { code: code.to_string(), text }
}

/// A section as a sentence calls it.
fn named(kind: &str, id: &str) -> String {
    if id.is_empty() { format!("an {kind} without an id") } else { format!("the {kind} `{id}`") }
}
