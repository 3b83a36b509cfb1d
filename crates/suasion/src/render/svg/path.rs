//! A unit's path, alone or against the path that was made for it from others.

use maud::{Markup, html};
use suasion_model::finding::{Line, Mark};
use suasion_model::period::Period;

use super::label::{BOLD, EndLabel, block, fit, line_height, spread, text_width};
use super::plot::{Axis, Plot, end, range};
use super::{Canvas, at, nothing, value_at};

/// Lines that are named beside their ends; the figure's table names all.
const NAMED: usize = 6;

pub(super) fn draw(
    canvas: Canvas,
    unit: &str,
    periods: &[Period],
    from: Period,
    lines: &[Line],
    mark: Option<&Mark>,
) -> (f64, Markup) {
    let Some((low, high)) = range(lines, periods.len()) else { return nothing(canvas) };
    let room = if canvas.narrow { 92.0 } else { 140.0 };
    let named: Vec<Vec<String>> =
        lines.iter().take(NAMED).map(|line| fit(canvas, &line.name, room, 3)).collect();
    let widest = named.iter().flatten().map(|line| BOLD * text_width(canvas, line)).fold(0.0, f64::max);
    let plot = Plot::new(canvas, periods, Axis::new(low, high, unit), widest.min(room) + 10.0);
    let mut labels: Vec<EndLabel> = lines
        .iter()
        .zip(named)
        .enumerate()
        .filter_map(|(index, (line, name))| {
            let (_, value) = end(line, periods.len())?;
            Some(EndLabel { lines: name, y: plot.y(value), class: class_of(index, true) })
        })
        .collect();
    spread(&mut labels, canvas, plot.top - canvas.font, plot.bottom + canvas.font);
    let content = html! {
        (plot.axes(periods))
        (plot.rule(from))
        @for (index, line) in lines.iter().enumerate().rev() { (plot.line(line, periods, class_of(index, false))) }
        @for label in &labels {
            (block(canvas, &label.lines, plot.right + 6.0, label.y, label.class, "start"))
        }
        @if let Some(mark) = mark { (annotation(canvas, &plot, periods, from, lines, mark)) }
    };
    (plot.height, content)
}

/// Points at a period: a ring at the main line's value there, and a text where it hides least.
fn annotation(
    canvas: Canvas,
    plot: &Plot,
    periods: &[Period],
    from: Period,
    lines: &[Line],
    mark: &Mark,
) -> Markup {
    if !plot.shows(mark.period) {
        return Markup::default();
    }
    let x = plot.x(mark.period);
    let index = periods.iter().position(|period| *period == mark.period);
    let value = lines.first().zip(index).and_then(|(line, index)| value_at(line, index));
    let y = value.map_or(plot.top, |value| plot.y(value));
    let points: Vec<(f64, f64)> = lines.iter().flat_map(|line| plot.along(line, periods)).collect();
    let rule = plot.shows(from).then(|| plot.x(from));
    let place = places(canvas, plot, mark, x, y)
        .into_iter()
        .min_by(|a, b| a.cost(&points, rule, x, y).total_cmp(&b.cost(&points, rule, x, y)));
    html! {
        @if value.is_none() {
            line.c-from x1=(at(x)) x2=(at(x)) y1=(at(plot.top)) y2=(at(plot.bottom)) {}
        }
        @if let Some(place) = place {
            @let near = if place.to_left { place.right } else { place.left };
            @if value.is_some() && (place.middle - y).abs() > place.half {
                line.c-leader x1=(at(x)) y1=(at(y)) x2=(at(near)) y2=(at(place.middle)) {}
            }
            @let anchor = if place.to_left { "end" } else { "start" };
            // A halo in the colour of the paper, under the letters, keeps them readable where they cross a rule.
            g paint-order="stroke" { (block(canvas, &place.lines, near, place.middle, "c-mark", anchor)) }
        }
        @if value.is_some() { circle.c-ring cx=(at(x)) cy=(at(y)) r="5.5" {} }
    }
}

/// Where a text may stand.
struct Place {
    lines: Vec<String>,
    to_left: bool,
    left: f64,
    right: f64,
    middle: f64,
    half: f64,
}

impl Place {
    /// How much of the lines the text would hide, then whether it stands on the rule, then how far away it is.
    fn cost(&self, points: &[(f64, f64)], rule: Option<f64>, x: f64, y: f64) -> f64 {
        let hides = |(px, py): &&(f64, f64)| {
            (self.left - 4.0..=self.right + 4.0).contains(px) && (py - self.middle).abs() <= self.half + 4.0
        };
        let hidden = points.iter().filter(hides).count() as f64;
        let nearest = if self.to_left { self.right } else { self.left };
        let on_rule = rule.is_some_and(|rule| (self.left - 4.0..=self.right + 4.0).contains(&rule));
        hidden * 1000.0 + f64::from(u8::from(on_rule)) * 500.0 + (self.middle - y).abs() + (nearest - x).abs()
    }
}

/// Places on either side of a period, all within the plot.
fn places(canvas: Canvas, plot: &Plot, mark: &Mark, x: f64, y: f64) -> Vec<Place> {
    let mut places = Vec::new();
    for to_left in [true, false] {
        let room = if to_left { x - plot.left } else { plot.right - x } - 16.0;
        if room < canvas.font * 5.0 {
            continue;
        }
        for most in [220.0, 150.0, 100.0, 60.0] {
            let lines = fit(canvas, &mark.text, room.min(most), 5);
            let width = lines.iter().map(|line| text_width(canvas, line)).fold(0.0, f64::max).min(room);
            let half = lines.len() as f64 * line_height(canvas) / 2.0;
            let (highest, lowest) = (plot.top + half, (plot.bottom - half - 4.0).max(plot.top + half));
            let (left, right) =
                if to_left { (x - 12.0 - width, x - 12.0) } else { (x + 12.0, x + 12.0 + width) };
            let steps = ((lowest - highest) / 6.0).floor() as usize;
            let middles =
                (0..=steps).map(|step| highest + 6.0 * step as f64).chain([y.clamp(highest, lowest)]);
            places.extend(middles.map(|middle| Place {
                lines: lines.clone(),
                to_left,
                left,
                right,
                middle,
                half,
            }));
        }
    }
    places
}

fn class_of(index: usize, label: bool) -> &'static str {
    match (index, label) {
        (0, false) => "c-main",
        (0, true) => "c-main-label",
        (1, false) => "c-second",
        (1, true) => "c-second-label",
        (_, false) => "c-other",
        (_, true) => "c-other-label",
    }
}
