//! `suasion check --fix`: what has one right answer, shown before it is written.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::Path;

use anyhow::Context as _;
use similar::TextDiff;
use suasion_model::Source;
use suasion_model::diagnostic::{Diagnostic, Fix};

use super::output::Output;
use crate::pipeline::{self, Workspace};
use crate::render::text::{clean, number_of, visible};

/// Changes of a text that do not overlap.
pub(super) struct Fixes {
    count: usize,
    text: String,
}

/// How often a mended text is looked at again: a misspelt key hides what stands behind it.
const PASSES: usize = 8;

impl Fixes {
    /// Makes every fix that the problems offer, and those that show only then, until none is left.
    pub(super) fn of(source: &Source, problems: &[Diagnostic]) -> Self {
        let mut fixes = Self::one_pass(source, problems);
        let mut more = fixes.count;
        for _ in 1..PASSES {
            if more == 0 {
                break;
            }
            let mended = Source::new(source.name(), fixes.text.as_str());
            let next = Self::one_pass(&mended, &suasion_model::check(&mended, None).1.diagnostics);
            more = next.count;
            fixes = Self { count: fixes.count + more, text: next.text };
        }
        fixes
    }

    /// Makes every fix that the problems offer; of two that overlap, the first.
    fn one_pass(source: &Source, problems: &[Diagnostic]) -> Self {
        let mut fixes: Vec<&Fix> = problems.iter().filter_map(|problem| problem.fix.as_ref()).collect();
        fixes.sort_by_key(|fix| fix.span);
        let (mut count, mut at) = (0, 0);
        let mut text = String::with_capacity(source.text().len());
        for fix in fixes {
            let Some(kept) = source.text().get(at..fix.span.start) else { continue };
            text.push_str(kept);
            text.push_str(&fix.text);
            at = fix.span.end;
            count += 1;
        }
        text.push_str(&source.text()[at..]);
        Self { count, text }
    }
}

/// Shows the changes, asks, and writes them; whether they were written.
pub(super) fn offer(workspace: &Workspace, fixes: &Fixes, yes: bool, output: Output) -> anyhow::Result<bool> {
    let source = &workspace.source;
    if fixes.count == 0 {
        output.note("nothing here has one right answer: nothing is changed")?;
        return Ok(false);
    }
    output.verbatim(&diff(source, &fixes.text))?;
    let changes = number_of(fixes.count, "change");
    if !yes {
        if !std::io::stdin().is_terminal() {
            output.note(&format!("nothing is written; `--fix --yes` writes the {changes}"))?;
            return Ok(false);
        }
        if !ask(&format!("write {changes} to {}? [y/N] ", source.name()), output)? {
            output.note("nothing is written")?;
            return Ok(false);
        }
    }
    pipeline::rewrite(Path::new(source.name()), &fixes.text)?;
    output.note(&format!("wrote {changes} to {}\n", source.name()))?;
    Ok(true)
}

/// The changes as a unified diff, made safe for a terminal.
fn diff(source: &Source, text: &str) -> String {
    let name = clean(source.name());
    let diff = TextDiff::from_lines(source.text(), text);
    let unified = diff.unified_diff().context_radius(1).header(&name, &name).to_string();
    visible(&unified.replace("\r\n", "\n")).replace('\r', "\u{fffd}")
}

fn ask(question: &str, output: Output) -> anyhow::Result<bool> {
    let failed = "failed to ask";
    output.question(question).context(failed)?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).context(failed)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
