//! Charts as inline SVG: numbers in, shapes out. No script, no colour of their own.
//!
//! Every chart is drawn twice, for a wide and for a narrow column, and the style sheet shows one: scaled-down text would
//! not be readable on a phone. Lines differ in dash and width and bars in filling, never only in colour. Whatever a
//! figure holds, the coordinates are finite and within the view box; values that are no numbers are gaps.
//!
//! The chain from means to decision is drawn once, wide ([`theory()`]): on a narrow screen the brief has it as a list.

mod bars;
mod boxes;
mod bridges;
mod change;
mod dependence;
mod gaps;
mod label;
mod matrix;
mod network;
mod path;
mod plot;
mod theory;

use maud::{Markup, html};
use suasion_model::finding::{Figure, FigureData, Line};

pub use theory::theory;
pub(crate) use theory::{STYLE, inline};

/// A size to draw for.
#[derive(Debug, Clone, Copy)]
struct Canvas {
    /// Width of the view box.
    width: f64,
    /// Size of text in the view box.
    font: f64,
    /// Whether for a narrow column.
    narrow: bool,
}

const WIDE: Canvas = Canvas { width: 680.0, font: 13.0, narrow: false };
const NARROW: Canvas = Canvas { width: 360.0, font: 14.0, narrow: true };

/// A figure's chart in both sizes. `id` must be unique on the page.
pub(crate) fn chart(figure: &Figure, id: &str) -> Markup {
    html! {
        (sized(figure, &format!("{id}-wide"), "chart wide", WIDE))
        (sized(figure, &format!("{id}-narrow"), "chart narrow", NARROW))
    }
}

fn sized(figure: &Figure, id: &str, class: &str, canvas: Canvas) -> Markup {
    let (height, content) = match &figure.data {
        FigureData::Path { periods, from, lines, mark } => {
            path::draw(canvas, &figure.unit, periods, *from, lines, mark.as_ref())
        }
        FigureData::Gaps { periods, from, treated, placebos } => {
            gaps::draw(canvas, &figure.unit, periods, *from, treated, placebos)
        }
        FigureData::Shares { bars } => bars::draw(canvas, bars),
        FigureData::Dependence { focus, partners } => dependence::draw(canvas, focus, partners),
        FigureData::Network { communities, actors, ties } => network::draw(canvas, communities, actors, ties),
        FigureData::Matrix { columns, rows } => matrix::draw(canvas, columns, rows),
        FigureData::Bridges { actors, groups } => bridges::draw(canvas, actors, groups),
        FigureData::Change { windows, blocks, flows, steps } => {
            change::draw(canvas, windows, blocks, flows, steps)
        }
    };
    let view_box = format!("0 0 {} {}", at(canvas.width), at(height));
    html! {
        svg class=(class) viewBox=(view_box) role="img"
            aria-labelledby={ (id) "-title" } aria-describedby={ (id) "-desc" } {
            title id={ (id) "-title" } { (figure.title) }
            desc id={ (id) "-desc" } { (figure.summary) }
            (content)
        }
    }
}

/// What is drawn where there is nothing to draw.
fn nothing(canvas: Canvas) -> (f64, Markup) {
    let height = canvas.font * 4.0;
    let content = html! {
        text.c-note x=(at(canvas.width / 2.0)) y=(at(height / 2.0)) text-anchor="middle" {
            "Nothing was observed."
        }
    };
    (height, content)
}

/// A coordinate, to a tenth.
fn at(x: f64) -> String {
    let x = if x.is_finite() { x } else { 0.0 };
    let tenths = (x * 10.0).round() / 10.0;
    // Adding zero turns a negative zero into a plain one.
    format!("{}", tenths + 0.0)
}

/// A value that can be drawn.
fn drawable(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite() && value.abs() < 1e100)
}

/// A line's value at a period.
fn value_at(line: &Line, index: usize) -> Option<f64> {
    drawable(line.values.get(index).copied().flatten())
}
