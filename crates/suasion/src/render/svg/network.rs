//! A network as a map: communities as discs as large as they are, those who may be named as small marks, ties as lines.
//!
//! Places come with the figure; here discs that would overlap are pushed apart. How surely a community is found again is
//! its shade; a disc that chance would give as well, or whose stability was not looked at, is hollow. How close a named actor is to government is the form of
//! its mark. Who is not named is nowhere but in the discs.

use maud::{Markup, html};
use suasion_model::finding::{NetworkActor, NetworkCommunity, NetworkTie};
use suasion_model::number;

use super::boxes::Boxes;
use super::label::{fit, line_height, text_width};
use super::{Canvas, at, drawable, nothing};

/// Named actors that are drawn, wide and narrow; the figure's table has all.
const MARKS: [usize; 2] = [60, 30];

/// How often discs are pushed apart.
const PUSHES: usize = 300;

/// Half the side of a mark.
const MARK: f64 = 4.5;

/// Something that takes room.
#[derive(Debug, Clone, Copy)]
struct Disc {
    x: f64,
    y: f64,
    r: f64,
}

pub(super) fn draw(
    canvas: Canvas,
    communities: &[NetworkCommunity],
    actors: &[NetworkActor],
    ties: &[NetworkTie],
) -> (f64, Markup) {
    if communities.is_empty() && actors.is_empty() {
        return nothing(canvas);
    }
    let side = if canvas.narrow { canvas.width } else { 500.0 };
    let marks = &actors[..actors.len().min(MARKS[usize::from(canvas.narrow)])];
    let discs = discs(canvas.width, side, communities, marks);
    let place = |id: &str| -> Option<Disc> {
        let community = communities.iter().position(|one| one.id == id);
        community
            .or_else(|| marks.iter().position(|one| one.id == id).map(|at| communities.len() + at))
            .map(|at| discs[at])
    };
    let strongest = ties.iter().filter_map(|tie| drawable(tie.share)).fold(0.0, f64::max);
    let is_named = |id: &str| marks.iter().any(|one| one.id == id);
    let lines: Vec<(Disc, Disc, &str, f64)> = ties
        .iter()
        .filter_map(|tie| {
            let (class, widest) = match tie.share {
                None => ("c-member", 0.2),
                // Many of them are between few: they stay behind.
                Some(_) if is_named(&tie.source) => ("c-tie c-tie-named", 1.6),
                Some(_) => ("c-tie", 6.0),
            };
            let share = drawable(tie.share).unwrap_or(0.0);
            let part = if strongest > 0.0 { (share / strongest).clamp(0.0, 1.0).sqrt() } else { 0.0 };
            Some((place(&tie.source)?, place(&tie.target)?, class, 0.8 + widest * part))
        })
        .collect();
    let mut boxes = Boxes::new(0.0, canvas.width, 0.0, side);
    for disc in &discs {
        // Of a circle, the square within it: names may stand in its corners.
        let half = disc.r * 0.88;
        boxes.take(disc.x - half, disc.y - half, 2.0 * half, 2.0 * half);
    }
    let numbers: Vec<Option<(String, f64)>> = communities
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let short = if one.is_rest { "others".to_string() } else { (at + 1).to_string() };
            (text_width(canvas, &short) < 1.7 * discs[at].r)
                .then(|| (short, discs[at].y + canvas.font * 0.35))
        })
        .collect();
    let mut names = Vec::new();
    for (one, disc) in marks.iter().zip(&discs[communities.len()..]) {
        let Some(name) = fit(canvas, &one.name, if canvas.narrow { 130.0 } else { 190.0 }, 1).pop() else {
            continue;
        };
        names.extend(boxes.label(canvas, &name, disc.x, disc.y, MARK + 3.0).map(|at| (name, at, "c-name")));
    }
    let n_unnamed = actors.len() - names.len();
    for (at, one) in
        communities.iter().enumerate().filter(|(at, one)| numbers[*at].is_none() || !one.topics.is_empty())
    {
        let number = if numbers[at].is_none() { format!("{}: ", at + 1) } else { String::new() };
        let topics = one.topics.iter().take(2).cloned().collect::<Vec<_>>().join(", ");
        let text = if one.is_rest { "others".to_string() } else { format!("{number}{topics}") };
        let Some(text) =
            fit(canvas, text.trim_end_matches([':', ' ']), if canvas.narrow { 150.0 } else { 200.0 }, 1)
                .pop()
        else {
            continue;
        };
        let below = boxes.label(canvas, &text, discs[at].x, discs[at].y, discs[at].r + 5.0);
        names.extend(below.map(|at| (text, at, "c-tick")));
    }
    let (legend_height, legend) = legend(canvas, side, communities, marks, n_unnamed);
    let content = html! {
        @for (a, b, class, width) in &lines {
            line class=(class) x1=(at(a.x)) y1=(at(a.y)) x2=(at(b.x)) y2=(at(b.y)) stroke-width=(at(*width)) {}
        }
        @for (one, disc) in communities.iter().zip(&discs) {
            circle class=(shade(one)) cx=(at(disc.x)) cy=(at(disc.y)) r=(at(disc.r)) {}
        }
        @for (one, disc) in marks.iter().zip(&discs[communities.len()..]) {
            (mark(one.closeness.as_deref(), disc.x, disc.y))
        }
        @for ((number, y), disc) in numbers.iter().zip(&discs).filter_map(|(number, disc)| Some((number.as_ref()?, disc))) {
            text.c-value x=(at(disc.x)) y=(at(*y)) text-anchor="middle" { (number) }
        }
        @for (name, (x, y, anchor), class) in &names {
            text.c-mark x=(at(*x)) y=(at(*y)) text-anchor=(anchor) { (name) }
            text class=(class) x=(at(*x)) y=(at(*y)) text-anchor=(anchor) { (name) }
        }
        (legend)
    };
    (side + legend_height, content)
}

