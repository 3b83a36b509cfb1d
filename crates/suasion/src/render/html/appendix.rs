//! What stands behind the findings: the ledger of looks, what was read, and what the words mean.

use maud::{Markup, html};
use suasion_model::finding::Findings;
use suasion_model::receipt::Receipt;

use super::super::words;
use super::verdict;
use suasion_model::number;

/// Every test of significance that was made.
pub(super) fn looks(findings: &Findings) -> Markup {
    let table = html! {
        table.ledger.stack aria-labelledby="looks" {
            thead { tr {
                th scope="col" { "Finding" }
                th scope="col" { "What was tested" }
                th scope="col" { "Decides the verdict" }
                th.n scope="col" { "p" }
                th.n scope="col" { "p, corrected" }
            } }
            tbody {
                @for look in &findings.looks {
                    tr {
                        th scope="row" dir="auto" { (words::title_of(&findings.findings, &look.finding)) }
                        td data-label="What was tested" dir="auto" { (look.what) }
                        td data-label="Decides the verdict" {
                            (if look.decides { "Yes" } else { "No" })
                        }
                        td.n data-label="p" { (number::probability(look.p)) }
                        td.n data-label="p, corrected" { (words::corrected(look.p_adjusted)) }
                    }
                }
            }
        }
    };
    html! {
        section.appendix.first aria-labelledby="looks" {
            h2 id="looks" { "Every look that was taken" }
            p { (words::LOOKS) }
            @if findings.looks.is_empty() { p.quiet { "No test of significance was made." } }
            @else { (table) }
        }
    }
}

/// The files that were read, every row accounted for.
pub(super) fn imports(findings: &Findings) -> Markup {
    let table = html! {
        table.ledger.reads.stack aria-labelledby="imports" {
            thead { tr {
                th scope="col" { "File" }
                th.n scope="col" { "Rows read" }
                th.n scope="col" { "Kept" }
                th.n scope="col" { "Left out" }
                th scope="col" { "Why, and where they are" }
            } }
            tbody { @for receipt in &findings.imports { (import(receipt)) } }
        }
    };
    html! {
        section.appendix aria-labelledby="imports" {
            h2 id="imports" { "What was read" }
            p { "Every row of every file is accounted for: read = kept + left out." }
            @if findings.imports.is_empty() { p.quiet { "No file was read." } }
            @else { (table) }
        }
    }
}

fn import(receipt: &Receipt) -> Markup {
    html! {
        tr {
            th scope="row" {
                code { (receipt.path) }
                span.note dir="auto" { (receipt.source) " · " (receipt.licence) }
                span.note {
                    "Dataset " bdi { (receipt.dataset) } " in table " code { (receipt.table) }
                    ", SHA-256 " code { (words::short_digest(&receipt.digest)) } "…"
                    ", read by " bdi { (receipt.program) }
                }
            }
            td.n data-label="Rows read" { (number::count(receipt.rows_read)) }
            td.n data-label="Kept" { (number::count(receipt.rows_kept)) }
            td.n data-label="Left out" { (number::count(receipt.dropped())) }
            td data-label="Why, and where they are" {
                @if receipt.rows_dropped.is_empty() { span.quiet { "None left out" } }
                @else { ul { @for (reason, rows) in &receipt.rows_dropped {
                    li dir="auto" { (number::count(*rows)) ": " (reason) }
                } } }
                @if let Some(file) = &receipt.dropped_file { span.note { "In " code { (file) } } }
                @if !receipt.balances() { strong.failed { "Read is not kept + left out." } }
            }
        }
    }
}

/// What the verdicts and grades mean.
pub(super) fn glossary() -> Markup {
    html! {
        section.appendix aria-labelledby="words" {
            h2 id="words" { "What the words mean" }
            h3 { "Verdicts" }
            dl.glossary {
                @for one in words::VERDICTS {
                    div { dt { (verdict(one)) } dd { (words::verdict_meaning(one)) } }
                }
            }
            h3 { "Grades of evidence" }
            dl.glossary.grades {
                @for (level, meaning) in words::MARYLAND.iter().enumerate() {
                    div { dt { (level) } dd { (meaning) } }
                }
            }
            p.quiet { (words::MARYLAND_SOURCE) }
            h3 { "Terms" }
            dl.glossary {
                @for (term, meaning) in words::TERMS {
                    div { dt { (term) } dd { (meaning) } }
                }
            }
        }
    }
}

/// Which program made this from which strategy.
pub(super) fn footer(findings: &Findings) -> Markup {
    html! {
        footer {
            p {
                "Made by " bdi { (findings.program) } " · format " code { (findings.schema) }
                " · strategy SHA-256 " code { (words::short_digest(&findings.strategy.digest)) } "…"
            }
            p { "The same figures at full precision, and whole digests, are in " code { "findings.json" } "." }
        }
    }
}
