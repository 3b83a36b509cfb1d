//! `suasion init`: a strategy to start from, asked for in a few questions.

use std::collections::BTreeMap;
use std::io::{BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use suasion_model::Source;
use suasion_model::diagnostic::{Diagnostic, Severity};

use super::CLEAN;
use super::output::Output;

/// Start a strategy: asks a few questions and writes a strategy.toml to go on with.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  suasion init                  in this folder
  suasion init my-strategy      in a folder of its own, made if need be
  suasion init --defaults       ask nothing: an example to be changed
  suasion init --principal FRA --outcome \"Students from abroad\" --baseline 2024=410000 --target 2030=480000

What a flag says is not asked. Without a terminal nothing is asked, and the example stands for what no flag says. \
Nothing is ever overwritten.")]
pub(super) struct Init {
    /// The folder.
    #[arg(default_value = ".")]
    folder: PathBuf,

    /// Ask nothing.
    #[arg(long)]
    defaults: bool,

    /// What the strategy is about, in a line.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    /// On whose behalf: a country's ISO code, or an organisation's name.
    #[arg(long, value_name = "CODE")]
    principal: Option<String>,

    /// Who answers for it.
    #[arg(long, value_name = "TEXT")]
    owner: Option<String>,

    /// What will be decided by the answers.
    #[arg(long, value_name = "TEXT")]
    decision: Option<String>,

    /// What is wanted, in a sentence.
    #[arg(long, value_name = "TEXT")]
    statement: Option<String>,

    /// From whom it is wanted.
    #[arg(long, value_name = "TEXT")]
    audience: Option<String>,

    /// What would show it: something that people do or hold.
    #[arg(long, value_name = "TEXT")]
    outcome: Option<String>,

    /// The unit that is counted in.
    #[arg(long, value_name = "TEXT")]
    unit: Option<String>,

    /// Where it was done, as the figures name it.
    #[arg(long, value_name = "NAME")]
    treated: Option<String>,

    /// When it begins: 2020, 2020-05 or 2020-05-01.
    #[arg(long, value_name = "PERIOD")]
    starts: Option<String>,

    /// Where it stood.
    #[arg(long, value_name = "PERIOD=NUMBER")]
    baseline: Option<String>,

    /// Where it should stand.
    #[arg(long, value_name = "PERIOD=NUMBER")]
    target: Option<String>,

    /// The least effect that would change the decision: a number, or a share.
    #[arg(long, value_name = "EFFECT")]
    smallest_effect: Option<String>,
}

/// A strategy with blanks, each a name in braces.
const TEMPLATE: &str = include_str!("init.toml");

/// What replaces a blank: the ends of the blanks' names, each with its value in TOML.
type Written = Vec<(String, String)>;

/// Something that the template has a blank for.
struct Blank {
    /// Its name in the template.
    name: &'static str,
    /// What is asked.
    question: &'static str,
    /// What stands there if nobody says.
    example: &'static str,
    /// How an answer is written in TOML.
    write: fn(&str) -> Option<Written>,
    /// What a good answer looks like, said when one is not.
    hint: &'static str,
}

const fn text(name: &'static str, question: &'static str, example: &'static str) -> Blank {
    Blank { name, question, example, write: |answer| quoted(answer).map(one), hint: "say it in a few words" }
}

/// The blanks, in the order in which they are asked for.
const BLANKS: [Blank; 13] = [
    text("title", "What is the strategy about, in a line?", "Our festival: did they come because of us?"),
    text("principal", "On whose behalf (a country's ISO code, or an organisation)?", "NLD"),
    text("owner", "Who answers for it?", "Culture department"),
    text(
        "decision",
        "What will be decided by the answers?",
        "Fund the festival again, change it, or stop it",
    ),
    text("statement", "What is wanted, in a sentence?", "More people visit because of the festival"),
    text("audience", "From whom?", "Leisure travellers from neighbouring countries"),
    text("outcome", "What would show it (what people do or hold, never likes)?", "Overnight visits"),
    text("unit", "Counted in which unit?", "visits"),
    text("treated", "Where is it done, as the figures name the place?", "Utrecht"),
    Blank {
        name: "starts",
        question: "When does it begin?",
        example: "2020",
        write: |answer| period(answer).map(one),
        hint: "write 2020, 2020-05 or 2020-05-01",
    },
    Blank {
        name: "baseline",
        question: "Where did it stand (period=number)?",
        example: "2019=100000",
        write: measurement,
        hint: "write a period and a number: 2019=100000",
    },
    Blank {
        name: "target",
        question: "Where should it stand (period=number)?",
        example: "2024=120000",
        write: measurement,
        hint: "write a period and a number: 2024=120000",
    },
    Blank {
        name: "smallest_effect",
        question: "Which effect is the least that would change the decision?",
        example: "5 %",
        write: |answer| number(answer).or_else(|| quoted(answer)).map(one),
        hint: "write a share such as 5 %, or a number in the unit",
    },
];

pub(super) fn run(init: &Init, output: Output) -> anyhow::Result<u8> {
    let path = init.folder.join("strategy.toml");
    if path.exists() {
        bail!(
            "failed to write {}: it is there already; remove it first, or name another folder",
            path.display()
        );
    }
    let asks = !init.defaults && !output.is_quiet() && std::io::stdin().is_terminal();
    let mut answers = Answers::new();
    for blank in &BLANKS {
        if let Some(said) = flag(init, blank.name) {
            let flag = blank.name.replace('_', "-");
            (blank.write)(said)
                .with_context(|| format!("failed to understand --{flag} {said:?}: {}", blank.hint))?;
            answers.insert(blank.name, said.to_string());
        }
    }
    // Nothing is asked about flags that cannot be so together.
    if let Some(problem) = error(&compose(&answers)) {
        bail!("failed to write a strategy from these flags: {}: {}", problem.headline, problem.label);
    }
    for blank in BLANKS.iter().filter(|_| asks) {
        if !answers.contains_key(blank.name) {
            ask(blank, &mut answers, output)?;
        }
    }
    let strategy = compose(&answers);
    std::fs::create_dir_all(&init.folder).with_context(|| {
        format!(
            "failed to make the folder {}: check that no file has its name and that you may write there",
            init.folder.display()
        )
    })?;
    crate::pipeline::write(&path, &strategy)?;
    let argument = argument(&init.folder);
    output.note(&format!(
        "wrote {}\n\nnext: fill it in, put your figures beside it, then\n  suasion check{argument}\n  suasion run{argument}",
        path.display()
    ))?;
    Ok(CLEAN)
}

/// What was answered, by the names of the blanks.
type Answers = BTreeMap<&'static str, String>;

/// The template with every blank filled: by an answer, or by the example that fits the answers.
fn compose(answers: &Answers) -> String {
    let lower = matches!(
        (amount("baseline", answers), amount("target", answers)),
        (Some(baseline), Some(target)) if target < baseline
    );
    let mut strategy = TEMPLATE.replace("{path}", "\"figures.csv\"");
    strategy = strategy.replace("{better}", if lower { "\"lower\"" } else { "\"higher\"" });
    for blank in &BLANKS {
        let answer = answers.get(blank.name).cloned().unwrap_or_else(|| example(blank, answers));
        for (suffix, value) in (blank.write)(&answer).unwrap_or_default() {
            strategy = strategy.replace(&format!("{{{}{suffix}}}", blank.name), &value);
        }
    }
    strategy
}

/// The first error of a strategy.
fn error(strategy: &str) -> Option<Diagnostic> {
    let problems = suasion_model::check(&Source::new("strategy.toml", strategy), None).1.diagnostics;
    problems.into_iter().find(|problem| problem.severity == Severity::Error)
}

/// What stands for a blank if nobody says: its example, with dates that fit what was said of the others.
fn example(blank: &Blank, answers: &Answers) -> String {
    let starts = year("starts", answers);
    let baseline = year("baseline", answers);
    match (blank.name, starts, baseline) {
        ("starts", _, Some(baseline)) => (baseline + 1).to_string(),
        ("baseline", Some(starts), _) => format!("{}=100000", starts - 1),
        ("target", _, _) if starts.is_some() || baseline.is_some() => {
            let begins = starts.or(baseline.map(|baseline| baseline + 1)).unwrap_or_default();
            let from = amount("baseline", answers).unwrap_or(100_000.0);
            format!("{}={}", begins.max(baseline.unwrap_or(begins)) + 4, from + from.abs() / 5.0)
        }
        _ => blank.example.to_string(),
    }
}

/// The year of a date that was answered.
fn year(name: &str, answers: &Answers) -> Option<i32> {
    let answer = answers.get(name)?;
    let period = answer.split('=').next().unwrap_or_default();
    suasion_model::Period::parse(period.trim()).map(suasion_model::Period::year_number)
}

/// The number of a measurement that was answered.
fn amount(name: &str, answers: &Answers) -> Option<f64> {
    answers.get(name)?.split_once('=')?.1.trim().parse().ok()
}

/// What a flag says.
fn flag<'i>(init: &'i Init, name: &str) -> Option<&'i str> {
    let said = match name {
        "title" => &init.title,
        "principal" => &init.principal,
        "owner" => &init.owner,
        "decision" => &init.decision,
        "statement" => &init.statement,
        "audience" => &init.audience,
        "outcome" => &init.outcome,
        "unit" => &init.unit,
        "treated" => &init.treated,
        "starts" => &init.starts,
        "baseline" => &init.baseline,
        "target" => &init.target,
        _ => &init.smallest_effect,
    };
    said.as_deref()
}

