//! What is wrong with a strategy, for people and for programs.

mod github;
mod sarif;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use suasion_model::Source;
use suasion_model::diagnostic::{Diagnostic, Severity, Style};
use suasion_model::rules::{AllowedProblems, NotChecked, Report};

use super::text::{clean, number_of};

pub use github::github;
pub use sarif::sarif;

/// As many are shown to people at once; programs get them all.
const SHOWN: usize = 50;

/// Problems as text, the first of them in full, and how many there are.
pub fn text(source: &Source, problems: &[Diagnostic], style: Style) -> String {
    let mut text = String::new();
    for problem in problems.iter().take(SHOWN) {
        text.push_str(&problem.render(source, style));
        text.push_str("\n\n");
    }
    if let Some(more) = problems.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let _ = writeln!(text, "… and {more} more; `--format json` lists them all\n");
    }
    text.push_str(&count(problems));
    text.push('\n');
    text
}

/// Problems as one line each, which editors and `grep` read: place, severity, code, headline; and how many there are.
pub fn short(source: &Source, problems: &[Diagnostic]) -> String {
    let mut text = String::new();
    for problem in problems {
        let (file, start, _) = problem.position(source);
        let _ = write!(text, "{}", clean(file));
        if let Some(start) = start {
            let _ = write!(text, ":{}", start.line);
            if let Some(column) = start.column {
                let _ = write!(text, ":{column}");
            }
        }
        let severity = problem.severity.word();
        let _ = writeln!(text, ": {severity}[{}]: {}", problem.code, clean(&problem.headline));
    }
    if !problems.is_empty() {
        let _ = writeln!(text, "{}", count(problems));
    }
    text
}

/// What the strategy lives with, and what could not be looked at; nothing where there is neither.
pub fn remarks(report: &Report) -> String {
    let mut text = String::new();
    for AllowedProblems { code, count, reason } in &report.allowed {
        let times = if *count == 1 { "once".to_string() } else { format!("{count} times") };
        let _ = writeln!(text, "allowed: {code}, {times}: {reason}");
    }
    let mut not_checked = report.not_checked.iter().peekable();
    while let Some(NotChecked { code, what, why }) = not_checked.next() {
        // One line says it of everything that lacks the same.
        let mut all = vec![what.as_str()];
        while let Some(next) = not_checked.next_if(|next| next.code == *code && next.why == *why) {
            all.push(&next.what);
        }
        let _ = writeln!(text, "not checked: {code} of {}, without {why}", all.join(", "));
    }
    text
}

/// Problems with an input for programs.
pub fn json(source: &Source, problems: &[Diagnostic]) -> serde_json::Result<String> {
    let records: Vec<_> = problems.iter().map(|problem| problem.record(source)).collect();
    serde_json::to_string_pretty(&BTreeMap::from([("diagnostics", records)]))
}

/// A whole report for programs.
pub fn report_json(source: &Source, report: &Report) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&report.record(source))
}

/// `2 errors, 1 warning`.
fn count(problems: &[Diagnostic]) -> String {
    let of = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let number = |count: usize, noun: &str| (count > 0).then(|| number_of(count, noun));
    [number(of(Severity::Error), "error"), number(of(Severity::Warning), "warning")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}
