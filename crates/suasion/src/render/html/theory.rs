//! How the strategy is meant to work: the drawing of its chain, the same as a list where the drawing would be too small,
//! and every gap in words.

use std::collections::BTreeMap;

use maud::{Markup, html};
use suasion_model::theory::{Node, Presence, Theory};

use super::super::chain::{self, Stage};
use super::super::svg;
use super::scrolling;

/// Boxes that a box of the list is said to lead to.
const MOST_NAMED: usize = 4;

pub(super) fn section(theory: &Theory, foreign: Option<&str>) -> Markup {
    html! {
        section.theory-part aria-labelledby="theory" {
            h2 id="theory" { (chain::TITLE) }
            p {
                (chain::INTRODUCTION)
                @if theory.gaps().next().is_none() { " " (chain::NO_GAP) }
            }
            figure.theory-drawing { (scrolling("The chain from means to decision", &svg::inline(theory))) }
            (list(theory, foreign))
            (gaps(theory))
        }
    }
}

/// The chain as a list: seen on a narrow screen, and read out on every one.
fn list(theory: &Theory, foreign: Option<&str>) -> Markup {
    let numbers = chain::numbers(theory);
    let labels: BTreeMap<&str, &str> =
        theory.nodes.iter().map(|node| (node.id.as_str(), node.label.as_str())).collect();
    let mut leads: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for link in &theory.links {
        leads.entry(&link.from).or_default().extend(labels.get(link.to.as_str()));
    }
    let item = |node: &Node| {
        let lang = foreign.filter(|_| node.standing != Presence::Missing);
        html! {
            li.gap[node.is_gap()] {
                span dir="auto" lang=[lang] { (node.label) }
                @if node.standing == Presence::Undeclared { ", not declared" }
                @if let Some(numbers) = numbers.get(node.id.as_str()) {
                    " " strong.failed { (chain::mark(*numbers)) }
                }
                @if let Some(ends) = leads.get(node.id.as_str()) {
                    span.note {
                        "Leads to "
                        @for (index, end) in ends.iter().take(MOST_NAMED).enumerate() {
                            @if index > 0 { "; " }
                            bdi lang=[foreign] { (super::text::shorten(end, 48)) }
                        }
                        @if ends.len() > MOST_NAMED { "; and " (ends.len() - MOST_NAMED) " more" }
                    }
                }
            }
        }
    };
    html! {
        ol.chain {
            @for Stage { column, shown, hidden } in chain::stages(theory) {
                li {
                    span.kicker { (chain::heading(column).0) }
                    ul {
                        @for node in shown { (item(node)) }
                        @if !hidden.is_empty() { li.quiet { (chain::more(&hidden)) } }
                        @else if !theory.nodes.iter().any(|node| node.column == column) { li.quiet { "None" } }
                    }
                }
            }
        }
    }
}

fn gaps(theory: &Theory) -> Markup {
    let (listed, n_more) = chain::listed(theory);
    html! {
        @if !listed.is_empty() {
            h3 { "What is missing or wrong" }
            ol.gaps {
                @for (sentence, code) in listed {
                    li dir="auto" { (chain::quoted(&sentence)) " " code { (code) } }
                }
            }
        }
        @if n_more > 0 { p.quiet { (chain::quoted(&chain::more_gaps(n_more))) } }
    }
}
