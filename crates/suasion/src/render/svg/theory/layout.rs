//! Where the boxes of the chain stand, and which way its links take.
//!
//! Links run in the gutters between columns only. One that passes over a column has a lane there, between the boxes, so
//! that no link runs through a text. Columns and gutters take room by what they hold.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use suasion_model::theory::{Column, Node, Presence, Theory};

use super::super::Canvas;
use super::super::label::{BOLD, fit, line_height, text_width};
use crate::render::chain::{self, Stage};
use crate::render::text;

/// Between a box's edge and its text.
pub(super) const PADDING: f64 = 7.0;

/// Between boxes of a column.
const APART: f64 = 12.0;

/// The height of a lane.
const LANE: f64 = 4.0;

/// The narrowest column, and how wide a long word makes one before what is left over is shared out: the first where
/// there is no room for more.
const NARROWEST: f64 = 94.0;
const WIDEST: RangeInclusive<u32> = 106..=132;

/// The narrowest gutter between columns.
const GUTTER: f64 = 30.0;

/// The most lines of a label; what is cut stands whole in the list.
const MOST_LINES: usize = 8;

/// Rounds of moving boxes towards what they are linked with.
const N_ROUNDS: usize = 24;

/// What stands in a column.
pub(super) struct Item<'t> {
    pub(super) what: What<'t>,
    /// Its text.
    pub(super) lines: Vec<String>,
    /// Its gaps, in words.
    pub(super) mark: Option<String>,
    /// Its middle.
    pub(super) y: f64,
    pub(super) height: f64,
}

/// What an item is.
pub(super) enum What<'t> {
    /// A box.
    Node(&'t Node),
    /// The boxes for which there is no room.
    More,
    /// A link that passes over the column.
    Lane,
}

/// A column: its edges and what stands in it.
pub(super) struct Stack<'t> {
    pub(super) column: Column,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) items: Vec<Item<'t>>,
}

/// Where an item is: its column, and its place in it.
pub(super) type Slot = (usize, usize);

/// How a link looks. The first outranks the others where several share a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// Stated.
    Plain,
    /// By way of an early sign.
    Early,
    /// From or to what is not there.
    Broken,
}

/// The chain, laid out.
pub(super) struct Layout<'t> {
    pub(super) stacks: Vec<Stack<'t>>,
    /// The pieces of links, from a column to the next.
    pub(super) pieces: BTreeMap<(Slot, Slot), Look>,
    /// Where it ends below.
    pub(super) bottom: f64,
}

/// Lays the chain out below `top`.
pub(super) fn layout(canvas: Canvas, theory: &Theory, top: f64) -> Layout<'_> {
    let stages = chain::stages(theory);
    let mut ways = Ways::new(theory, &stages);
    ways.find(theory);
    let mut stacks = stacks(canvas, theory, stages, &ways);
    let pieces = ways.through(&mut stacks);
    let tallest = stacks.iter().map(|stack| height(&stack.items)).fold(60.0, f64::max);
    place(&mut stacks, &pieces, top, top + tallest);
    Layout { stacks, pieces, bottom: top + tallest }
}

/// What links pass through on their way: boxes, and lanes known by the box that they come from.
struct Ways<'t> {
    /// Where a box stands. Those for which there is no room stand together.
    slots: BTreeMap<&'t str, Slot>,
    standing: BTreeMap<&'t str, Presence>,
    /// How many boxes a column has.
    n_boxes: Vec<usize>,
    /// Lanes, by column and the box that their links come from, with the places of what they lead to.
    lanes: BTreeMap<(usize, Slot), Vec<f64>>,
    pieces: BTreeMap<(Stop, Stop), Look>,
}

/// Where a piece of a link begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stop {
    Box(Slot),
    Lane(usize, Slot),
}

impl Stop {
    fn column(self) -> usize {
        match self {
            Self::Box((column, _)) | Self::Lane(column, _) => column,
        }
    }
}

