//! A finding: the claim, four sentences, the figures, and one card in which every number stands with its unit, interval,
//! grade, inputs and caveats.

use maud::{Markup, html};
use suasion_model::finding::{Check, CheckOutcome, Finding, Input, Interval, Method, Number, Verdict};

use super::super::words;
use super::{figure, outcome, plain, verdict};
use suasion_model::number;

pub(super) fn section(one: &Finding, number: usize, foreign: Option<&str>) -> Markup {
    let id = format!("finding-{number}");
    html! {
        article.finding id=(id) aria-labelledby={ (id) "-title" } {
            header {
                p.kicker { "Finding " (number) " · " (words::question(one.question)) }
                h3 id={ (id) "-title" } dir="auto" lang=[foreign] { (one.title) }
                p.stamp { (verdict(one.verdict)) }
                p.meaning { (words::verdict_meaning(one.verdict)) }
                p.back { a href="#in-brief" { "Back to the answer" } }
            }
            div.body {
                @if let Some(claim) = &one.claim {
                    figure.claim {
                        figcaption { "The claim under judgement" }
                        blockquote { p dir="auto" lang=[foreign] { (claim) } }
                    }
                }
                (plain(&one.plain, foreign))
                @if let Some(caution) = words::caution(one) { p.caution { (caution) } }
                @for (index, drawn) in one.figures.iter().enumerate() {
                    (figure::figure(drawn, &id, &format!("Figure {number}.{}", index + 1), index + 1))
                }
                (card(one, &id))
                (checks(one, &id))
                (method(one))
            }
        }
    }
}

/// Every number with its unit and interval; grade, inputs and caveats hold for all of them.
fn card(one: &Finding, id: &str) -> Markup {
    let described = format!("{id}-grade {id}-inputs {id}-caveats");
    let numbers = html! {
        table.numbers.stack.lead[offered(one.verdict)]
            aria-labelledby={ (id) "-title " (id) "-numbers" } aria-describedby=(described) {
            thead { tr {
                th scope="col" { "What" }
                th scope="col" { "Value" }
                th scope="col" { "How far off it may be" }
            } }
            tbody { @for figure in &one.numbers { (row(figure)) } }
        }
    };
    html! {
        div.card {
            h4 id={ (id) "-numbers" } { "The numbers" }
            @if one.numbers.is_empty() {
                p.quiet { "No number was worked out." }
            } @else if one.verdict == Verdict::Withheld {
                details {
                    summary { "The withheld figures, for whoever audits them: not to be quoted" }
                    (numbers)
                }
            } @else {
                (numbers)
            }
            dl.standing {
                div id={ (id) "-grade" } {
                    dt { "Grade of the evidence" }
                    dd {
                        strong { (words::grade(&one.grade)) }
                        (scale(one.grade.level))
                        span.note dir="auto" { (one.grade.why) }
                        a.explained href="#words" { "What the grades mean" }
                    }
                }
                div id={ (id) "-inputs" } {
                    dt { "Rests on" }
                    dd {
                        @if one.inputs.is_empty() { p.quiet { "No table." } }
                        @else { ul { @for input in &one.inputs { li { (table_at_version(input)) } } } }
                    }
                }
                div id={ (id) "-caveats" } {
                    dt { "Keep in mind" }
                    dd {
                        @if one.caveats.is_empty() { p.quiet { "No caveat was noted." } }
                        @else { ul { @for caveat in &one.caveats { li dir="auto" { (caveat) } } } }
                    }
                }
            }
        }
    }
}

/// Whether the main number may stand out. One that is not offered as an answer must not look like one.
fn offered(verdict: Verdict) -> bool {
    match verdict {
        Verdict::Supported | Verdict::NotSupported | Verdict::Descriptive => true,
        Verdict::CannotTell | Verdict::Withheld => false,
    }
}

fn row(figure: &Number) -> Markup {
    html! {
        tr {
            th scope="row" dir="auto" { (figure.label) }
            td.value data-label="Value" {
                span.figure { (number::value(figure.value)) }
                " "
                @if figure.unit.trim().is_empty() { span.unit { "no unit" } }
                @else { bdi.unit { (figure.unit) } }
            }
            td data-label="How far off it may be" {
                @if matches!(figure.interval, Interval::None { .. }) { span.none { (words::interval(figure)) } }
                @else { span.range { (words::interval(figure)) } }
                " "
                span.note dir="auto" { (words::interval_note(&figure.interval)) }
            }
        }
    }
}

