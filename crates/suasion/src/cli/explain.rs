//! `suasion explain`: what a diagnostic means, why it matters, and how it is mended.

use anyhow::bail;
use clap::Args;
use suasion_model::data_rules::{DATA_RULES, DataRule, Example, data_rule};
use suasion_model::rules::{self, RULES, Rule};

use super::CLEAN;
use super::output::Output;
use crate::render::text::wrap;

/// Explain a diagnostic: what it finds, why that matters, an example, and the same mended.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  suasion explain                       every code, and what it finds
  suasion explain foggy-objective       one of them in full
  suasion explain 'error[boast]'        the same, as it stands in a message")]
pub(super) struct Explain {
    /// The code, as it stands in the brackets.
    code: Option<String>,
}

/// Narrower than this, what a code finds stands below it.
const ROOMY: usize = 60;

pub(super) fn run(explain: &Explain, output: Output) -> anyhow::Result<u8> {
    let width = output.style().width;
    let Some(written) = &explain.code else {
        output.result(&list(width))?;
        return Ok(CLEAN);
    };
    let code = plain(written);
    if let Some(rule) = rules::rule(&code) {
        output.result(&page(rule, width))?;
    } else if let Some(rule) = data_rule(&code) {
        output.result(&data_page(rule, width))?;
    } else {
        let near =
            rules::nearest_code(&code).map_or_else(String::new, |near| format!("did you mean `{near}`? "));
        bail!("failed to find the diagnostic `{written}`: {near}`suasion explain` lists them all");
    }
    Ok(CLEAN)
}

/// A code as the tables have it, from one as it stands in a message: `error[boast]`, `boast:`, `BOAST`.
fn plain(written: &str) -> String {
    let inner = written.split_once('[').map_or(written, |(_, inner)| inner);
    let inner = inner.split_once(']').map_or(inner, |(inner, _)| inner);
    let ends = |c: char| !c.is_alphanumeric();
    inner.trim_matches(ends).to_lowercase().replace([' ', '_'], "-")
}

fn list(width: usize) -> String {
    let of_strategies: Vec<(&str, &str)> = RULES.iter().map(|rule| (rule.code, rule.finds)).collect();
    let of_data: Vec<(&str, &str)> = DATA_RULES.iter().map(|rule| (rule.code, rule.finds)).collect();
    let longest = of_strategies.iter().chain(&of_data).map(|(code, _)| code.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (title, codes) in
        [("In a strategy (suasion check):", of_strategies), ("In data (suasion ingest):", of_data)]
    {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("{title}\n\n"));
        for (code, finds) in codes {
            if width < ROOMY {
                text.push_str(&format!("{code}\n"));
                for line in wrap(finds, width - 2) {
                    text.push_str(&format!("  {line}\n"));
                }
                continue;
            }
            for (at, line) in wrap(finds, width - longest - 2).iter().enumerate() {
                let head = if at == 0 { code } else { "" };
                text.push_str(&format!("{head:<longest$}  {line}\n"));
            }
        }
    }
    text
}

fn page(rule: &Rule, width: usize) -> String {
    let mut text = head(rule.code, rule.severity_words(), rule.finds, rule.why, width);
    block(&mut text, "Found in:", rule.bad);
    block(&mut text, "Mended:", rule.good);
    if !rule.may_be_lowered() {
        text.push_str("A strategy cannot allow it.\n");
    }
    text.trim_end().to_string() + "\n"
}

fn data_page(rule: &DataRule, width: usize) -> String {
    let mut text = head(rule.code, rule.severity_words(), rule.finds, rule.why, width);
    if let Some(Example { bad, good }) = &rule.example {
        if bad.dataset == good.dataset {
            block(&mut text, "In a dataset:", bad.dataset);
            block(&mut text, "Found in:", &bad.text());
            block(&mut text, "Mended:", &good.text());
        } else {
            block(&mut text, "In a file:", &bad.text());
            block(&mut text, "Found in:", bad.dataset);
            block(&mut text, "Mended:", good.dataset);
        }
    }
    text.trim_end().to_string() + "\n"
}

fn head(code: &str, severity: &str, finds: &str, why: &str, width: usize) -> String {
    let mut text = String::new();
    for paragraph in [format!("{code} ({severity})"), format!("Finds {finds}."), why.replace('*', "")] {
        for line in wrap(&paragraph, width) {
            text.push_str(&line);
            text.push('\n');
        }
        text.push('\n');
    }
    text
}

/// Lines of an example, as they are however narrow the terminal.
fn block(text: &mut String, title: &str, example: &str) {
    text.push_str(&format!("{title}\n\n"));
    for line in example.lines() {
        text.push_str(if line.is_empty() { "" } else { "    " });
        text.push_str(line);
        text.push('\n');
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use suasion_model::data_rules::DATA_RULES;
    use suasion_model::rules::RULES;

    use super::{data_page, list, page, plain};

    #[test]
    fn a_code_is_known_however_it_is_copied() {
        for written in
            ["boast", "Boast", "BOAST", "error[boast]", "warning[boast]:", "boast:", "[boast]", " `boast` "]
        {
            assert_eq!(plain(written), "boast", "{written}");
        }
        assert_eq!(plain("Foggy Objective"), "foggy-objective");
        assert_eq!(plain("error[missing_column]: visits.csv has no column"), "missing-column");
    }

    #[test]
    fn narrow_text_breaks_between_words_and_examples_do_not_break() {
        let whole = |text: &str| text.split_whitespace().map(str::to_string).collect::<Vec<_>>();
        for (narrow, wide) in RULES
            .iter()
            .map(|rule| (page(rule, 40), page(rule, 400)))
            .chain(DATA_RULES.iter().map(|rule| (data_page(rule, 40), data_page(rule, 400))))
            .chain([(list(40), list(50))])
        {
            assert_eq!(whole(&narrow), whole(&wide), "no word is broken");
            for line in narrow.lines() {
                let example = line.starts_with("    ");
                assert!(example || line.chars().count() <= 40, "{line}");
                assert!(!example || wide.lines().any(|other| other == line), "{line}");
            }
        }
    }
}
