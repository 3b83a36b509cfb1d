//! What holds of every text whatever it holds: asserted by the tests of the kept corpus and by the fuzz target.

use serde_json::Value;
use suasion_model::diagnostic::{Diagnostic, Fix, Label, Style};
use suasion_model::rules::Report;
use suasion_model::{Source, Span, check};

/// Most diagnostics of a text that are drawn, and most fixes that are tried.
const LOOKED_AT: usize = 20;

/// A section that has nothing to do with any other.
const UNRELATED: &str =
    "\n[[issue]]\nid = \"of-nothing-else\"\nlabel = \"Something else\"\nkeywords = [\"else\"]\n";

/// Panics where one of them does not hold.
pub(crate) fn hold(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let source = Source::new("strategy.toml", text.as_ref());
    let report = checked(&source);
    each_is_in_the_text_and_can_be_shown(&source, &report);
    they_come_in_the_order_of_the_text(&report);
    the_same_text_gives_the_same_report(&source, &report);
    line_breaks_make_no_difference(&source, &report);
    an_unrelated_section_makes_no_difference(&source, &report);
    no_fix_breaks_the_syntax(&source, &report);
}

fn checked(source: &Source) -> Report {
    check(source, None).1
}

fn span(diagnostic: &Diagnostic) -> Span {
    diagnostic.span().expect("a strategy's diagnostics are in the strategy")
}

fn n_syntax(report: &Report) -> usize {
    report.diagnostics.iter().filter(|diagnostic| diagnostic.code == "syntax").count()
}

fn each_is_in_the_text_and_can_be_shown(source: &Source, report: &Report) {
    let text = source.text();
    for (at, diagnostic) in report.diagnostics.iter().enumerate() {
        let code = diagnostic.code;
        let labels = diagnostic.labels.iter().map(|label: &Label| label.span);
        let fixes = diagnostic.fix.iter().map(|fix: &Fix| fix.span);
        for Span { start, end } in labels.chain(fixes).chain([span(diagnostic)]) {
            assert!(start <= end && end <= text.len(), "{code}: {start}..{end} of {}", text.len());
            assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{code}: {start}..{end}");
        }
        assert!(!diagnostic.headline.trim().is_empty(), "{code}: no headline");
        assert!(!diagnostic.headline.contains(['\n', '\r']), "{code}: {:?}", diagnostic.headline);
        assert!(!diagnostic.label.is_empty(), "{code}: no label");
        let record = serde_json::to_value(diagnostic.record(source)).expect("a record");
        let line = |end: &str| record[end]["line"].as_u64().expect("a line");
        assert!(line("start") <= line("end"), "{record}");
        if at < LOOKED_AT {
            assert!(diagnostic.render(source, Style::PLAIN).contains(code), "{code}: not shown");
        }
    }
}

fn they_come_in_the_order_of_the_text(report: &Report) {
    for pair in report.diagnostics.windows(2) {
        assert!(span(&pair[0]) <= span(&pair[1]), "{pair:?}");
    }
}

fn the_same_text_gives_the_same_report(source: &Source, report: &Report) {
    let again = checked(source);
    assert_eq!(again.diagnostics, report.diagnostics);
    assert_eq!(again.not_checked, report.not_checked);
    assert_eq!(again.allowed, report.allowed);
}

/// Codes, lines and columns are those of the same text with `\r\n`, wherever they were.
fn line_breaks_make_no_difference(source: &Source, report: &Report) {
    if source.text().contains('\r') {
        return;
    }
    let twin = Source::new("strategy.toml", source.text().replace('\n', "\r\n"));
    assert_eq!(places(&twin, &checked(&twin)), places(source, report));
}

fn places(source: &Source, report: &Report) -> Vec<(&'static str, Value, Value)> {
    let record = |diagnostic: &Diagnostic| serde_json::to_value(diagnostic.record(source)).expect("a record");
    report
        .diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.code, record(diagnostic)))
        .map(|(code, record)| (code, record["start"].clone(), record["end"].clone()))
        .collect()
}

/// Unless the section is itself at fault, because the text says `issue` where it says something else.
fn an_unrelated_section_makes_no_difference(source: &Source, report: &Report) {
    let text = source.text();
    // A carriage return at the end would become part of a line break.
    if text.ends_with('\r') {
        return;
    }
    let longer = Source::new("strategy.toml", format!("{text}{UNRELATED}"));
    let longer_report = checked(&longer);
    if longer_report.diagnostics.iter().all(|diagnostic| span(diagnostic).start <= text.len()) {
        assert_eq!(places(&longer, &longer_report), places(source, report));
    }
}

fn no_fix_breaks_the_syntax(source: &Source, report: &Report) {
    let fixes: Vec<&Fix> =
        report.diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.as_ref()).collect();
    let fixed = |fixes: &[&Fix]| {
        let mut text = source.text().to_string();
        let mut from = text.len();
        for fix in
            fixes.iter().rev().filter(|fix| std::mem::replace(&mut from, fix.span.start) >= fix.span.end)
        {
            text.replace_range(fix.span.start..fix.span.end, &fix.text);
        }
        n_syntax(&checked(&Source::new("strategy.toml", text)))
    };
    let before = n_syntax(report);
    for fix in fixes.iter().take(LOOKED_AT) {
        assert!(fixed(&[fix]) <= before, "{fix:?}");
    }
    assert!(fixed(&fixes) <= before, "{fixes:?}");
}
