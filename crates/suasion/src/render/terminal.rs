//! What `suasion run` prints: the answer in four sentences, each finding in a few lines, and what became of the rows.

use anstyle::{AnsiColor, Style as Ansi};
use suasion_model::diagnostic::Style;
use suasion_model::finding::{
    Check, CheckOutcome, Consequence, Finding, Findings, Interval, Number, Plain, Verdict,
};

use super::{text, words};
use suasion_model::number;

/// Columns that prose takes at most, however wide the terminal.
const MEASURE: usize = 88;

/// From here on, names stand beside what they name; below, above it.
const ROOMY: usize = 60;

const BOLD: Ansi = Ansi::new().bold();
const QUIET: Ansi = Ansi::new().dimmed();

/// The findings as lines of text, each at most as wide as the terminal.
pub fn findings(findings: &Findings, style: Style) -> String {
    let mut page = Page { out: String::new(), colour: style.colour, width: style.width.clamp(20, 400) };
    page.lines("", &findings.strategy.title, BOLD);
    page.lines("", &words::on_behalf(&findings.strategy), QUIET);
    page.blank();
    page.plain(&findings.plain);
    for one in &findings.findings {
        page.blank();
        page.finding(one);
    }
    page.blank();
    page.imports(findings);
    page.out
}

struct Page {
    out: String,
    colour: bool,
    width: usize,
}

impl Page {
    fn blank(&mut self) {
        self.out.push('\n');
    }

    fn painted(&self, text: &str, ansi: Ansi) -> String {
        if self.colour { format!("{ansi}{text}{ansi:#}") } else { text.to_string() }
    }

    /// Wrapped lines, each after an indent.
    fn lines(&mut self, indent: &str, text: &str, ansi: Ansi) {
        self.hanging(indent, indent, text, ansi);
    }

    /// Wrapped lines, the first after `first`, the others after `rest`; both are as wide.
    fn hanging(&mut self, first: &str, rest: &str, text: &str, ansi: Ansi) {
        let room = self.width.min(MEASURE).saturating_sub(text::width(rest));
        for (index, line) in text::wrap(text, room).iter().enumerate() {
            let painted = self.painted(line, ansi);
            self.out.push_str(if index == 0 { first } else { rest });
            self.out.push_str(&painted);
            self.out.push('\n');
        }
    }

    fn plain(&mut self, plain: &Plain) {
        for (name, sentence) in plain.sentences() {
            let ansi = if name == "Answer" { BOLD } else { Ansi::new() };
            if self.width >= ROOMY {
                let short = if name.len() > 12 { "To know" } else { name };
                let label = self.painted(&format!("{short:<12}"), QUIET);
                self.hanging(&label, &" ".repeat(12), sentence, ansi);
            } else {
                self.lines("", name, QUIET);
                self.lines("  ", sentence, ansi);
            }
        }
    }

    fn finding(&mut self, one: &Finding) {
        let sign = words::verdict_sign(one.verdict);
        let badge = format!("{sign} {}", words::verdict(one.verdict).to_uppercase());
        let beside = text::width(&badge) + 2;
        let painted = self.painted(&badge, colour_of(one.verdict).bold());
        if self.width >= ROOMY {
            self.hanging(&format!("{painted}  "), &" ".repeat(beside), &one.title, BOLD);
        } else {
            self.out.push_str(&painted);
            self.out.push('\n');
            self.lines("", &one.title, BOLD);
        }
        self.lines("  ", &one.plain.answer, Ansi::new());
        if says_more(one) {
            self.lines("  ", &one.statement, QUIET);
        }
        // A withheld figure is for the auditor, who finds it in the brief.
        if let Some(main) = one.numbers.first().filter(|_| one.verdict != Verdict::Withheld) {
            self.hanging("  → ", "    ", &main_number(main), Ansi::new());
        }
        let mut n_others = 0;
        for check in words::failed_first(&one.checks) {
            let (sign, ansi) = match check.outcome {
                CheckOutcome::Passed => continue,
                CheckOutcome::Failed if !decides(check, one.verdict) => {
                    n_others += 1;
                    continue;
                }
                CheckOutcome::Failed => (words::outcome_sign(check.outcome), AnsiColor::Red.on_default()),
                CheckOutcome::NotRun => (words::outcome_sign(check.outcome), QUIET),
            };
            let sign = self.painted(&sign.to_string(), ansi);
            let line = match check.outcome {
                CheckOutcome::NotRun => format!("Not run: {}", check.asks),
                _ => format!("{} No: {}; needed: {}.", check.asks, check.figure, check.threshold),
            };
            self.hanging(&format!("  {sign} "), "    ", &line, Ansi::new());
        }
        match n_others {
            0 => {}
            1 => self.lines("    ", "1 more check failed; it is in the brief.", QUIET),
            n => self.lines(
                "    ",
                &format!("{} more checks failed; they are in the brief.", number::count(n)),
                QUIET,
            ),
        }
    }

    fn imports(&mut self, findings: &Findings) {
        let sum = |rows: fn(&suasion_model::receipt::Receipt) -> u64| -> u64 {
            findings.imports.iter().map(rows).fold(0, u64::saturating_add)
        };
        let read = sum(|receipt| receipt.rows_read);
        let kept = sum(|receipt| receipt.rows_kept);
        let files = match findings.imports.len() {
            1 => "1 file".to_string(),
            n => format!("{} files", number::count(n as u64)),
        };
        let dropped = sum(suasion_model::receipt::Receipt::dropped);
        let [read, kept, left_out] = [read, kept, dropped].map(number::count);
        self.lines("", &format!("{files}: {read} rows read, {kept} kept, {left_out} dropped."), QUIET);
        for receipt in &findings.imports {
            for (reason, rows) in &receipt.rows_dropped {
                let line = format!("{}: {} dropped: {reason}", receipt.path, number::count(*rows));
                self.hanging("  ", "    ", &line, QUIET);
            }
        }
    }
}

/// Whether the exact statement adds to the answer: a withheld one holds figures not to be quoted, one that was never
/// estimated holds the check that failed, and a description says it all in its answer.
fn says_more(one: &Finding) -> bool {
    let stopped = |check: &Check| {
        check.outcome == CheckOutcome::Failed && check.consequence == Consequence::StopsBeforeEstimate
    };
    !matches!(one.verdict, Verdict::Withheld | Verdict::Descriptive) && !one.checks.iter().any(stopped)
}

/// Whether a failed check is worth its lines: where an answer is withheld, only those that withhold it.
fn decides(check: &Check, verdict: Verdict) -> bool {
    verdict != Verdict::Withheld || check.consequence == Consequence::Withholds
}

fn main_number(main: &Number) -> String {
    let value = number::with_unit(main.value, &main.unit);
    let note = words::interval_note(&main.interval);
    match main.interval {
        Interval::Range { .. } => format!("{}: {value} ({}; {note})", main.label, words::interval(main)),
        Interval::None { .. } => format!("{}: {value} (no interval: {note})", main.label),
    }
}

fn colour_of(verdict: Verdict) -> Ansi {
    match verdict {
        Verdict::Supported => AnsiColor::Green.on_default(),
        Verdict::NotSupported => AnsiColor::Red.on_default(),
        Verdict::CannotTell => AnsiColor::Yellow.on_default(),
        Verdict::Descriptive => AnsiColor::Cyan.on_default(),
        Verdict::Withheld => AnsiColor::Magenta.on_default(),
    }
}
