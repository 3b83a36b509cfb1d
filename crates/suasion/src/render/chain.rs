//! The chain from means to decision in the program's own words: how its columns are called, which boxes are shown, and
//! how its gaps are numbered.
//!
//! The drawing, the brief and the Markdown all read this, so that gap 3 is the same gap everywhere.

use std::collections::BTreeMap;

use suasion_model::number;
use suasion_model::theory::{Column, Gap, Node, Presence, Theory};

use super::text;

/// What the chain is called.
pub(crate) const TITLE: &str = "How it is meant to work";

/// What a reader must know before looking at it.
pub(crate) const INTRODUCTION: &str = "What the strategy says leads to what, from means to decision. This is what it assumes; \
                                       whether it came about is for the findings to say.";

/// What is said where no gap was found.
pub(crate) const NO_GAP: &str = "No gap was found: every link that such a chain needs is stated. That a link is stated does not \
                                 mean that it holds.";

/// The most boxes that a column shows.
const MOST_SHOWN: usize = 12;

/// The most gaps that are listed.
const MOST_LISTED: usize = 60;

/// A column of the chain, as far as it is shown.
pub(crate) struct Stage<'t> {
    /// Which it is.
    pub(crate) column: Column,
    /// The boxes that are shown, in order.
    pub(crate) shown: Vec<&'t Node>,
    /// Those for which there is no room. Boxes with gaps are shown first.
    pub(crate) hidden: Vec<&'t Node>,
}

/// The columns, each as far as it is shown.
pub(crate) fn stages(theory: &Theory) -> Vec<Stage<'_>> {
    let mut by_column: BTreeMap<Column, Vec<&Node>> = BTreeMap::new();
    for node in &theory.nodes {
        by_column.entry(node.column).or_default().push(node);
    }
    let stage = |column| {
        let nodes = by_column.remove(&column).unwrap_or_default();
        let mut room = MOST_SHOWN.saturating_sub(nodes.iter().filter(|node| node.is_gap()).count());
        let mut room_for_gaps = MOST_SHOWN;
        let (shown, hidden) = nodes.into_iter().partition(|node| {
            let room = if node.is_gap() { &mut room_for_gaps } else { &mut room };
            let is_shown = *room > 0;
            *room = room.saturating_sub(1);
            is_shown
        });
        Stage { column, shown, hidden }
    };
    Column::ALL.into_iter().map(stage).collect()
}

/// A column in plain words, and what its boxes are.
pub(crate) fn heading(column: Column) -> (&'static str, &'static str) {
    match column {
        Column::Resource => ("What there is", "resources"),
        Column::Initiative => ("What is done", "initiatives"),
        Column::Carrier => ("Who carries it", "partners, voices"),
        Column::Audience => ("Whom it is for", "audiences"),
        Column::Indicator => ("What would show it", "indicators"),
        Column::Objective => ("What is wanted", "objectives"),
        Column::Decision => ("What is decided", "decisions"),
    }
}

/// The numbers of the gaps at every box that has some: the first and the last.
pub(crate) fn numbers(theory: &Theory) -> BTreeMap<&str, (usize, usize)> {
    let mut numbers = BTreeMap::new();
    for (index, (node, _)) in theory.gaps().enumerate() {
        if let Some(node) = node {
            let (_, last) = numbers.entry(node.id.as_str()).or_insert((index + 1, index + 1));
            *last = index + 1;
        }
    }
    numbers
}

/// The sign of a gap with its numbers: `! gap 3`, `! gaps 3–5`.
pub(crate) fn mark(numbers: (usize, usize)) -> String {
    format!("! gap{} {}", if numbers.0 == numbers.1 { "" } else { "s" }, range(numbers))
}

/// The first and the last of some numbers: `3`, `3–5`.
pub(crate) fn range((first, last): (usize, usize)) -> String {
    let [from, to] = [first, last].map(|n| number::count(n as u64));
    if first == last { from } else { format!("{from}–{to}") }
}

/// Boxes for which there was no room: `and 37 more`.
pub(crate) fn more(hidden: &[&Node]) -> String {
    format!("and {} more", number::count(hidden.len() as u64))
}

/// The gaps in words, as many as are listed, and how many more there are.
pub(crate) fn listed(theory: &Theory) -> (Vec<(String, &str)>, usize) {
    let listed =
        theory.gaps().take(MOST_LISTED).map(|(node, gap)| (sentence(node, gap), gap.code.as_str())).collect();
    (listed, theory.gaps().count().saturating_sub(MOST_LISTED))
}

/// What is said of gaps that are not listed.
pub(crate) fn more_gaps(n_more: usize) -> String {
    format!("And {} more; `suasion check` lists them all.", number::count(n_more as u64))
}

/// A gap as a sentence begins: with the box at which it stands, where the gap's own words do not name it.
fn sentence(node: Option<&Node>, gap: &Gap) -> String {
    match node {
        None => format!("Outside the chain: {}", gap.text),
        Some(Node { standing: Presence::Declared, label, .. }) => {
            format!("“{}”: {}", text::shorten(label, 72), gap.text)
        }
        Some(_) => {
            let mut letters = gap.text.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
    }
}

/// The chain in one sentence, for those who do not see it.
pub(crate) fn summary(theory: &Theory) -> String {
    let n_gaps = theory.gaps().count();
    let stages: Vec<String> = Column::ALL
        .iter()
        .map(|column| {
            let is_there = |node: &&Node| node.column == *column && node.standing == Presence::Declared;
            let count = theory.nodes.iter().filter(is_there).count();
            match column {
                Column::Carrier if count == 1 => "1 partner or voice".to_string(),
                Column::Carrier => format!("{} partners and voices", number::count(count as u64)),
                _ => text::number_of(count, heading(*column).1.trim_end_matches('s')),
            }
        })
        .collect();
    let gaps = match n_gaps {
        0 => "no gap".to_string(),
        1 => "1 gap".to_string(),
        n => format!("{} gaps", number::count(n as u64)),
    };
    format!("A chain from left to right of {}, with {gaps}.", stages.join(", "))
}

/// A text with what stood in backticks in quotation marks, for readers who write no code.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            out.push(if index % 2 == 1 { '“' } else { '”' });
        }
        out.push_str(part);
    }
    out
}
