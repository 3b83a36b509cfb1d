//! Printing: results to standard output, everything else to standard error.
//!
//! Colours follow the terminal and `NO_COLOR`; widths follow the terminal, and are 100 columns without one.

use std::io::{self, IsTerminal as _, Write as _};

use anstream::{AutoStream, ColorChoice};
use anyhow::Context as _;
use suasion_model::Source;
use suasion_model::diagnostic::{Diagnostic, Style};

use crate::render::problems;
use crate::render::text::{fold, visible};

/// Columns where there is no terminal.
const WIDTH: usize = 100;

/// The narrowest that text is set to; below this, lines break where the terminal breaks them.
const NARROWEST: usize = 30;

/// Where a command prints.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    quiet: bool,
    /// Colours on standard output.
    stdout: ColorChoice,
    /// Colours on standard error.
    stderr: ColorChoice,
}

impl Output {
    pub(super) fn new(quiet: bool) -> Self {
        Self { quiet, stdout: AutoStream::choice(&io::stdout()), stderr: AutoStream::choice(&io::stderr()) }
    }

    pub(super) fn is_quiet(self) -> bool {
        self.quiet
    }

    /// Prints a result.
    pub(super) fn result(self, text: &str) -> anyhow::Result<()> {
        let print = || {
            let mut stdout = AutoStream::new(io::stdout(), self.stdout);
            stdout.write_all(text.as_bytes())?;
            if !text.ends_with('\n') {
                stdout.write_all(b"\n")?;
            }
            stdout.flush()
        };
        print().context("failed to print the result")
    }

    /// Prints a remark, unless it should be quiet.
    pub(super) fn note(self, text: &str) -> anyhow::Result<()> {
        // A line that is set in is a command, which is copied as it stands.
        let lines =
            text.split('\n').map(|line| if line.starts_with(' ') { line.to_string() } else { folded(line) });
        self.verbatim(&lines.collect::<Vec<_>>().join("\n"))
    }

    /// Prints a remark whose lines stay as they are, unless it should be quiet.
    pub(super) fn verbatim(self, text: &str) -> anyhow::Result<()> {
        if !self.quiet && !text.is_empty() {
            writeln!(self.stderr(), "{text}")?;
        }
        Ok(())
    }

    /// Asks: prints a question, and leaves the answer room in its last line.
    pub(super) fn question(self, text: &str) -> io::Result<()> {
        let mut stderr = self.stderr();
        stderr.write_all(folded(text).as_bytes())?;
        stderr.flush()
    }

    /// Prints why nothing came of it.
    pub(super) fn failure(self, error: &anyhow::Error) {
        // There is nowhere left to report that standard error is closed.
        let _ = writeln!(self.stderr(), "{}", folded(&format!("error: {}", visible(&sentence(error)))));
    }

    /// Prints problems with the input, and how many there are.
    pub(super) fn problems(self, source: &Source, problems: &[Diagnostic]) -> anyhow::Result<()> {
        if problems.is_empty() {
            return Ok(());
        }
        let colour = self.stderr != ColorChoice::Never;
        let style = Style { colour, width: width(io::stderr().is_terminal()) };
        self.stderr().write_all(
            problems::text(source, problems, style, columns(io::stderr().is_terminal())).as_bytes(),
        )?;
        Ok(())
    }

    /// How findings are drawn on standard output.
    pub(super) fn style(self) -> Style {
        let colour = self.stdout != ColorChoice::Never;
        Style { colour, width: width(io::stdout().is_terminal()) }
    }

    /// Columns that prose on standard output is folded to: nothing is folded where no terminal reads it.
    pub(super) fn columns() -> Option<usize> {
        columns(io::stdout().is_terminal())
    }

    fn stderr(self) -> AutoStream<io::Stderr> {
        AutoStream::new(io::stderr(), self.stderr)
    }
}

/// An error and its causes; those that only say again what was said are left out.
fn sentence(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if text.contains(&cause) {
            continue;
        }
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&cause);
    }
    text
}

/// Whether an error means that nobody reads on.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// Lines for standard error, folded where a terminal reads them.
fn folded(text: &str) -> String {
    let Some(columns) = columns(io::stderr().is_terminal()) else { return text.to_string() };
    text.split('\n').map(|line| fold(line, columns, 2)).collect::<Vec<_>>().join("\n")
}

fn columns(terminal: bool) -> Option<usize> {
    terminal.then(|| width(true))
}

fn width(terminal: bool) -> usize {
    if !terminal {
        return WIDTH;
    }
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(NARROWEST, 120))
}
