//! `suasion explain`: what a diagnostic means, why it matters, and how it is mended.

use anyhow::bail;
use clap::Args;
use suasion_model::rules::{self, RULES, Rule};

use super::CLEAN;
use super::output::Output;
use crate::render::text::wrap;

/// Explain a diagnostic: what it finds, why that matters, an example, and the same mended.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  suasion explain                       every code, and what it finds
  suasion explain foggy-objective       one of them in full")]
pub(super) struct Explain {
    /// The code, as it stands in the brackets.
    code: Option<String>,
}

pub(super) fn run(explain: &Explain, output: Output) -> anyhow::Result<u8> {
    let Some(code) = &explain.code else {
        output.result(&list(output.style().width))?;
        return Ok(CLEAN);
    };
    let Some(rule) = rules::rule(code) else {
        let near =
            rules::nearest_code(code).map_or_else(String::new, |near| format!("did you mean `{near}`? "));
        bail!("failed to find the diagnostic `{code}`: {near}`suasion explain` lists them all");
    };
    output.result(&page(rule, output.style().width))?;
    Ok(CLEAN)
}

fn list(width: usize) -> String {
    let longest = RULES.iter().map(|rule| rule.code.len()).max().unwrap_or(0);
    let indent = " ".repeat(longest + 2);
    let mut text = String::new();
    for rule in RULES {
        let lines = wrap(rule.finds, width.saturating_sub(longest + 2));
        for (at, line) in lines.iter().enumerate() {
            let head = if at == 0 { format!("{:<longest$}  ", rule.code) } else { indent.clone() };
            text.push_str(&format!("{head}{line}\n"));
        }
    }
    text
}

fn page(rule: &Rule, width: usize) -> String {
    let mut text = format!("{} ({})\n\n", rule.code, rule.severity_words());
    for paragraph in [format!("Finds {}.", rule.finds), rule.why.replace('*', "")] {
        for line in wrap(&paragraph, width) {
            text.push_str(&line);
            text.push('\n');
        }
        text.push('\n');
    }
    for (title, example) in [("Found in:", rule.bad), ("Mended:", rule.good)] {
        text.push_str(&format!("{title}\n\n"));
        for line in example.lines() {
            text.push_str(if line.is_empty() { "" } else { "    " });
            text.push_str(line);
            text.push('\n');
        }
        text.push('\n');
    }
    if !rule.may_be_lowered() {
        text.push_str("A strategy cannot allow it.\n");
    }
    text.trim_end().to_string() + "\n"
}
