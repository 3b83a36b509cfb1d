//! Communities over windows of time: a block for each, as high as the members that are shown, and bands for those who are in
//! one and then in another.
//!
//! Blocks have the letters of their communities, so that nothing is told by colour. Where there are more windows than fit,
//! the last are drawn.

use maud::{Markup, html};
use suasion_model::finding::{ChangeBlock, ChangeFlow, ChangeStep};
use suasion_model::number;

use super::super::text::shorten;
use super::label::{fit, line_height, text_width};
use super::{Canvas, at, nothing};

/// What those are called who are in no community.
const OTHERS: &str = "Others";

/// How wide a block is.
const WIDTH: f64 = 14.0;

/// Columns that the letters of a block may take beside it.
const LETTERS: usize = 3;

/// Between blocks of a window.
const GAP: f64 = 7.0;

/// Where a block is, and how much of either side is taken.
struct Place {
    x: f64,
    y: f64,
    height: f64,
    into: f64,
    out: f64,
}

pub(super) fn draw(
    canvas: Canvas,
    windows: &[String],
    blocks: &[ChangeBlock],
    flows: &[ChangeFlow],
    steps: &[ChangeStep],
) -> (f64, Markup) {
    let most = if canvas.narrow { 4 } else { 9 };
    let first = windows.len().saturating_sub(most) as u32;
    let n_windows = windows.len().min(most);
    let is_drawn = |block: &ChangeBlock| block.window >= first && (block.window as usize) < windows.len();
    if n_windows < 2 || !blocks.iter().any(is_drawn) {
        return nothing(canvas);
    }
    let of = |window: u32| blocks.iter().enumerate().filter(move |(_, block)| block.window == window);
    let drawn = first..windows.len() as u32;
    let height = if canvas.narrow { 300.0 } else { 330.0 };
    let top = line_height(canvas) * 1.7;
    let sum = |window: u32| of(window).map(|(_, block)| f64::from(block.n_actors)).sum::<f64>();
    let gaps = |window: u32| GAP * of(window).count().saturating_sub(1) as f64;
    let scale = drawn
        .clone()
        .filter(|window| sum(*window) > 0.0)
        .map(|window| (height - gaps(window).min(height * 0.6)) / sum(window))
        .fold(f64::INFINITY, f64::min);
    let scale = if scale.is_finite() { scale } else { 0.0 };
    // Beside the last blocks there is room for letters and an ellipsis, which is as wide as it is high.
    let (left, right) = (22.0, canvas.width - WIDTH - 4.0 - 2.4 * canvas.font);
    let x = |window: u32| left + (right - left) * f64::from(window - first) / (n_windows - 1) as f64;
    // The name of a window stands in the middle above its blocks, as far as that is in the picture.
    let head = |window: u32| {
        let room = (right - left) / (n_windows - 1) as f64 - 8.0;
        let lines = fit(canvas, &windows[window as usize], room, 1);
        let half = lines.iter().map(|line| text_width(canvas, line)).fold(0.0, f64::max) / 2.0;
        let middle = x(window) + WIDTH / 2.0;
        (middle.clamp(half.max(24.0), canvas.width - half.max(30.0)), lines)
    };
    let mut places: Vec<Option<Place>> = blocks.iter().map(|_| None).collect();
    for window in drawn.clone() {
        let gap = if gaps(window) > height * 0.6 { GAP * height * 0.6 / gaps(window) } else { GAP };
        let mut y = top;
        for (at, block) in of(window) {
            let height = f64::from(block.n_actors) * scale;
            places[at] = Some(Place { x: x(window), y, height, into: 0.0, out: 0.0 });
            y += height + gap;
        }
    }
    let mut order: Vec<&ChangeFlow> = flows.iter().collect();
    order.sort_by_key(|flow| (flow.window, flow.from, flow.to));
    let bands: Vec<(String, bool)> = order
        .into_iter()
        .filter_map(|flow| {
            let (from, to) = (flow.from as usize, flow.to as usize);
            if from >= places.len() || to >= places.len() || from == to {
                return None;
            }
            let thick = f64::from(flow.n_actors) * scale;
            let start = places[from].as_ref().map(|place| (place.x + WIDTH, place.y + place.out))?;
            let end = places[to].as_ref().map(|place| (place.x, place.y + place.into))?;
            places[from].iter_mut().for_each(|place| place.out += thick);
            places[to].iter_mut().for_each(|place| place.into += thick);
            let is_other = blocks[from].name == OTHERS || blocks[to].name == OTHERS;
            Some((band(start, end, thick), is_other))
        })
        .collect();
    let deepest = places.iter().flatten().map(|place| place.y + place.height).fold(top + 20.0, f64::max);
    let few = |count: Option<u32>| count.map_or_else(|| "few".to_string(), |n| number::count(u64::from(n)));
    let notes: Vec<(f64, String)> = steps
        .iter()
        .filter(|step| step.window >= first && (step.window as usize) + 1 < windows.len())
        .map(|step| {
            let middle = f64::midpoint(x(step.window) + WIDTH, x(step.window + 1));
            (middle, format!("+{} −{}", few(step.new), few(step.gone)))
        })
        .collect();
    let base = deepest + line_height(canvas) * 1.2;
    let earlier = if first > 0 { " Earlier windows are in the table." } else { "" };
    let words =
        format!("+ actors who come, − actors who leave; … actors of no community that is shown.{earlier}");
    let words = fit(canvas, &words, canvas.width, 4);
    let content = html! {
        @for (x, lines) in drawn.map(head) {
            @for line in &lines {
                text.c-head x=(at(x)) y=(at(canvas.font)) text-anchor="middle" { (line) }
            }
        }
        @for (d, is_other) in &bands {
            path class=(if *is_other { "c-band c-band-other" } else { "c-band" }) d=(d) {}
        }
        @for (block, place) in blocks.iter().zip(&places).filter_map(|(block, place)| Some((block, place.as_ref()?))) {
            @let class = if block.name == OTHERS { "c-bar-other" } else { "c-bar" };
            rect class=(class) x=(at(place.x)) y=(at(place.y)) width=(at(WIDTH)) height=(at(place.height.max(1.0))) {}
            @if place.height >= canvas.font * 0.8 {
                @let y = place.y + place.height / 2.0 + canvas.font * 0.35;
                @let letters = if block.name == OTHERS { "…".to_string() } else { shorten(&block.name, LETTERS) };
                text.c-mark x=(at(place.x + WIDTH + 4.0)) y=(at(y)) { (letters) }
                text.c-name x=(at(place.x + WIDTH + 4.0)) y=(at(y)) { (letters) }
            }
        }
        @for (x, note) in &notes {
            text.c-tick x=(at(*x)) y=(at(base)) text-anchor="middle" { (note) }
        }
        @for (index, note) in words.iter().enumerate() {
            text.c-note x="0" y=(at(base + line_height(canvas) * (1.3 + index as f64))) { (note) }
        }
    };
    (base + line_height(canvas) * (0.7 + words.len() as f64), content)
}

/// A band of a thickness from one side to the other, in steps that look smooth.
fn band(start: (f64, f64), end: (f64, f64), thick: f64) -> String {
    const STEPS: usize = 16;
    let point = |step: usize, below: f64| {
        let t = step as f64 / STEPS as f64;
        let ease = t * t * (3.0 - 2.0 * t);
        format!("{} {}", at(start.0 + t * (end.0 - start.0)), at(start.1 + ease * (end.1 - start.1) + below))
    };
    let upper = (0..=STEPS).map(|step| point(step, 0.0));
    let lower = (0..=STEPS).rev().map(|step| point(step, thick));
    format!("M{}", upper.chain(lower).collect::<Vec<_>>().join("L"))
}
