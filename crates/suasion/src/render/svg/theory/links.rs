//! The ways of links: curves in the gutters between columns, and arrowheads where they end.
//!
//! Where several boxes each lead to the same several boxes, their links meet in one point of the gutter and part again:
//! three times three links would be a thicket that says no more.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::super::at;
use super::layout::{Look, Slot, Stack, What};

/// How long an arrow's head is.
pub(super) const HEAD: f64 = 6.0;

type Pieces = BTreeMap<(Slot, Slot), Look>;

/// All links, those that are not there last, over the others; and whether some meet.
pub(super) fn links(stacks: &[Stack<'_>], pieces: &Pieces) -> (Markup, bool) {
    let gutters: Vec<Gutter> =
        stacks.windows(2).enumerate().map(|(column, pair)| Gutter::new(column, pair, pieces)).collect();
    let mut heads: BTreeMap<Slot, Look> = BTreeMap::new();
    for ((_, to), look) in pieces {
        let best = heads.entry(*to).or_insert(*look);
        *best = (*best).min(*look);
    }
    let some_meet = gutters.iter().any(|gutter| !gutter.meetings.is_empty());
    let content = html! {
        @for look in [Look::Plain, Look::Early, Look::Broken] {
            @for gutter in &gutters {
                @for (_, way) in gutter.ways.iter().filter(|(one, _)| *one == look) {
                    path class=(class(look)) d=(way) {}
                }
                @for (_, x, y) in gutter.meetings.iter().filter(|(one, ..)| *one == look) {
                    circle class=(head_class(look)) cx=(at(*x)) cy=(at(*y)) r="2.5" {}
                }
            }
        }
        @for ((column, index), look) in heads {
            @let item = &stacks[column].items[index];
            @if !matches!(item.what, What::Lane) {
                path class=(head_class(look)) d=(head(stacks[column].left, item.y)) {}
            }
        }
    };
    (content, some_meet)
}

/// An arrow's head whose point is at a place.
pub(super) fn head(x: f64, y: f64) -> String {
    format!("M{} {}L{} {}L{} {}Z", at(x - HEAD), at(y - 3.5), at(x), at(y), at(x - HEAD), at(y + 3.5))
}

fn class(look: Look) -> &'static str {
    match look {
        Look::Plain => "t-link",
        Look::Early => "t-early",
        Look::Broken => "t-broken",
    }
}

fn head_class(look: Look) -> &'static str {
    if look == Look::Broken { "t-arrow-broken" } else { "t-arrow" }
}

/// What runs between a column and the next.
struct Gutter {
    ways: Vec<(Look, String)>,
    meetings: Vec<(Look, f64, f64)>,
}

impl Gutter {
    fn new(column: usize, pair: &[Stack<'_>], pieces: &Pieces) -> Self {
        let [left, right] = pair else { return Self { ways: Vec::new(), meetings: Vec::new() } };
        let mut ends: BTreeMap<usize, Vec<(usize, Look)>> = BTreeMap::new();
        for ((from, to), look) in pieces.range(((column, 0), (0, 0))..((column + 1, 0), (0, 0))) {
            ends.entry(from.1).or_default().push((to.1, *look));
        }
        // Boxes that lead to the same boxes in the same way.
        let mut alike: BTreeMap<Vec<(usize, Look)>, Vec<usize>> = BTreeMap::new();
        for (from, ends) in ends {
            alike.entry(ends).or_default().push(from);
        }
        let mut gutter = Self { ways: Vec::new(), meetings: Vec::new() };
        let start = left.right;
        for (ends, starts) in alike {
            let look = ends[0].1;
            if starts.len() > 1 && ends.len() > 1 && ends.iter().all(|(_, one)| *one == look) {
                let from = starts.iter().map(|from| left.items[*from].y);
                let to = ends.iter().map(|(to, _)| right.items[*to].y);
                let y = from.chain(to).sum::<f64>() / (starts.len() + ends.len()) as f64;
                let x = f64::midpoint(start, right.left - HEAD);
                gutter.meetings.push((look, x, y));
                for from in starts {
                    gutter.ways.push((look, curve(start, left.items[from].y, x, y)));
                }
                for (to, _) in ends {
                    gutter
                        .ways
                        .push((look, curve(x, y, right.left - HEAD, right.items[to].y) + &onward(right, to)));
                }
            } else {
                for from in starts {
                    for (to, look) in &ends {
                        let y = right.items[*to].y;
                        let way =
                            curve(start, left.items[from].y, right.left - HEAD, y) + &onward(right, *to);
                        gutter.ways.push((*look, way));
                    }
                }
            }
        }
        gutter
    }
}

/// From a place to another, level at both ends.
fn curve(x1: f64, y1: f64, x2: f64, y2: f64) -> String {
    let [x1, y1, middle, x2, y2] = [x1, y1, f64::midpoint(x1, x2), x2, y2].map(at);
    format!("M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}")
}

/// A lane goes straight on through its column; at a box a link ends.
fn onward(stack: &Stack<'_>, index: usize) -> String {
    let item = &stack.items[index];
    if matches!(item.what, What::Lane) {
        format!("L{} {}", at(stack.right), at(item.y))
    } else {
        String::new()
    }
}
