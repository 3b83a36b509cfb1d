//! Gaps over time: the treated unit's before those of all placebos.

use maud::{Markup, html};
use suasion_model::finding::Line;
use suasion_model::period::Period;

use super::label::{BOLD, EndLabel, block, fit, spread, text_width};
use super::plot::{Axis, Plot, end, range};
use super::{Canvas, nothing};
use suasion_model::number;

pub(super) fn draw(
    canvas: Canvas,
    unit: &str,
    periods: &[Period],
    from: Period,
    treated: &Line,
    placebos: &[Line],
) -> (f64, Markup) {
    let n = periods.len();
    let Some((low, high)) = range(placebos.iter().chain([treated]), n) else { return nothing(canvas) };
    let room = if canvas.narrow { 84.0 } else { 130.0 };
    let treated_name = fit(canvas, &treated.name, room, 3);
    let count = number::count(placebos.len() as u64);
    let placebo_name = match placebos.len() {
        0 => Vec::new(),
        1 => fit(canvas, "1 other", room, 1),
        _ => fit(canvas, &format!("{count} others"), room, 2),
    };
    let widest = treated_name
        .iter()
        .chain(&placebo_name)
        .map(|line| BOLD * text_width(canvas, line))
        .fold(0.0, f64::max);
    // The zero line belongs in the picture: a gap is a distance from it.
    let plot =
        Plot::new(canvas, periods, Axis::new(low.min(0.0), high.max(0.0), unit), widest.min(room) + 10.0);
    let mut labels = Vec::new();
    if let Some((_, value)) = end(treated, n) {
        labels.push(EndLabel { lines: treated_name, y: plot.y(value), class: "c-main-label" });
    }
    let mut ends: Vec<f64> =
        placebos.iter().filter_map(|line| end(line, n)).map(|(_, value)| value).collect();
    ends.sort_by(f64::total_cmp);
    // Where the outermost placebo ends, on the side with more room: away from the treated unit's label.
    if let (Some(lowest), Some(highest)) = (ends.first(), ends.last()) {
        let treated_end = end(treated, n).map_or(0.0, |(_, value)| value);
        let value = if highest - treated_end >= treated_end - lowest { highest } else { lowest };
        labels.push(EndLabel { lines: placebo_name, y: plot.y(*value), class: "c-placebo-label" });
    }
    spread(&mut labels, canvas, plot.top - canvas.font, plot.bottom + canvas.font);
    let content = html! {
        (plot.axes(periods))
        (plot.rule(from))
        @for line in placebos { (plot.line(line, periods, "c-placebo")) }
        (plot.line(treated, periods, "c-main"))
        @for label in &labels {
            (block(canvas, &label.lines, plot.right + 6.0, label.y, label.class, "start"))
        }
    };
    (plot.height, content)
}