impl<'t> Ways<'t> {
    fn new(theory: &'t Theory, stages: &[Stage<'t>]) -> Self {
        let mut slots = BTreeMap::new();
        let mut n_boxes = Vec::new();
        for (column, stage) in stages.iter().enumerate() {
            let n_shown = stage.shown.len();
            slots.extend(
                stage.shown.iter().enumerate().map(|(index, node)| (node.id.as_str(), (column, index))),
            );
            slots.extend(stage.hidden.iter().map(|node| (node.id.as_str(), (column, n_shown))));
            n_boxes.push(n_shown + usize::from(!stage.hidden.is_empty()));
        }
        let standing = theory.nodes.iter().map(|node| (node.id.as_str(), node.standing)).collect();
        Self { slots, standing, n_boxes, lanes: BTreeMap::new(), pieces: BTreeMap::new() }
    }

    fn find(&mut self, theory: &'t Theory) {
        for link in &theory.links {
            let ends = [link.from.as_str(), link.to.as_str()];
            let [Some(from), Some(to)] = ends.map(|id| self.slots.get(id).copied()) else { continue };
            let is_there = |id: &str| self.standing.get(id) == Some(&Presence::Declared);
            let look = match (ends.iter().all(|id| is_there(id)), link.surrogate) {
                (false, _) => Look::Broken,
                (true, true) => Look::Early,
                (true, false) => Look::Plain,
            };
            let end = self.share(to);
            let mut last = Stop::Box(from);
            for column in from.0 + 1..to.0 {
                self.lanes.entry((column, from)).or_default().push(end);
                self.piece(last, Stop::Lane(column, from), look);
                last = Stop::Lane(column, from);
            }
            if from.0 < to.0 {
                self.piece(last, Stop::Box(to), look);
            }
        }
    }

    fn piece(&mut self, from: Stop, to: Stop, look: Look) {
        let known = self.pieces.entry((from, to)).or_insert(look);
        *known = (*known).min(look);
    }

    /// Where in its column a box stands, from 0 to 1.
    fn share(&self, (column, index): Slot) -> f64 {
        (index as f64 + 0.5) / self.n_boxes[column] as f64
    }

    /// How many pieces of links run between a column and the next.
    fn n_behind(&self, column: usize) -> usize {
        self.pieces.keys().filter(|(from, _)| from.column() == column).count()
    }

    /// Puts the lanes among the boxes, and says which items the links join.
    fn through(self, stacks: &mut [Stack<'_>]) -> BTreeMap<(Slot, Slot), Look> {
        let mut slots: BTreeMap<Stop, Slot> = BTreeMap::new();
        for (column, stack) in stacks.iter_mut().enumerate() {
            let boxes =
                (0..stack.items.len()).map(|index| (self.share((column, index)), Stop::Box((column, index))));
            let lanes = self.lanes.range((column, (0, 0))..(column + 1, (0, 0))).map(|((_, from), ends)| {
                let end = ends.iter().sum::<f64>() / ends.len() as f64;
                (f64::midpoint(self.share(*from), end), Stop::Lane(column, *from))
            });
            let mut order: Vec<(f64, Stop)> = boxes.chain(lanes).collect();
            // What nothing is linked with stands last; a lane need not go around it.
            order.sort_by(|(a, one), (b, other)| a.total_cmp(b).then(one.cmp(other)));
            let mut boxes = std::mem::take(&mut stack.items).into_iter();
            for (index, (_, stop)) in order.into_iter().enumerate() {
                slots.insert(stop, (column, index));
                stack.items.extend(match stop {
                    Stop::Box(_) => boxes.next(),
                    Stop::Lane(..) => {
                        Some(Item { what: What::Lane, lines: Vec::new(), mark: None, y: 0.0, height: LANE })
                    }
                });
            }
        }
        self.pieces.iter().map(|((from, to), look)| ((slots[from], slots[to]), *look)).collect()
    }
}

