//! Values over time: scales, axes, and lines with gaps.

use std::fmt::Write;

use maud::{Markup, html};
use suasion_model::finding::Line;
use suasion_model::period::{Period, Precision};

use super::label::text_width;
use super::{Canvas, at, value_at};
use suasion_model::number;

/// Where values over time are drawn.
pub(super) struct Plot {
    canvas: Canvas,
    /// Its edges.
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// The whole height, axis included.
    pub(super) height: f64,
    first_day: f64,
    last_day: f64,
    axis: Axis,
}

/// A vertical axis with round ticks.
pub(super) struct Axis {
    low: f64,
    high: f64,
    ticks: Vec<f64>,
    labels: Vec<String>,
    /// The unit of its labels: `million visits`.
    unit: String,
}

impl Axis {
    /// The axis for a range of values. One that starts well above zero does not begin there.
    pub(super) fn new(low: f64, high: f64, unit: &str) -> Self {
        let (mut low, mut high) = (low.min(high), high.max(low));
        if low > 0.0 && low < high * 0.5 {
            low = 0.0;
        } else if high < 0.0 && high > low * 0.5 {
            high = 0.0;
        }
        if high - low <= high.abs().max(low.abs()) * 1e-9 {
            let room = if high == 0.0 { 1.0 } else { high.abs() * 0.1 };
            (low, high) = (low - room, high + room);
        }
        let step = round_step((high - low) / 5.0);
        let first = (low / step + 1e-9).floor();
        let last = (high / step - 1e-9).ceil();
        let ticks: Vec<f64> =
            (0..=((last - first) as usize).min(12)).map(|i| (first + i as f64) * step).collect();
        let (scale, word) = scale_of(first.abs().max(last.abs()) * step);
        let labels: Vec<String> = ticks.iter().map(|tick| tick_label(tick / scale, step / scale)).collect();
        let mut unit = if word.is_empty() { unit.to_string() } else { format!("{word} {unit}") };
        // What looks like a doubling may be a tenth where an axis does not start at zero.
        if let (true, Some(lowest)) = (first > 0.0, labels.first()) {
            unit = format!("{unit} (axis starts at {lowest})");
        }
        Self { low: first * step, high: last * step, ticks, labels, unit }
    }
}

impl Plot {
    /// A plot with room for labels of `margin` on the right.
    pub(super) fn new(canvas: Canvas, periods: &[Period], axis: Axis, margin: f64) -> Self {
        let widest = axis.labels.iter().map(|label| text_width(canvas, label)).fold(0.0, f64::max);
        let days = || periods.iter().map(|period| f64::from(period.days_since_epoch()));
        let top = canvas.font * 2.9;
        let plot_height = if canvas.narrow { 210.0 } else { 280.0 };
        Self {
            canvas,
            left: widest + 8.0,
            right: canvas.width - margin,
            top,
            bottom: top + plot_height,
            height: top + plot_height + canvas.font * 2.0,
            first_day: days().fold(f64::INFINITY, f64::min),
            last_day: days().fold(f64::NEG_INFINITY, f64::max),
            axis,
        }
    }

    /// Where a period is; a single one is in the middle.
    pub(super) fn x(&self, period: Period) -> f64 {
        let span = self.last_day - self.first_day;
        if span.is_nan() || span <= 0.0 {
            return f64::midpoint(self.left, self.right);
        }
        let share = (f64::from(period.days_since_epoch()) - self.first_day) / span;
        self.left + 6.0 + share * (self.right - self.left - 12.0)
    }

    /// Where a value is.
    pub(super) fn y(&self, value: f64) -> f64 {
        let share = (value - self.axis.low) / (self.axis.high - self.axis.low);
        self.bottom - share.clamp(0.0, 1.0) * (self.bottom - self.top)
    }

    /// Whether a period lies within the periods drawn.
    pub(super) fn shows(&self, period: Period) -> bool {
        (self.first_day..=self.last_day).contains(&f64::from(period.days_since_epoch()))
    }

    /// The axes: the unit, a rule a tick, and the periods.
    pub(super) fn axes(&self, periods: &[Period]) -> Markup {
        let base = self.bottom + self.canvas.font * 1.45;
        html! {
            text.c-unit x="0" y=(at(self.canvas.font)) { (self.fitted_unit()) }
            @for (tick, label) in self.axis.ticks.iter().zip(&self.axis.labels) {
                @let y = self.y(*tick);
                line class=(if *tick == 0.0 { "c-zero" } else { "c-grid" })
                    x1=(at(self.left)) x2=(at(self.right)) y1=(at(y)) y2=(at(y)) {}
                text.c-tick x=(at(self.left - 6.0)) y=(at(y + self.canvas.font * 0.35)) text-anchor="end" {
                    (label)
                }
            }
            @for (period, label) in self.period_ticks(periods) {
                @let x = self.x(period);
                line.c-tickmark x1=(at(x)) x2=(at(x)) y1=(at(self.bottom)) y2=(at(self.bottom + 4.0)) {}
                text.c-tick x=(at(x)) y=(at(base)) text-anchor="middle" { (label) }
            }
        }
    }

    /// The rule at the first period under treatment, with its label.
    pub(super) fn rule(&self, from: Period) -> Markup {
        let x = self.x(from);
        let anchor = if x > f64::midpoint(self.left, self.right) { "end" } else { "start" };
        let label_x = if anchor == "end" { x + 3.0 } else { x - 3.0 };
        html! {
            @if self.shows(from) {
                line.c-from x1=(at(x)) x2=(at(x)) y1=(at(self.top - 6.0)) y2=(at(self.bottom)) {}
                text.c-from-label x=(at(label_x)) y=(at(self.top - 10.0)) text-anchor=(anchor) {
                    "from " (from)
                }
            }
        }
    }

