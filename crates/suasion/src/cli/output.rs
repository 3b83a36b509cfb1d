//! Printing: results to standard output, everything else to standard error.
//!
//! Colours follow the terminal and `NO_COLOR`; widths follow the terminal, and are 100 columns without one.

use std::io::{self, IsTerminal as _, Write as _};

use anstream::AutoStream;
use suasion_model::Source;
use suasion_model::diagnostic::{Diagnostic, Severity, Style};

/// Columns where there is no terminal.
const WIDTH: usize = 100;

/// The narrowest that text is set to; below this, lines break where the terminal breaks them.
const NARROWEST: usize = 30;

/// Where a command prints.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    quiet: bool,
}

impl Output {
    pub(super) fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    pub(super) fn is_quiet(self) -> bool {
        self.quiet
    }

    /// Prints a result.
    pub(super) fn result(self, text: &str) -> anyhow::Result<()> {
        let mut stdout = anstream::stdout();
        stdout.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            stdout.write_all(b"\n")?;
        }
        stdout.flush()?;
        Ok(())
    }

    /// Prints a remark, unless it should be quiet.
    pub(super) fn note(self, text: &str) -> anyhow::Result<()> {
        if self.quiet {
            return Ok(());
        }
        let mut stderr = anstream::stderr();
        writeln!(stderr, "{text}")?;
        Ok(())
    }

    /// Prints why nothing came of it.
    pub(super) fn failure(self, error: &anyhow::Error) {
        let mut stderr = anstream::stderr();
        // There is nowhere left to report that standard error is closed.
        let _ = writeln!(stderr, "error: {error:#}");
    }

    /// Prints problems with the input, and how many there are.
    pub(super) fn problems(self, source: &Source, problems: &[Diagnostic]) -> anyhow::Result<()> {
        if problems.is_empty() {
            return Ok(());
        }
        let style = Style { colour: colour(&io::stderr()), width: width(io::stderr().is_terminal()) };
        let mut stderr = anstream::stderr();
        stderr.write_all(text_of(source, problems, style).as_bytes())?;
        Ok(())
    }

    /// Prints problems with the input for programs.
    pub(super) fn problems_as_json(self, source: &Source, problems: &[Diagnostic]) -> anyhow::Result<()> {
        let records: Vec<_> = problems.iter().map(|problem| problem.record(source)).collect();
        let list = std::collections::BTreeMap::from([("diagnostics", records)]);
        self.result(&serde_json::to_string_pretty(&list)?)
    }

    /// How findings are drawn on standard output.
    pub(super) fn style(self) -> Style {
        Style { colour: colour(&io::stdout()), width: width(io::stdout().is_terminal()) }
    }
}

/// Problems as text, and how many there are.
pub(super) fn text_of(source: &Source, problems: &[Diagnostic], style: Style) -> String {
    let mut text = String::new();
    for problem in problems {
        text.push_str(&problem.render(source, style));
        text.push_str("\n\n");
    }
    text.push_str(&count(problems));
    text.push('\n');
    text
}

/// `2 errors, 1 warning`.
fn count(problems: &[Diagnostic]) -> String {
    let of = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let number = |count: usize, noun: &str| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        several => Some(format!("{several} {noun}s")),
    };
    [number(of(Severity::Error), "error"), number(of(Severity::Warning), "warning")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// Whether an error means that nobody reads on.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

fn colour<S: anstream::stream::RawStream>(stream: &S) -> bool {
    AutoStream::choice(stream) != anstream::ColorChoice::Never
}

fn width(terminal: bool) -> usize {
    if !terminal {
        return WIDTH;
    }
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(NARROWEST, 120))
}
