//! Shares of a whole as bars, each with its name and per cent.

use maud::{Markup, html};
use suasion_model::finding::Bar;

use super::label::{block, fit, line_height, text_width};
use super::{Canvas, at, drawable, nothing};
use suasion_model::number;

/// Bars that are drawn; the figure's table has all.
pub(super) const DRAWN: usize = 15;

pub(super) fn draw(canvas: Canvas, bars: &[Bar]) -> (f64, Markup) {
    if bars.is_empty() {
        return nothing(canvas);
    }
    let drawn = &bars[..bars.len().min(DRAWN)];
    let room = if canvas.narrow { 120.0 } else { 180.0 };
    let names: Vec<Vec<String>> = drawn.iter().map(|bar| fit(canvas, &bar.name, room, 2)).collect();
    let left =
        names.iter().flatten().map(|line| text_width(canvas, line)).fold(0.0, f64::max).min(room) + 10.0;
    let right = canvas.width - text_width(canvas, "100.0 %") - 8.0;
    let largest = drawn.iter().filter_map(|bar| drawable(Some(bar.share))).fold(0.0, f64::max);
    let mut y = 2.0;
    let rows: Vec<(f64, f64, &Bar, &Vec<String>)> = drawn
        .iter()
        .zip(&names)
        .map(|(bar, name)| {
            let height = (line_height(canvas) * name.len() as f64).max(14.0) + 9.0;
            let middle = y + height / 2.0;
            y += height;
            let share = drawable(Some(bar.share)).unwrap_or(0.0).max(0.0);
            let length = if largest > 0.0 { share / largest * (right - left) } else { 0.0 };
            (middle, length, bar, name)
        })
        .collect();
    let left_out = &bars[drawn.len()..];
    let rest: f64 = left_out.iter().filter_map(|bar| drawable(Some(bar.share))).sum();
    let height = y + if left_out.is_empty() { 4.0 } else { line_height(canvas) * 1.6 };
    let content = html! {
        @for (middle, length, bar, name) in rows {
            (block(canvas, name, left - 8.0, middle, "c-name", "end"))
            rect.c-bar x=(at(left)) y=(at(middle - 7.0)) width=(at(length)) height="14" {}
            text.c-value x=(at(left + length + 6.0)) y=(at(middle + canvas.font * 0.35)) {
                (number::percent(bar.share))
            }
        }
        line.c-zero x1=(at(left)) x2=(at(left)) y1="0" y2=(at(y + 2.0)) {}
        @if !left_out.is_empty() {
            text.c-note x=(at(left)) y=(at(y + line_height(canvas))) {
                "and " (number::count(left_out.len() as u64)) " more, " (number::percent(rest)) " together"
            }
        }
    };
    (height, content)
}
