//! Bridging against popularity: ranks of those who may be named, with the places that they share or would come to in other
//! samples; and below, all others in groups, their part of bridging beside their part of ties.
//!
//! Ranks are drawn on a logarithmic scale, the first to the top right: where few come first, the eye should be. Above the
//! diagonal lies who bridges more than its ties would have it.

use maud::{Markup, html};
use suasion_model::finding::{Bridge, BridgeGroup, Rank};
use suasion_model::number;

use super::boxes::Boxes;
use super::label::{block, fit, line_height, text_width};
use super::{Canvas, at, drawable, nothing};

/// Groups that are drawn; the figure's table has all.
const GROUPS: usize = 12;

/// Actors that have their names, as far as there is room.
const NAMED: usize = 24;

pub(super) fn draw(canvas: Canvas, actors: &[Bridge], groups: &[BridgeGroup]) -> (f64, Markup) {
    if actors.is_empty() && groups.is_empty() {
        return nothing(canvas);
    }
    let (middle, ranks) = if actors.len() > 1 { scatter(canvas, actors) } else { (0.0, html! {}) };
    let (height, bars) = if groups.is_empty() { (middle, html! {}) } else { grouped(canvas, groups, middle) };
    let one = if let [one] = actors {
        let words = format!("{} alone may be named.", one.name);
        let lines = fit(canvas, &words, canvas.width, 2);
        let y = height + line_height(canvas) * lines.len() as f64 / 2.0;
        (
            height + line_height(canvas) * lines.len() as f64 + 4.0,
            block(canvas, &lines, 0.0, y, "c-note", "start"),
        )
    } else {
        (height, html! {})
    };
    (one.0, html! { (ranks) (bars) (one.1) })
}

/// Ranks on both axes.
struct Scale {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    most: f64,
}

impl Scale {
    /// The part of the way from the last place to the first.
    fn part(&self, place: f64) -> f64 {
        if self.most <= 1.0 { 1.0 } else { 1.0 - place.clamp(1.0, self.most).ln() / self.most.ln() }
    }

    fn x(&self, place: f64) -> f64 {
        self.left + self.part(place) * (self.right - self.left)
    }

    fn y(&self, place: f64) -> f64 {
        self.bottom - self.part(place) * (self.bottom - self.top)
    }
}

/// The middle of the places that a rank stands for, on a logarithmic scale.
fn middle(rank: Rank) -> f64 {
    (f64::from(rank.first.max(1)) * f64::from(rank.last.max(1))).sqrt()
}

fn scatter(canvas: Canvas, actors: &[Bridge]) -> (f64, Markup) {
    let most = actors.iter().map(|one| one.rank.last.max(one.popularity_rank.last)).max().unwrap_or(1);
    let side = if canvas.narrow { canvas.width - 40.0 } else { 400.0 };
    let left = text_width(canvas, "1000") + 12.0;
    let top = line_height(canvas) * 1.5 + 8.0;
    let width = if canvas.narrow { canvas.width - left - 10.0 } else { canvas.width - left - 60.0 };
    let scale =
        Scale { left: left + 8.0, right: left + width, top, bottom: top + side * 0.8, most: f64::from(most) };
    let ticks: Vec<u32> = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]
        .into_iter()
        .filter(|tick| *tick <= most)
        .collect();
    let base = scale.bottom + 10.0 + line_height(canvas);
    let mut boxes = Boxes::new(0.0, canvas.width, top - line_height(canvas) * 0.6, scale.bottom + 8.0);
    let points: Vec<(f64, f64)> =
        actors.iter().map(|one| (scale.x(middle(one.popularity_rank)), scale.y(middle(one.rank)))).collect();
    for (x, y) in &points {
        boxes.take(x - 5.0, y - 5.0, 10.0, 10.0);
    }
    // Who comes first, and who stands farthest from the diagonal.
    let mut order: Vec<usize> = (0..actors.len()).collect();
    let apart = |at: usize| {
        (scale.part(middle(actors[at].rank)) - scale.part(middle(actors[at].popularity_rank))).abs()
    };
    let weight = |at: usize| scale.part(middle(actors[at].rank)) + apart(at);
    order.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)).then(a.cmp(b)));
    let longest = if canvas.narrow { 130.0 } else { 190.0 };
    let labels: Vec<(String, f64, f64, &'static str)> = order
        .into_iter()
        .take(NAMED)
        .filter_map(|at| {
            let name = fit(canvas, &actors[at].name, longest, 1).pop()?;
            let (x, y, anchor) = boxes.label(canvas, &name, points[at].0, points[at].1, 7.0)?;
            Some((name, x, y, anchor))
        })
        .collect();
    let n_unnamed = actors.len() - labels.len();
    let mut note = "Above the dotted line: who bridges more than its ties. Below it: who is popular rather than a bridge.".to_string();
    if n_unnamed > 0 {
        let have = if n_unnamed == 1 { "has its name" } else { "have their names" };
        note.push_str(&format!(" {} more {have} in the table.", number::count(n_unnamed as u64)));
    }
    let notes = fit(canvas, &note, canvas.width - scale.left, 4);
    let height = base + line_height(canvas) * (2.6 + notes.len() as f64);
    let content = html! {
        text.c-unit x="0" y=(at(canvas.font)) { "Rank by bridging" }
        @for tick in &ticks {
            @let (x, y) = (scale.x(f64::from(*tick)), scale.y(f64::from(*tick)));
            line.c-grid x1=(at(scale.left)) x2=(at(scale.right)) y1=(at(y)) y2=(at(y)) {}
            line.c-grid x1=(at(x)) x2=(at(x)) y1=(at(scale.top)) y2=(at(scale.bottom)) {}
            text.c-tick x=(at(scale.left - 8.0)) y=(at(y + canvas.font * 0.35)) text-anchor="end" { (tick) }
            text.c-tick x=(at(x)) y=(at(base)) text-anchor="middle" { (tick) }
        }
        line.c-from x1=(at(scale.left)) y1=(at(scale.bottom)) x2=(at(scale.right)) y2=(at(scale.top)) {}
        text.c-unit x=(at(scale.right)) y=(at(base + line_height(canvas) * 1.1)) text-anchor="end" { "Rank by ties" }
        @for (one, (x, y)) in actors.iter().zip(&points) {
            @if let Some([low, high]) = one.rank_interval {
                line.c-whisker x1=(at(*x)) x2=(at(*x)) y1=(at(scale.y(f64::from(low)))) y2=(at(scale.y(f64::from(high)))) {}
            }
            @if one.rank.first != one.rank.last {
                line.c-level x1=(at(*x)) x2=(at(*x)) y1=(at(scale.y(f64::from(one.rank.first)))) y2=(at(scale.y(f64::from(one.rank.last)))) {}
            }
            @if one.popularity_rank.first != one.popularity_rank.last {
                line.c-level y1=(at(*y)) y2=(at(*y)) x1=(at(scale.x(f64::from(one.popularity_rank.first)))) x2=(at(scale.x(f64::from(one.popularity_rank.last)))) {}
            }
            circle.c-point cx=(at(*x)) cy=(at(*y)) r="4" {}
        }
        @for (name, x, y, anchor) in &labels {
            text.c-mark x=(at(*x)) y=(at(*y)) text-anchor=(anchor) { (name) }
            text.c-name x=(at(*x)) y=(at(*y)) text-anchor=(anchor) { (name) }
        }
        @for (index, note) in notes.iter().enumerate() {
            text.c-note x=(at(scale.left)) y=(at(base + line_height(canvas) * (2.3 + index as f64))) { (note) }
        }
    };
    (height, content)
}

