//! Labels beside lines: broken to fit, and moved apart where they would meet.

use maud::{Markup, html};

use super::super::text;
use super::{Canvas, at};

/// How wide a column of text is, as a share of its size. Measured on common sans-serif fonts, generously.
const COLUMN: f64 = 0.61;

/// How much wider than a column a minus or a per cent sign is, as a share of its size.
const SIGN: f64 = 0.35;

/// How much wider text is when it is bold.
pub(super) const BOLD: f64 = 1.1;

/// A label in the right margin.
pub(super) struct EndLabel {
    /// Its lines.
    pub(super) lines: Vec<String>,
    /// Where its middle should be; where it is, after [`spread`].
    pub(super) y: f64,
    /// Its class.
    pub(super) class: &'static str,
}

/// How wide a text is, at least roughly.
pub(super) fn text_width(canvas: Canvas, text: &str) -> f64 {
    let signs = text.chars().filter(|c| matches!(c, '\u{2212}' | '%')).count();
    (text::width(text) as f64 * COLUMN + signs as f64 * SIGN) * canvas.font
}

/// Columns that fit in a width.
pub(super) fn columns(canvas: Canvas, width: f64) -> usize {
    (width / (canvas.font * COLUMN)).floor().max(4.0) as usize
}

/// The height of a line of text.
pub(super) fn line_height(canvas: Canvas) -> f64 {
    canvas.font * 1.22
}

/// Breaks a name into at most `max_lines` lines that fit in a width; what is cut ends in an ellipsis.
pub(super) fn fit(canvas: Canvas, name: &str, width: f64, max_lines: usize) -> Vec<String> {
    let columns = columns(canvas, width);
    // Widths are generous: a comma behind a word that fits fits too.
    let hangs = |word: &str| text::width(word) == columns + 1 && word.ends_with([',', ';', ':', '.']);
    let columns = columns + usize::from(name.split_whitespace().any(hangs));
    let mut lines = text::wrap(name, columns);
    if lines.len() > max_lines {
        let rest = lines.split_off(max_lines - 1).join(" ");
        let cut = text::shorten(&rest, columns);
        lines.push(if cut.ends_with('…') { cut } else { text::shorten(&format!("{cut} …"), columns) });
    }
    lines
}

/// Moves labels apart so that none overlaps another, and keeps them between top and bottom as far as there is room.
pub(super) fn spread(labels: &mut [EndLabel], canvas: Canvas, top: f64, bottom: f64) {
    let half = |label: &EndLabel| label.lines.len() as f64 * line_height(canvas) / 2.0;
    labels.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut edge = top;
    for label in labels.iter_mut() {
        let half = half(label);
        label.y = label.y.max(edge + half);
        edge = label.y + half + 2.0;
    }
    let mut edge = bottom;
    for label in labels.iter_mut().rev() {
        let half = half(label);
        label.y = label.y.min(edge - half).max(half);
        edge = label.y - half - 2.0;
    }
}

/// Draws lines of text, the middle of the block at `y`.
pub(super) fn block(canvas: Canvas, lines: &[String], x: f64, y: f64, class: &str, anchor: &str) -> Markup {
    let height = line_height(canvas);
    let first = y - height * (lines.len() as f64 - 1.0) / 2.0 + canvas.font * 0.35;
    html! {
        @for (index, line) in lines.iter().enumerate() {
            text class=(class) x=(at(x)) y=(at(first + height * index as f64)) text-anchor=(anchor) { (line) }
        }
    }
}