/// Asks until the answer makes a strategy without an error; an empty answer takes the example.
fn ask(blank: &Blank, answers: &mut Answers, output: Output) -> anyhow::Result<()> {
    let failed = "failed to ask";
    let example = example(blank, answers);
    loop {
        output.question(&format!("{}\n  [{example}] ", blank.question)).context(failed)?;
        let mut answer = String::new();
        if std::io::stdin().lock().read_line(&mut answer).context(failed)? == 0 {
            bail!("failed to start a strategy: the questions were not answered, and nothing is written");
        }
        let answer = match answer.trim() {
            "" => example.as_str(),
            answer => answer,
        };
        if (blank.write)(answer).is_none() {
            output.question(&format!("  {}\n", blank.hint)).context(failed)?;
            continue;
        }
        answers.insert(blank.name, answer.to_string());
        match error(&compose(answers)) {
            None => return Ok(()),
            Some(problem) => {
                output.question(&format!("  {}: {}\n", problem.headline, problem.label)).context(failed)?;
            }
        }
    }
}

fn one(value: String) -> Written {
    vec![(String::new(), value)]
}

/// A text as TOML writes it: JSON's strings are TOML's, but for the one control character that JSON lets stand. Braces
/// of the template are none of an answer's.
fn quoted(answer: &str) -> Option<String> {
    let answer = answer.trim();
    let json = serde_json::to_string(answer).ok()?;
    (!answer.is_empty()).then(|| json.replace('\u{7f}', "\\u007F").replace('{', "\\u007B"))
}

