//! The chain from means to decision as a drawing: boxes in columns, what leads to what, and gaps where they are.
//!
//! A gap never stands in colour alone: its outline is dashed, and it says `! gap` with the number under which the list
//! has it. The drawing stands alone ([`theory`]), with its own colours and its list, or in the brief ([`inline`]), with
//! those of the page.

mod layout;
mod links;

use maud::{Markup, PreEscaped, html};
use suasion_model::theory::{Node, Presence, Theory};

use self::layout::{Item, Layout, Look, PADDING, Stack, What, is_right_to_left, layout};
use self::links::{HEAD, head, links};
use super::label::{BOLD, fit, line_height};
use super::{Canvas, at};
use crate::render::{chain, text};

/// The style of the drawing. The brief has it too.
pub(crate) const STYLE: &str = include_str!("theory.css");

const CANVAS: Canvas = Canvas { width: 1040.0, font: 12.5, narrow: false };

/// Around a drawing that stands alone.
const MARGIN: f64 = 16.0;

/// The drawing as a file of its own, with the strategy's title above and the list of gaps below.
pub fn theory(theory: &Theory) -> String {
    let canvas = CANVAS;
    let title = fit(Canvas { font: 20.0, ..canvas }, &theory.title, canvas.width / BOLD, 2);
    let title_height = title.len() as f64 * 25.0 + 14.0;
    let (drawn_to, drawing) = draw(theory, title_height);
    let (list_to, list) = list(theory, drawn_to + 10.0);
    let height = list_to + 2.0 * MARGIN;
    let width = canvas.width + 2.0 * MARGIN;
    let view_box = format!("-{MARGIN} -{MARGIN} {} {}", at(width), at(height));
    let page = html! {
        svg.theory xmlns="http://www.w3.org/2000/svg" width=(at(width)) height=(at(height)) viewBox=(view_box)
            role="img" aria-labelledby="theory-title" aria-describedby="theory-desc" {
            title id="theory-title" { (chain::TITLE) ": " (theory.title) }
            desc id="theory-desc" { (chain::summary(theory)) }
            style { (PreEscaped(style_alone())) }
            rect.t-paper x=(at(-MARGIN)) y=(at(-MARGIN)) width=(at(width)) height=(at(height)) {}
            @for (index, line) in title.iter().enumerate() {
                (words(line, 0.0, canvas.width, 16.0 + 25.0 * index as f64, "t-title"))
            }
            (drawing)
            (list)
        }
    };
    super::super::html::printable(&page.into_string()) + "\n"
}

/// The drawing for a page that has the style, and the list beneath.
pub(crate) fn inline(theory: &Theory) -> Markup {
    let (height, drawing) = draw(theory, 0.0);
    html! {
        svg.theory viewBox={ "-1 0 " (at(CANVAS.width + 2.0)) " " (at(height)) } role="img"
            aria-labelledby="theory-title" aria-describedby="theory-desc" {
            title id="theory-title" { (chain::TITLE) }
            desc id="theory-desc" { (chain::summary(theory)) }
            (drawing)
        }
    }
}

/// The drawing below `top`, and where it ends.
fn draw(theory: &Theory, top: f64) -> (f64, Markup) {
    let canvas = CANVAS;
    let line = line_height(canvas);
    let heads = top + 3.0 * line + 10.0;
    let Layout { stacks, pieces, bottom } = layout(canvas, theory, heads + 22.0);
    let (links, some_meet) = links(&stacks, &pieces);
    let notes = notes(theory, some_meet, pieces.values().any(|look| *look == Look::Early));
    let content = html! {
        (headings(&stacks, heads))
        (links)
        @for stack in &stacks {
            @for item in &stack.items { (shape(canvas, stack, item)) }
            @if stack.items.is_empty() {
                text.t-note x=(at(stack.left)) y=(at(heads + 22.0 + canvas.font)) { "none" }
            }
        }
        @for (index, note) in notes.iter().enumerate() {
            text.t-note x="0" y=(at(bottom + 14.0 + line * (index + 1) as f64)) { (note) }
        }
    };
    (bottom + 18.0 + line * notes.len() as f64, content)
}

/// What the signs of a drawing mean, as far as it has them.
fn notes(theory: &Theory, some_meet: bool, has_early: bool) -> Vec<&'static str> {
    let has_gaps = theory.nodes.iter().any(Node::is_gap);
    [
        (has_gaps, "Dashed boxes and “!” are gaps; the list says what is missing or wrong."),
        (some_meet, "Where lines meet in a dot, each box on its left leads to each on its right."),
        (
            has_early,
            "Dotted lines go by way of an early sign, which stands in for an outcome that takes long.",
        ),
        (
            !theory.links_are_complete,
            "There are too many links from partners and voices to audiences to draw all.",
        ),
    ]
    .into_iter()
    .filter_map(|(applies, note)| applies.then_some(note))
    .collect()
}