fn grouped(canvas: Canvas, groups: &[BridgeGroup], top: f64) -> (f64, Markup) {
    let drawn = &groups[..groups.len().min(GROUPS)];
    let left_out = groups.len() - drawn.len();
    let line = line_height(canvas);
    let left = if canvas.narrow { 0.0 } else { 210.0 };
    let right = canvas.width - text_width(canvas, "100.0 %") - 8.0;
    let shares = |one: &BridgeGroup| {
        [one.bridging_share, Some(one.tie_share)]
            .map(|share| drawable(share).map(|share| share.clamp(0.0, 1.0)))
    };
    let most = drawn.iter().flat_map(shares).flatten().fold(0.0, f64::max);
    let length =
        |share: Option<f64>| if most > 0.0 { share.unwrap_or(0.0) / most * (right - left) } else { 0.0 };
    let row = if canvas.narrow { line + 36.0 } else { 40.0 };
    let head = top + if top > 0.0 { line * 1.4 } else { 0.0 };
    let start = head + 2.0 * line + 10.0;
    let bottom = start + row * drawn.len() as f64;
    let height = bottom + if left_out > 0 { line * 1.6 } else { 6.0 };
    let content = html! {
        text.c-head x="0" y=(at(head + canvas.font)) { "All others, in groups of ten or more" }
        rect.c-bar x="0" y=(at(head + line + 5.0)) width="14" height="10" {}
        text.c-note x="20" y=(at(head + line + 5.0 + canvas.font * 0.75)) { "share of bridging" }
        rect.c-bar-other x="150" y=(at(head + line + 5.0)) width="14" height="10" {}
        text.c-note x="170" y=(at(head + line + 5.0 + canvas.font * 0.75)) { "share of ties" }
        @for (index, one) in drawn.iter().enumerate() {
            @let y = start + row * index as f64;
            @let bars = if canvas.narrow { y + line } else { y + 4.0 };
            @let name = format!("{} ({})", one.name, number::count(u64::from(one.n_actors)));
            @let lines = fit(canvas, &name, if canvas.narrow { canvas.width } else { left - 14.0 }, if canvas.narrow { 1 } else { 2 });
            @if canvas.narrow {
                (block(canvas, &lines, 0.0, y + line / 2.0, "c-name", "start"))
            } @else {
                (block(canvas, &lines, left - 10.0, y + row / 2.0 - 3.0, "c-name", "end"))
            }
            @let [bridging, ties] = shares(one);
            rect.c-bar x=(at(left)) y=(at(bars)) width=(at(length(bridging))) height="14" {}
            text.c-value x=(at(left + length(bridging) + 6.0)) y=(at(bars + 7.0 + canvas.font * 0.35)) {
                (bridging.map_or_else(|| "–".to_string(), number::percent))
            }
            rect.c-bar-other x=(at(left)) y=(at(bars + 16.0)) width=(at(length(ties))) height="12" {}
            text.c-tick x=(at(left + length(ties) + 6.0)) y=(at(bars + 22.0 + canvas.font * 0.35)) {
                (number::percent(one.tie_share))
            }
        }
        line.c-zero x1=(at(left)) x2=(at(left)) y1=(at(start)) y2=(at(bottom)) {}
        @if left_out > 0 {
            text.c-note x=(at(left)) y=(at(bottom + line)) { "and " (number::count(left_out as u64)) " more in the table" }
        }
    };
    (height, content)
}
