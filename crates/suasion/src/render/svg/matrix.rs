//! Shares by row and column: the darker, the larger, and each with its figure, so that nothing is told by shade alone.

use maud::{Markup, html};
use suasion_model::finding::MatrixRow;
use suasion_model::number;

use super::super::text::number_of;
use super::label::{block, fit, line_height};
use super::{Canvas, at, drawable, nothing};

/// Rows that are drawn; the figure's table has all.
const ROWS: usize = 24;

/// How dark the largest share is.
const DARKEST: f64 = 0.42;

pub(super) fn draw(canvas: Canvas, columns: &[String], rows: &[MatrixRow]) -> (f64, Markup) {
    if columns.is_empty() || rows.is_empty() {
        return nothing(canvas);
    }
    let has_rest = rows.iter().any(|row| row.rest.is_some());
    let most_columns = if canvas.narrow { 3 } else { 6 };
    let n_columns = columns.len().min(most_columns - usize::from(has_rest));
    let drawn = &rows[..rows.len().min(ROWS)];
    let left = if canvas.narrow { 118.0 } else { 150.0 };
    let mut names: Vec<&str> = columns[..n_columns].iter().map(String::as_str).collect();
    if has_rest {
        names.push("all else");
    }
    let width = (canvas.width - left) / names.len() as f64;
    let heads: Vec<Vec<String>> = names.iter().map(|name| fit(canvas, name, width - 8.0, 2)).collect();
    let head_height = heads.iter().map(Vec::len).max().unwrap_or(1) as f64 * line_height(canvas) + 8.0;
    let row_height = line_height(canvas) + 10.0;
    let left_out = [(rows.len() - drawn.len(), "more row"), (columns.len() - n_columns, "more layer")];
    let notes: Vec<String> = left_out
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("and {} in the table", number_of(*n, what)))
        .collect();
    let bottom = head_height + row_height * drawn.len() as f64;
    let height = bottom + 6.0 + line_height(canvas) * (notes.len() + 1) as f64;
    let cell = |row: &MatrixRow, column: usize| {
        let share = if column < n_columns { row.shares.get(column).copied().flatten() } else { row.rest };
        drawable(share).map(|share| share.clamp(0.0, 1.0))
    };
    let content = html! {
        @for (column, head) in heads.iter().enumerate() {
            (block(canvas, head, left + width * (column as f64 + 0.5), head_height / 2.0 - 2.0, "c-head", "middle"))
        }
        @for (index, row) in drawn.iter().enumerate() {
            @let y = head_height + row_height * index as f64;
            @let middle = y + row_height / 2.0;
            (block(canvas, &fit(canvas, &row.name, left - 10.0, 1), left - 8.0, middle, "c-name", "end"))
            @for column in 0..names.len() {
                @let x = left + width * column as f64;
                @match cell(row, column) {
                    Some(share) => {
                        rect.c-cell x=(at(x + 1.0)) y=(at(y + 1.0)) width=(at(width - 2.0)) height=(at(row_height - 2.0))
                            fill-opacity=(opacity(share)) {}
                        text.c-value x=(at(x + width / 2.0)) y=(at(middle + canvas.font * 0.35)) text-anchor="middle" {
                            (number::percent(share))
                        }
                    }
                    None => {
                        rect.c-cell-none x=(at(x + 1.0)) y=(at(y + 1.0)) width=(at(width - 2.0)) height=(at(row_height - 2.0)) {}
                        text.c-tick x=(at(x + width / 2.0)) y=(at(middle + canvas.font * 0.35)) text-anchor="middle" { "–" }
                    }
                }
            }
        }
        @for (index, note) in std::iter::once("– is shown with other things only").chain(notes.iter().map(String::as_str)).enumerate() {
            text.c-note x=(at(left)) y=(at(bottom + line_height(canvas) * (index + 1) as f64)) { (note) }
        }
    };
    (height, content)
}

fn opacity(share: f64) -> String {
    format!("{:.2}", 0.03 + (DARKEST - 0.03) * share)
}
