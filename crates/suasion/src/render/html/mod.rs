//! The brief: one HTML file that needs no network, no script and no training.
//!
//! The first screen holds the title, the four plain sentences and the verdicts; a section a finding follows, then how
//! the strategy is meant to work, the ledger of looks, what was read, and what the words mean. The page's own words are
//! English. The strategy's texts are marked with the strategy's language where that is another, so that a screen reader
//! says them right.

mod appendix;
mod figure;
mod finding;
mod theory;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use suasion_model::finding::{CheckOutcome, Findings, Plain, Verdict};

use super::{svg, text, words};

/// The style of the page, on screen and on paper.
const STYLE: &str = include_str!("brief.css");

/// Nothing may be loaded, run, framed or sent; only the style in the page itself counts.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The page's colours and fonts on a light screen, on a dark one and on paper, as names and values.
pub(super) fn palettes() -> [Vec<(&'static str, &'static str)>; 3] {
    let blocks: Vec<&str> =
        STYLE.split(":root {").skip(1).filter_map(|rest| rest.split('}').next()).collect();
    let mut palettes = blocks.into_iter().filter(|block| block.contains("--supported")).map(|block| {
        block
            .split(';')
            .filter_map(|line| line.trim().split_once(": "))
            .filter(|(name, _)| name.starts_with("--"))
            .collect()
    });
    [(); 3].map(|()| palettes.next().unwrap_or_default())
}

/// The brief as one self-contained HTML file.
pub fn brief(findings: &Findings) -> String {
    let strategy = &findings.strategy;
    let language = words::language(strategy);
    let english = language == "en" || language.starts_with("en-");
    let foreign = (!english).then_some(language);
    let page = html! {
        (DOCTYPE)
        html lang=(if english { language } else { "en" }) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(findings.program);
                meta name="author" content=(text::clean(&strategy.owner));
                meta name="description" content=(text::clean(&findings.plain.answer));
                title { (text::shorten(&strategy.title, 64)) }
                style { (PreEscaped(STYLE)) (PreEscaped(svg::STYLE)) }
            }
            body {
                a.skip href="#findings" { "Skip to the findings" }
                header.masthead {
                    p.kicker { "Brief for " bdi lang=[foreign] { (words::on_behalf(strategy)) } }
                    h1 dir="auto" lang=[foreign] { (strategy.title) }
                }
                main {
                    div.first-screen {
                        section.in-brief aria-labelledby="in-brief" {
                            h2.visually-hidden id="in-brief" tabindex="-1" { "In brief" }
                            (plain(&findings.plain, foreign))
                        }
                        (verdicts(findings, foreign))
                    }
                    section.findings aria-labelledby="findings" {
                        h2 id="findings" tabindex="-1" { "The findings" }
                        @for (index, one) in findings.findings.iter().enumerate() {
                            (finding::section(one, index + 1, foreign))
                        }
                        @if findings.findings.is_empty() { p { "Nothing was asked, so nothing was found." } }
                    }
                    (theory::section(&findings.theory, foreign))
                    (appendix::looks(findings))
                    (appendix::imports(findings))
                    (appendix::glossary())
                }
                (appendix::footer(findings))
            }
        }
    };
    printable(&page.into_string())
}

/// The four plain sentences. The decision is in the strategy's words.
fn plain(plain: &Plain, foreign: Option<&str>) -> Markup {
    html! {
        dl.plain {
            @for (index, (name, sentence)) in plain.sentences().into_iter().enumerate() {
                div class=[(index == 1).then_some("answer")] {
                    dt { (name) }
                    dd dir="auto" lang=[foreign.filter(|_| index == 0)] { (sentence) }
                }
            }
        }
    }
}

fn verdicts(findings: &Findings, foreign: Option<&str>) -> Markup {
    html! {
        nav.verdicts aria-labelledby="verdicts" {
            h2 id="verdicts" { "Verdicts" }
            ol {
                @for (index, one) in findings.findings.iter().enumerate() {
                    li {
                        a dir="auto" href={ "#finding-" (index + 1) } lang=[foreign] { (one.title) }
                        (verdict(one.verdict))
                    }
                }
            }
        }
    }
}

/// A verdict as a word with a sign; the colour only repeats them.
fn verdict(verdict: Verdict) -> Markup {
    let sign = match verdict {
        Verdict::Supported => TICK,
        Verdict::NotSupported => CROSS,
        Verdict::CannotTell => "M5.5 6a2.6 2.6 0 1 1 3.7 2.4c-.8.4-1.2.9-1.2 1.8M8 12.4v.4",
        Verdict::Descriptive => "M4.5 5h7M4.5 8h7M4.5 11h4.5",
        Verdict::Withheld => "M6 4.5v7M10 4.5v7",
    };
    html! {
        span class={ "verdict " (verdict.word()) } {
            (icon(sign))
            (words::verdict(verdict))
        }
    }
}

/// How a check fared, as a word with a sign.
fn outcome(outcome: CheckOutcome) -> Markup {
    let (class, sign) = match outcome {
        CheckOutcome::Passed => ("passed", TICK),
        CheckOutcome::Failed => ("failed", CROSS),
        CheckOutcome::NotRun => ("not-run", "M4.5 8h7"),
    };
    html! {
        span class={ "outcome " (class) } {
            (icon(sign))
            (words::outcome(outcome))
        }
    }
}

const TICK: &str = "M4 8.4l2.7 2.8L12 5.2";
const CROSS: &str = "M5 5l6 6M11 5l-6 6";

fn icon(sign: &str) -> Markup {
    html! {
        svg.icon viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" {
            circle cx="8" cy="8" r="7.25" {}
            path d=(sign) {}
        }
    }
}

/// A table that scrolls sideways where it must, and can be reached by keyboard.
fn scrolling(label: &str, table: &Markup) -> Markup {
    html! {
        section.scroll tabindex="0" aria-label=(label) { (table) }
    }
}

/// HTML allows no control characters, and none that reorder text may leak from one text into the next.
pub(super) fn printable(page: &str) -> String {
    page.chars()
        .filter(|c| !text::reorders(*c))
        .map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c })
        .collect()
}