/// What the columns are, above a line that shows which way to read.
fn headings(stacks: &[Stack<'_>], bottom: f64) -> Markup {
    let canvas = CANVAS;
    let ends = stacks.iter().skip(1).map(|stack| stack.left - 4.0).chain([canvas.width]);
    let things_at = bottom - 8.0;
    html! {
        @for (stack, end) in stacks.iter().zip(ends) {
            @let (plain, things) = chain::heading(stack.column);
            @let room = end - stack.left;
            @let plain = fit(canvas, plain, room / BOLD, 2);
            @let first = things_at - line_height(canvas) * plain.len() as f64;
            @for (index, line) in plain.iter().enumerate() {
                text.t-head x=(at(stack.left)) y=(at(first + line_height(canvas) * index as f64)) { (line) }
            }
            text.t-sub x=(at(stack.left)) y=(at(things_at)) { (fit(canvas, things, room, 1).concat()) }
        }
        line.t-rule x1="0" x2=(at(canvas.width - HEAD)) y1=(at(bottom)) y2=(at(bottom)) {}
        path.t-tip d=(head(canvas.width, bottom)) {}
    }
}

fn shape(canvas: Canvas, stack: &Stack<'_>, item: &Item<'_>) -> Markup {
    let (outline, label) = match item.what {
        What::Lane => return Markup::default(),
        What::More => ("t-box", "t-more"),
        What::Node(node) => match node.standing {
            Presence::Declared if node.gaps.is_empty() => ("t-box", "t-label"),
            Presence::Declared => ("t-gap", "t-label"),
            Presence::Undeclared | Presence::Missing => ("t-missing", "t-lacks"),
        },
    };
    let top = item.y - item.height / 2.0;
    let line = line_height(canvas);
    let baseline = |index: usize| top + PADDING + canvas.font * 0.97 + line * index as f64;
    let (left, right) = (stack.left + PADDING, stack.right - PADDING);
    html! {
        g.t-node {
            rect class=(outline) x=(at(stack.left)) y=(at(top)) width=(at(stack.right - stack.left)) height=(at(item.height)) rx="3" {}
            @for (index, text) in item.lines.iter().enumerate() { (words(text, left, right, baseline(index), label)) }
            @if let Some(mark) = &item.mark { (words(mark, left, right, baseline(item.lines.len()), "t-mark")) }
        }
    }
}

/// A line of text between two edges, at the one that its script begins at.
fn words(line: &str, left: f64, right: f64, y: f64, class: &str) -> Markup {
    let rtl = is_right_to_left(line);
    html! {
        text class=(class) x=(at(if rtl { right } else { left })) y=(at(y)) direction=[rtl.then_some("rtl")] { (line) }
    }
}

/// The list of gaps below `top`, and where it ends.
fn list(theory: &Theory, top: f64) -> (f64, Markup) {
    let canvas = CANVAS;
    let (listed, n_more) = chain::listed(theory);
    let number_room = 30.0;
    let mut lines: Vec<(Option<usize>, String)> = Vec::new();
    for (index, (sentence, code)) in listed.into_iter().enumerate() {
        let sentence = chain::quoted(&format!("{sentence} ({code})"));
        let broken = fit(canvas, &sentence, canvas.width - number_room, 4);
        lines.extend(broken.into_iter().enumerate().map(|(n, line)| ((n == 0).then_some(index + 1), line)));
    }
    if n_more > 0 {
        lines.push((None, chain::quoted(&chain::more_gaps(n_more))));
    }
    let y = |index: usize| top + line_height(canvas) * 1.15 * (index + 1) as f64;
    let end = if lines.is_empty() { top - 10.0 } else { y(lines.len()) };
    let content = html! {
        @for (index, (number, line)) in lines.iter().enumerate() {
            @if let Some(number) = number { text.t-mark x="0" y=(at(y(index))) { (number) } }
            text x=(at(number_room)) y=(at(y(index))) { (text::clean(line)) }
        }
    };
    (end, content)
}

/// The style with the brief's colours written out, since not every program that shows SVG knows variables: for the
/// screen, for a dark one, and for paper.
fn style_alone() -> String {
    let [light, dark, print] = super::super::html::palettes();
    let with = |palette: &[(&str, &str)]| {
        palette
            .iter()
            .fold(STYLE.to_string(), |style, (name, value)| style.replace(&format!("var({name})"), value))
    };
    // The fonts are those of the light palette throughout.
    let full = |palette: Vec<(&'static str, &'static str)>| [palette, light.clone()].concat();
    format!(
        "\n{}@media (prefers-color-scheme: dark) {{\n{}}}\n@media print {{\n{}}}\n",
        with(&light),
        with(&full(dark)),
        with(&full(print))
    )
}