    /// A line; where it was not observed there is a gap, and a value between two gaps is a dot.
    pub(super) fn line(&self, line: &Line, periods: &[Period], class: &str) -> Markup {
        let mut path = String::new();
        let mut dots = Vec::new();
        let points: Vec<Option<(f64, f64)>> = periods
            .iter()
            .enumerate()
            .map(|(index, period)| value_at(line, index).map(|value| (self.x(*period), self.y(value))))
            .collect();
        for (index, point) in points.iter().enumerate() {
            let Some((x, y)) = point else { continue };
            let after = index.checked_sub(1).is_some_and(|before| points[before].is_some());
            let before = points.get(index + 1).is_some_and(Option::is_some);
            match (after, before) {
                (false, false) => dots.push((*x, *y)),
                (after, _) => {
                    let _ = write!(path, "{}{} {}", if after { 'L' } else { 'M' }, at(*x), at(*y));
                }
            }
        }
        html! {
            @if !path.is_empty() { path class=(class) d=(path) {} }
            @for (x, y) in dots { circle class={ (class) " c-dot" } cx=(at(x)) cy=(at(y)) r="3" {} }
        }
    }

    /// Points along a line, close enough to tell what lies beneath a text.
    pub(super) fn along(&self, line: &Line, periods: &[Period]) -> Vec<(f64, f64)> {
        let mut points = Vec::new();
        let mut last: Option<(f64, f64)> = None;
        for (index, period) in periods.iter().enumerate() {
            let point = value_at(line, index).map(|value| (self.x(*period), self.y(value)));
            if let (Some((x0, y0)), Some((x1, y1))) = (last, point) {
                let share = |step: u32| f64::from(step) / 12.0;
                points
                    .extend((1..12).map(|step| (x0 + (x1 - x0) * share(step), y0 + (y1 - y0) * share(step))));
            }
            points.extend(point);
            last = point;
        }
        points
    }

    fn fitted_unit(&self) -> String {
        super::label::fit(self.canvas, &self.axis.unit, self.canvas.width, 1).concat()
    }

    /// Periods to name on the axis: round years where all are years, evenly spread ones otherwise.
    fn period_ticks(&self, periods: &[Period]) -> Vec<(Period, String)> {
        let longest = periods.iter().map(|p| text_width(self.canvas, &p.to_string())).fold(0.0, f64::max);
        let room = ((self.right - self.left) / (longest + 14.0)).floor().max(1.0);
        let yearly = periods.iter().all(|period| period.precision() == Precision::Year);
        let (Some(first), Some(last)) = (periods.iter().min(), periods.iter().max()) else {
            return Vec::new();
        };
        if yearly {
            let span = f64::from(last.year_number() - first.year_number());
            let step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 5000]
                .into_iter()
                .find(|step| span / f64::from(*step) + 1.0 <= room)
                .unwrap_or(10_000);
            let years = first.year_number()..=last.year_number();
            let ticks: Vec<_> = years
                .filter(|year| year % step == 0)
                .filter_map(|year| Period::year(i64::from(year)))
                .map(|period| (period, period.to_string()))
                .collect();
            if !ticks.is_empty() {
                return ticks;
            }
            return vec![(*first, first.to_string())];
        }
        let every = (periods.len() as f64 / room).ceil().max(1.0) as usize;
        let edge = longest / 2.0;
        periods
            .iter()
            .step_by(every)
            .filter(|period| self.x(**period) + edge <= self.canvas.width)
            .map(|period| (*period, period.to_string()))
            .collect()
    }
}

/// The lowest and highest value of some lines.
pub(super) fn range<'a>(lines: impl IntoIterator<Item = &'a Line>, n: usize) -> Option<(f64, f64)> {
    let values = lines.into_iter().flat_map(|line| (0..n).filter_map(|index| value_at(line, index)));
    values.fold(None, |range, value| {
        let (low, high) = range.unwrap_or((value, value));
        Some((low.min(value), high.max(value)))
    })
}

/// The last value that a line has, and where.
pub(super) fn end(line: &Line, n: usize) -> Option<(usize, f64)> {
    (0..n).rev().find_map(|index| value_at(line, index).map(|value| (index, value)))
}

/// The least of 1, 2, 2.5, 5 and 10 times a power of ten that is not below a step.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    [1.0, 2.0, 2.5, 5.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|round| *round >= step * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

fn scale_of(size: f64) -> (f64, &'static str) {
    match size {
        size if size >= 1e15 => (1.0, ""),
        size if size >= 1e12 => (1e12, "trillion"),
        size if size >= 1e9 => (1e9, "billion"),
        size if size >= 1e6 => (1e6, "million"),
        size if size >= 1e4 => (1e3, "thousand"),
        _ => (1.0, ""),
    }
}

fn tick_label(tick: f64, step: f64) -> String {
    if step < 1e-4 || tick.abs() >= 1e15 {
        return number::value(tick);
    }
    let mut decimals = 0;
    let mut scaled = step;
    while decimals < 6 && (scaled - scaled.round()).abs() > 1e-6 * scaled {
        decimals += 1;
        scaled *= 10.0;
    }
    number::fixed(tick, decimals)
}
