//! Two-way dependence: to the left a partner's share of what comes to the focus, to the right the focus's share of what
//! leaves the partner.
//!
//! Both sides have one scale, so that the eye may compare them.

use maud::{Markup, html};
use suasion_model::finding::PartnerDependence;

use super::label::{block, fit, line_height, text_width};
use super::{Canvas, at, drawable, nothing};
use suasion_model::number;

/// Partners that are drawn; the figure's table has all.
const DRAWN: usize = 12;

pub(super) fn draw(canvas: Canvas, focus: &str, partners: &[PartnerDependence]) -> (f64, Markup) {
    if partners.is_empty() {
        return nothing(canvas);
    }
    let drawn = &partners[..partners.len().min(DRAWN)];
    let most = |share: fn(&PartnerDependence) -> f64| {
        drawn.iter().filter_map(|partner| drawable(Some(share(partner)))).fold(0.0, f64::max)
    };
    let most_left = most(|partner| partner.focus_depends);
    let most_right = most(|partner| partner.partner_depends);
    // Wide: names between the sides. Narrow: each name above its bars.
    let half_gap = if canvas.narrow { 0.0 } else { 78.0 };
    let value_room = text_width(canvas, "100.0 %") + 6.0;
    let reach = canvas.width - 2.0 * (half_gap + value_room);
    let total = most_left + most_right;
    let left_part = if total > 0.0 { (most_left / total).clamp(0.3, 0.7) } else { 0.5 };
    let (left_reach, right_reach) = (reach * left_part, reach * (1.0 - left_part));
    let middle = value_room + left_reach + half_gap;
    let fits = |reach: f64, most: f64| if most > 0.0 { reach / most } else { f64::INFINITY };
    let scale = fits(left_reach, most_left).min(fits(right_reach, most_right));
    let length = |share: f64| {
        let share = drawable(Some(share)).unwrap_or(0.0).max(0.0);
        if share > 0.0 { share * scale } else { 0.0 }
    };
    let left_column = middle - half_gap - if canvas.narrow { 8.0 } else { 0.0 };
    let right_column = canvas.width - middle - half_gap - 8.0;
    let name_room =
        if canvas.narrow { 2.0 * middle.min(canvas.width - middle) } else { 2.0 * half_gap - 12.0 };
    let left_head = fit(canvas, &format!("Of all that comes to {focus}"), left_column, 3);
    let right_head = fit(canvas, &format!("Of all that leaves the partner, to {focus}"), right_column, 3);
    let head_lines = left_head.len().max(right_head.len()) as f64;
    let head_height = head_lines * line_height(canvas) + 10.0;
    let mut y = head_height;
    let rows: Vec<Row> = drawn
        .iter()
        .map(|partner| {
            let name = fit(canvas, &partner.name, name_room, 2);
            let text = line_height(canvas) * name.len() as f64;
            let (name_y, bar_y, height) = if canvas.narrow {
                (y + text / 2.0, y + text + 9.0, text + 24.0)
            } else {
                let height = text.max(14.0) + 9.0;
                (y + height / 2.0, y + height / 2.0, height)
            };
            y += height;
            Row { partner, name, name_y, bar_y }
        })
        .collect();
    let left_out = partners.len() - drawn.len();
    let height = y + if left_out == 0 { 4.0 } else { line_height(canvas) * 1.6 };
    let (left, right) = (middle - half_gap, middle + half_gap);
    let head_y = head_lines * line_height(canvas) / 2.0;
    let content = html! {
        (block(canvas, &left_head, left - if canvas.narrow { 8.0 } else { 0.0 }, head_y, "c-head", "end"))
        (block(canvas, &right_head, right + if canvas.narrow { 8.0 } else { 0.0 }, head_y, "c-head", "start"))
        @for row in &rows {
            @let focus_length = length(row.partner.focus_depends);
            @let partner_length = length(row.partner.partner_depends);
            @let baseline = row.bar_y + canvas.font * 0.35;
            (block(canvas, &row.name, middle, row.name_y, "c-name", "middle"))
            rect.c-bar x=(at(left - focus_length)) y=(at(row.bar_y - 7.0)) width=(at(focus_length)) height="14" {}
            text.c-value x=(at(left - focus_length - 6.0)) y=(at(baseline)) text-anchor="end" {
                (number::percent(row.partner.focus_depends))
            }
            rect.c-bar-other x=(at(right)) y=(at(row.bar_y - 7.0)) width=(at(partner_length)) height="14" {}
            text.c-value x=(at(right + partner_length + 6.0)) y=(at(baseline)) {
                (number::percent(row.partner.partner_depends))
            }
            @if canvas.narrow {
                line.c-zero x1=(at(middle)) x2=(at(middle)) y1=(at(row.bar_y - 9.0)) y2=(at(row.bar_y + 9.0)) {}
            }
        }
        @if !canvas.narrow {
            line.c-zero x1=(at(left)) x2=(at(left)) y1=(at(head_height - 2.0)) y2=(at(y + 2.0)) {}
            line.c-zero x1=(at(right)) x2=(at(right)) y1=(at(head_height - 2.0)) y2=(at(y + 2.0)) {}
        }
        @if left_out > 0 {
            text.c-note x=(at(middle)) y=(at(y + line_height(canvas))) text-anchor="middle" {
                "and " (number::count(left_out as u64)) " more in the table"
            }
        }
    };
    (height, content)
}

struct Row<'a> {
    partner: &'a PartnerDependence,
    name: Vec<String>,
    name_y: f64,
    bar_y: f64,
}
