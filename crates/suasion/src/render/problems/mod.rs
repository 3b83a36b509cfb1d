//! What is wrong with a strategy, for people and for programs.

mod github;
mod sarif;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstream::adapter::strip_str;
use suasion_model::Source;
use suasion_model::diagnostic::{Diagnostic, Severity, Style};
use suasion_model::rules::{AllowedProblems, NotChecked, Report};
use suasion_model::source::Span;

use super::text::{clean, fold, number_of, visible, width};

pub use github::github;
pub use sarif::{sarif, unreadable_sarif};

/// As many are shown to people at once; programs get them all.
const SHOWN: usize = 50;

/// Problems as text, the first of them in full, and how many there are. Prose is broken into lines of so many `columns`,
/// where there is a terminal that has them.
pub fn text(source: &Source, problems: &[Diagnostic], style: Style, columns: Option<usize>) -> String {
    let mut text = String::new();
    for problem in problems.iter().take(SHOWN) {
        match columns {
            Some(columns) => text.push_str(&folded(source, problem, style, columns)),
            None => text.push_str(&problem.render(source, style)),
        }
        text.push_str("\n\n");
    }
    if let Some(more) = problems.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let _ = writeln!(text, "… and {more} more; `--format json` lists them all\n");
    }
    text.push_str(&count(problems));
    text.push('\n');
    if let Some(first) = problems.first() {
        let page = format!("why that matters, with an example mended: `suasion explain {}`", first.code);
        let _ = writeln!(text, "{}", columns.map_or(page.clone(), |columns| fold(&page, columns, 2)));
    }
    text
}

/// A problem whose prose is folded. Labels that have no room beside their marks become notes.
fn folded(source: &Source, problem: &Diagnostic, style: Style, columns: usize) -> String {
    let has_room = |span: Span, label: &str| {
        let (line, start) = source.line_and_column(span.start);
        let (_, end) = source.line_and_column(span.end);
        line.to_string().len() + 4 + start.max(end) + width(label) <= columns
    };
    let mut problem = problem.clone();
    let mut said = Vec::new();
    if problem.span().is_some_and(|span| !has_room(span, &problem.label)) {
        said.push(std::mem::take(&mut problem.label));
    }
    problem.labels.retain(|label| {
        let stays = has_room(label.span, &label.text);
        if !stays {
            said.push(format!("line {}: {}", source.line_and_column(label.span.start).0, label.text));
        }
        stays
    });
    said.extend(problem.reason.take());
    problem.reason = said.into_iter().filter(|text| !text.is_empty()).reduce(|text, next| {
        let stop = if text.ends_with(['?', '.']) { "" } else { ";" };
        format!("{text}{stop} {next}")
    });
    let rendered = problem.render(source, style);
    let lines = rendered.lines().enumerate().map(|(at, line)| match hang(&strip_str(line).to_string()) {
        _ if at == 0 => fold(line, columns, 2),
        Some(hang) => fold(line, columns, hang),
        None => line.to_string(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Columns before the words of a note; none where the line is none.
fn hang(line: &str) -> Option<usize> {
    let note = line.trim_start();
    let words = ["= note: ", "= help: "].iter().find(|words| note.starts_with(**words))?;
    Some(line.len() - note.len() + words.len())
}

/// Problems as one line each, which editors and `grep` read: place, severity, code, headline; and how many there are.
pub fn short(source: &Source, problems: &[Diagnostic]) -> String {
    let mut text = String::new();
    for problem in problems {
        let (file, start, _) = problem.position(source);
        let _ = write!(text, "{}", clean(&visible(file)));
        if let Some(start) = start {
            let _ = write!(text, ":{}", start.line);
            if let Some(column) = start.column {
                let _ = write!(text, ":{column}");
            }
        }
        let severity = problem.severity.word();
        let _ = writeln!(text, ": {severity}[{}]: {}", problem.code, clean(&visible(&problem.headline)));
    }
    if !problems.is_empty() {
        let _ = writeln!(text, "{}", count(problems));
    }
    text
}

/// What the strategy lives with, and what could not be looked at; nothing where there is neither.
pub fn remarks(report: &Report) -> String {
    let mut text = String::new();
    for AllowedProblems { code, count, reason, .. } in &report.allowed {
        let times = if *count == 1 { "once".to_string() } else { format!("{count} times") };
        let _ = writeln!(text, "allowed: {code}, {times}: {}", clean(&visible(reason)));
    }
    let mut not_checked = report.not_checked.iter().peekable();
    while let Some(NotChecked { code, what, why }) = not_checked.next() {
        // One line says it of everything that lacks the same.
        let mut all = vec![what.as_str()];
        while let Some(next) = not_checked.next_if(|next| next.code == *code && next.why == *why) {
            all.push(&next.what);
        }
        let _ = writeln!(text, "not checked: {code} of {}, without {why}", clean(&visible(&all.join(", "))));
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