/// The grade as filled squares out of five; the words beside it say the same.
fn scale(level: Option<u8>) -> Markup {
    html! {
        @if let Some(level) = level {
            svg.scale viewBox="0 0 68 12" width="68" height="12" aria-hidden="true" focusable="false" {
                @for step in 0..5_u8 {
                    rect class=[(step < level).then_some("on")]
                        x=(1 + 14 * u32::from(step)) y="1" width="10" height="10" {}
                }
            }
        }
    }
}

fn table_at_version(input: &Input) -> Markup {
    html! {
        code { (input.table) }
        " · " bdi { (input.dataset) } ", " (number::count(input.rows)) " rows"
        span.note dir="auto" { (input.source) " · " (input.licence) }
        span.note { "File SHA-256 " code { (words::short_digest(&input.digest)) } "…" }
    }
}

/// What did not hold stands open; what held can be opened.
fn checks(one: &Finding, id: &str) -> Markup {
    let (passed, open): (Vec<&Check>, Vec<&Check>) =
        words::failed_first(&one.checks).partition(|check| check.outcome == CheckOutcome::Passed);
    let named = format!("{id}-title {id}-checks");
    html! {
        div {
            h4 id={ (id) "-checks" } { "What was checked first" }
            @if one.checks.is_empty() { p.quiet { "Nothing had to hold for this finding." } }
            @if !open.is_empty() { (check_table(&open, &named)) }
            @if !passed.is_empty() {
                details {
                    summary { (words::passed(passed.len(), one.checks.len())) }
                    (check_table(&passed, &named))
                }
            }
        }
    }
}

fn check_table(checks: &[&Check], named: &str) -> Markup {
    html! {
        table.checks.stack aria-labelledby=(named) {
            thead { tr {
                th scope="col" { "Asked" }
                th scope="col" { "Found" }
                th scope="col" { "Needed" }
                th scope="col" { "Outcome" }
            } }
            tbody {
                @for check in checks {
                    tr {
                        th scope="row" dir="auto" {
                            (check.asks)
                            span.note { (words::consequence(check)) }
                        }
                        td data-label="Found" { bdi { (check.figure) } }
                        td data-label="Needed" { bdi { (check.threshold) } }
                        td data-label="Outcome" { (outcome(check.outcome)) }
                    }
                }
            }
        }
    }
}

fn method(one: &Finding) -> Markup {
    let Method { name, parameters, citations } = &one.method;
    html! {
        details.method {
            summary { h4 { "In exact terms" } }
            p.statement dir="auto" { (one.statement) }
            dl.settings {
                div { dt { "Method" } dd dir="auto" { (name) } }
                @for parameter in parameters {
                    div { dt dir="auto" { (parameter.name) } dd dir="auto" { (parameter.value) } }
                }
                @if let Some(objective) = &one.objective {
                    div { dt { "Objective" } dd { code { (objective) } } }
                }
                @if !citations.is_empty() {
                    div {
                        dt { "Published in" }
                        dd { ul.citations { @for citation in citations { li { (linked(citation)) } } } }
                    }
                }
                @if let Some(seed) = one.seed {
                    div { dt { "Seed of the random numbers" } dd { (number::count(seed)) } }
                }
            }
        }
    }
}

/// A citation whose web addresses and DOIs can be followed.
fn linked(citation: &str) -> Markup {
    html! {
        @for (index, word) in citation.split_whitespace().enumerate() {
            @if index > 0 { " " }
            @let (before, link, after) = link_in(word);
            (before)
            @if let Some(href) = address(link) { a href=(href) { (link) } } @else { (link) }
            (after)
        }
    }
}

/// A word without the punctuation around it.
fn link_in(word: &str) -> (&str, &str, &str) {
    let start = word.find(|c| c != '(' && c != '[').unwrap_or(0);
    let end = word.trim_end_matches(['.', ',', ';', ')', ']']).len().max(start);
    (&word[..start], &word[start..end], &word[end..])
}

/// Where a word leads, if it is a web address or a DOI and nothing else.
fn address(word: &str) -> Option<String> {
    let plain =
        word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&()*+,;=%".contains(&byte));
    if !plain {
        None
    } else if let Some(doi) = word.strip_prefix("doi:").filter(|doi| doi.starts_with("10.")) {
        Some(format!("https://doi.org/{doi}"))
    } else if ["https://", "http://"]
        .iter()
        .any(|scheme| word.len() > scheme.len() && word.starts_with(scheme))
    {
        Some(word.to_string())
    } else {
        None
    }
}