/// Where discs and marks are: as the figure has it, and pushed apart.
fn discs(width: f64, side: f64, communities: &[NetworkCommunity], marks: &[NetworkActor]) -> Vec<Disc> {
    let n_actors = |one: &NetworkCommunity| f64::from(one.n_actors.max(1));
    let all: f64 = communities.iter().map(n_actors).sum();
    // Discs together take a seventh of the picture.
    let area = width * side / 7.0;
    let radius = |one: &NetworkCommunity| {
        (area * n_actors(one) / all / std::f64::consts::PI).sqrt().clamp(7.0, side / 5.0)
    };
    let share = |x: f64| if x.is_finite() { x.clamp(0.0, 1.0) } else { 0.5 };
    let place = |x: f64, y: f64, r: f64| Disc {
        x: r + share(x) * (width - 2.0 * r),
        y: r + share(y) * (side - 2.0 * r),
        r,
    };
    let mut discs: Vec<Disc> = communities.iter().map(|one| place(one.x, one.y, radius(one))).collect();
    discs.extend(marks.iter().map(|one| place(one.x, one.y, MARK + 2.0)));
    for _ in 0..PUSHES {
        let mut moved = false;
        for a in 0..discs.len() {
            for b in a + 1..discs.len() {
                moved |= push(&mut discs, a, b, width, side);
            }
        }
        if !moved {
            break;
        }
    }
    discs
}

/// Pushes two discs apart if they overlap, the smaller one farther.
fn push(discs: &mut [Disc], a: usize, b: usize, width: f64, side: f64) -> bool {
    let (one, two) = (discs[a], discs[b]);
    let (dx, dy) = (two.x - one.x, two.y - one.y);
    let distance = dx.hypot(dy);
    let overlap = one.r + two.r + 5.0 - distance;
    if overlap <= 0.01 {
        return false;
    }
    // Of two in one place, the later goes down.
    let (ux, uy) = if distance > 0.01 { (dx / distance, dy / distance) } else { (0.0, 1.0) };
    let part = two.r * two.r / (one.r * one.r + two.r * two.r);
    for (at, sign, share) in [(a, -1.0, part), (b, 1.0, 1.0 - part)] {
        let disc = &mut discs[at];
        disc.x = (disc.x + sign * ux * overlap * share).clamp(disc.r, width - disc.r);
        disc.y = (disc.y + sign * uy * overlap * share).clamp(disc.r, side - disc.r);
    }
    true
}