/// A period as TOML writes it.
fn period(answer: &str) -> Option<String> {
    let period = suasion_model::Period::parse(answer.trim())?.to_string();
    // A month is no date of TOML's.
    Some(if period.len() == 7 { format!("\"{period}\"") } else { period })
}

fn number(answer: &str) -> Option<String> {
    let answer = answer.trim();
    let value: f64 = answer.parse().ok()?;
    let plain = answer.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    let leads = answer.trim_start_matches('-');
    let whole = leads == "0" || leads.starts_with("0.") || !leads.starts_with('0');
    (value.is_finite() && plain && whole && !leads.starts_with('.') && !leads.ends_with('.'))
        .then(|| answer.to_string())
}

/// `2019=100000`, as a period and a number.
fn measurement(answer: &str) -> Option<Written> {
    let (when, value) = answer.split_once('=')?;
    Some(vec![("_period".to_string(), period(when)?), ("_value".to_string(), number(value)?)])
}

/// The folder as it is typed behind a command: not at all where it is this one, and quoted where a shell needs it.
fn argument(folder: &Path) -> String {
    let text = folder.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | ':' | '\\');
    match text.as_str() {
        "." => String::new(),
        text if text.chars().all(plain) => format!(" {text}"),
        text => format!(" '{}'", text.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::argument;

    #[test]
    fn a_folder_can_be_typed_as_it_is_shown() {
        for (folder, typed) in [
            (".", ""),
            ("a/b-c.d_e", " a/b-c.d_e"),
            ("élan", " élan"),
            ("my strategy", " 'my strategy'"),
            ("it's", r" 'it'\''s'"),
            ("$HOME", " '$HOME'"),
        ] {
            assert_eq!(argument(Path::new(folder)), typed);
        }
    }
}