/// The columns with their boxes, as wide as their texts need.
fn stacks<'t>(canvas: Canvas, theory: &Theory, stages: Vec<Stage<'t>>, ways: &Ways<'t>) -> Vec<Stack<'t>> {
    let texts = |stage: &Stage<'t>| stage.shown.iter().map(|node| node.label.as_str()).collect::<Vec<_>>();
    let least = |stage: &Stage<'t>, widest: f64| {
        let longest = |node: &&Node| {
            let words = node.label.split_whitespace().map(|word| text_width(canvas, word));
            words.fold(0.0, f64::max) * weight(node)
        };
        // A hair more, so that rounding breaks no word that fits.
        let longest = stage.shown.iter().map(longest).fold(0.0, f64::max) + 0.5;
        // A heading reaches into the gutter, and the last column has none.
        let gutter = if stage.column == Column::Decision { 0.0 } else { GUTTER - 4.0 };
        let heading = BOLD * text_width(canvas, chain::heading(stage.column).0) - gutter;
        (longest + 2.0 * PADDING).clamp(NARROWEST, widest).max(heading)
    };
    // The height of a text falls with the width of its box, so room goes by the root of its length.
    let wish = |stage: &Stage<'t>| {
        texts(stage).into_iter().map(|text| text_width(canvas, text)).fold(0.0, f64::max).sqrt()
    };
    let gutter = |column: usize| GUTTER + 1.25 * ways.n_behind(column).min(12) as f64;
    let gutters: Vec<f64> = (0..stages.len()).map(gutter).collect();
    let room = canvas.width - gutters[..stages.len() - 1].iter().sum::<f64>();
    let needed = |widest: f64| stages.iter().map(|stage| least(stage, widest)).sum::<f64>();
    let fits = WIDEST.rev().find(|widest| needed(f64::from(*widest)) <= room);
    let widest = f64::from(fits.unwrap_or(*WIDEST.start()));
    let needs: Vec<(f64, f64)> = stages.iter().map(|stage| (least(stage, widest), wish(stage))).collect();
    let widths = share_out(room, &needs);
    let numbers = chain::numbers(theory);
    let mut left = 0.0;
    let mut stacks = Vec::new();
    for ((stage, gutter), width) in stages.into_iter().zip(gutters).zip(widths) {
        let right = left + width;
        let room = right - left - 2.0 * PADDING;
        let mut items: Vec<Item<'t>> = stage
            .shown
            .iter()
            .map(|node| {
                let mark = numbers.get(node.id.as_str()).map(|numbers| mark(canvas, *numbers, room));
                item(canvas, What::Node(node), lines(canvas, node, room), mark)
            })
            .collect();
        if !stage.hidden.is_empty() {
            let mark = stage.hidden.iter().any(|node| node.is_gap()).then(|| "! gaps".to_string());
            items.push(item(canvas, What::More, fit(canvas, &chain::more(&stage.hidden), room, 2), mark));
        }
        stacks.push(Stack { column: stage.column, left, right, items });
        left = right + gutter;
    }
    stacks
}

/// Shares room out by what is wished for, so that each has the least it needs.
fn share_out(room: f64, needs: &[(f64, f64)]) -> Vec<f64> {
    let widths = |scale: f64| needs.iter().map(move |(least, wish)| least.max(scale * wish));
    let (mut low, mut high) = (0.0, room);
    // Halved until it is finer than what is drawn.
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if widths(middle).sum::<f64>() > room { high = middle } else { low = middle }
    }
    widths(low).collect()
}

/// The sign of a gap with its numbers; without the word where there is no room for it.
fn mark(canvas: Canvas, numbers: (usize, usize), room: f64) -> String {
    let full = chain::mark(numbers);
    let is_too_long = BOLD * text_width(canvas, &full) > room;
    if is_too_long { format!("! {}", chain::range(numbers)) } else { full }
}