/// The class of a disc: by how surely it is found again.
fn shade(one: &NetworkCommunity) -> &'static str {
    match one.stability {
        _ if one.is_rest => "c-disc c-disc-rest",
        None => "c-disc c-disc-open",
        Some(_) if one.is_found == Some(false) => "c-disc c-disc-faint",
        Some(stability) if stability >= 0.9 => "c-disc c-disc-sure",
        Some(stability) if stability >= 0.7 => "c-disc c-disc-fair",
        Some(_) => "c-disc c-disc-low",
    }
}

/// A mark by how close to government an actor is: a square, a diamond, a circle; a hollow circle where nothing says it.
fn mark(closeness: Option<&str>, x: f64, y: f64) -> Markup {
    let corner = MARK * 1.3;
    match closeness {
        Some("state") => html! {
            rect.c-actor x=(at(x - MARK)) y=(at(y - MARK)) width=(at(2.0 * MARK)) height=(at(2.0 * MARK)) {}
        },
        Some("arms-length") => html! {
            path.c-actor d={
                "M" (at(x)) " " (at(y - corner)) "L" (at(x + corner)) " " (at(y))
                "L" (at(x)) " " (at(y + corner)) "L" (at(x - corner)) " " (at(y)) "L" (at(x)) " " (at(y - corner))
            } {}
        },
        Some(_) => html! { circle.c-actor cx=(at(x)) cy=(at(y)) r=(at(MARK)) {} },
        None => html! { circle.c-actor.c-actor-open cx=(at(x)) cy=(at(y)) r=(at(MARK)) {} },
    }
}

/// What the signs mean, as far as there are any, below the picture.
fn legend(
    canvas: Canvas,
    top: f64,
    communities: &[NetworkCommunity],
    marks: &[NetworkActor],
    n_unnamed: usize,
) -> (f64, Markup) {
    let shades = [
        ("c-disc c-disc-sure", "found again: 90 % or more"),
        ("c-disc c-disc-fair", "70 to 90 %"),
        ("c-disc c-disc-low", "less"),
        ("c-disc c-disc-faint", "no more stable than by chance"),
        ("c-disc c-disc-open", "community; stability not looked at"),
        ("c-disc c-disc-rest", "all others"),
    ];
    let forms = [
        (Some("state"), "state"),
        (Some("arms-length"), "arm's length"),
        (Some("independent"), "independent"),
        (None, "closeness not said"),
    ];
    let mut x = 0.0;
    let mut y = top + 8.0 + canvas.font;
    let mut items: Vec<(f64, f64, Markup, String)> = Vec::new();
    let mut add = |sign: &dyn Fn(f64, f64) -> Markup, text: String| {
        let width = 18.0 + text_width(canvas, &text) + 16.0;
        if x > 0.0 && x + width > canvas.width {
            x = 0.0;
            y += line_height(canvas) * 1.25;
        }
        items.push((x + 18.0, y, sign(x + 7.0, y - canvas.font * 0.35), text));
        x += width;
    };
    for (class, text) in
        shades.into_iter().filter(|(class, _)| communities.iter().any(|one| shade(one) == *class))
    {
        add(&|x, y| html! { circle class=(class) cx=(at(x)) cy=(at(y)) r="6" {} }, text.to_string());
    }
    for (form, text) in
        forms.into_iter().filter(|(form, _)| marks.iter().any(|one| one.closeness.as_deref() == *form))
    {
        add(&|x, y| mark(form, x, y), text.to_string());
    }
    if n_unnamed > 0 {
        add(&|_, _| html! {}, format!("and {} more by name in the table", number::count(n_unnamed as u64)));
    }
    let height = y + canvas.font * 0.6 - top;
    let content = html! {
        @for (x, y, sign, text) in &items {
            (sign)
            @for (index, line) in fit(canvas, text, canvas.width - x, 1).iter().enumerate() {
                text.c-note x=(at(*x)) y=(at(y + line_height(canvas) * index as f64)) { (line) }
            }
        }
    };
    (height, content)
}