/// How much wider than plain a box's text is: what is not there is written bold.
fn weight(node: &Node) -> f64 {
    if node.standing == Presence::Declared { 1.0 } else { BOLD }
}

fn lines(canvas: Canvas, node: &Node, room: f64) -> Vec<String> {
    let room = room / weight(node);
    let mut lines = fit(canvas, &node.label, room, MOST_LINES);
    if node.standing == Presence::Undeclared {
        lines.extend(fit(canvas, "not declared", room, 2));
    }
    lines
}

fn item(canvas: Canvas, what: What<'_>, lines: Vec<String>, mark: Option<String>) -> Item<'_> {
    let n_lines = lines.len() + usize::from(mark.is_some());
    Item { what, lines, mark, y: 0.0, height: n_lines as f64 * line_height(canvas) + 2.0 * PADDING }
}

/// How tall a column is.
fn height(items: &[Item<'_>]) -> f64 {
    items.iter().map(|item| item.height).sum::<f64>() + APART * items.len().saturating_sub(1) as f64
}

/// Moves the items of every column, in their order, near what they are linked with.
fn place(stacks: &mut [Stack<'_>], pieces: &BTreeMap<(Slot, Slot), Look>, top: f64, bottom: f64) {
    let mut linked: BTreeMap<Slot, Vec<Slot>> = BTreeMap::new();
    for (from, to) in pieces.keys() {
        linked.entry(*from).or_default().push(*to);
        linked.entry(*to).or_default().push(*from);
    }
    for stack in stacks.iter_mut() {
        let mut y = top + (bottom - top - height(&stack.items)) / 2.0;
        for item in &mut stack.items {
            item.y = y + item.height / 2.0;
            y += item.height + APART;
        }
    }
    for round in 0..N_ROUNDS {
        for step in 0..stacks.len() {
            let column = if round % 2 == 0 { step } else { stacks.len() - 1 - step };
            let wanted: Vec<f64> = (0..stacks[column].items.len())
                .map(|index| match linked.get(&(column, index)) {
                    Some(others) => {
                        others.iter().map(|(column, index)| stacks[*column].items[*index].y).sum::<f64>()
                            / others.len() as f64
                    }
                    None => stacks[column].items[index].y,
                })
                .collect();
            settle(&mut stacks[column].items, &wanted, top, bottom);
        }
    }
}

/// Puts items as near to where they are wanted as their order and heights allow: least squares, by pooling neighbours that
/// are in each other's way (isotonic regression).
fn settle(items: &mut [Item<'_>], wanted: &[f64], top: f64, bottom: f64) {
    let mut offsets = Vec::new();
    let mut offset = 0.0;
    for (index, item) in items.iter().enumerate() {
        offset += if index == 0 {
            item.height / 2.0
        } else {
            items[index - 1].height / 2.0 + APART + item.height / 2.0
        };
        offsets.push(offset);
    }
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (wanted, offset) in wanted.iter().zip(&offsets) {
        let mut pool = (wanted - offset, 1);
        while let Some((mean, n)) = pools.pop_if(|(mean, _)| *mean > pool.0) {
            pool = ((mean * n as f64 + pool.0 * pool.1 as f64) / (n + pool.1) as f64, n + pool.1);
        }
        pools.push(pool);
    }
    let most = (bottom - height(items)).max(top);
    let starts = pools.into_iter().flat_map(|(mean, n)| std::iter::repeat_n(mean.clamp(top, most), n));
    for ((item, start), offset) in items.iter_mut().zip(starts).zip(offsets) {
        item.y = start + offset;
    }
}

/// Whether a text runs from right to left: whether its first letter does.
pub(super) fn is_right_to_left(line: &str) -> bool {
    let letter = text::clean(line).chars().find(|c| c.is_alphabetic());
    letter.is_some_and(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}
