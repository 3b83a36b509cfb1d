//! How long a strategy of ten thousand lines takes to check, and how much memory; then how long a million bytes take
//! that were made to be bad: `cargo bench -p suasion-model`.
//!
//! Prints the median, least and most of the runs, and the most memory that the process held for strategies (Linux only).

use std::fmt::Write as _;
use std::time::Instant;

use suasion_model::diagnostic::Style;
use suasion_model::{Source, check};

const RUNS: usize = 21;
const LINES: usize = 10_000;
const BYTES: usize = 1_000_000;

/// What a million bytes are made of: how they begin, what is repeated from there on, and how they end.
const HOSTILE: [(&str, &str, &str); 12] = [
    ("claim = [", "{},", "]"),
    ("threats = [", "{},", "]"),
    ("", "[[claim]]\n", ""),
    ("", "[[objective]]\nid = \"o\"\n", ""),
    ("", "a = 1\n", ""),
    ("", "[\n", ""),
    ("a = ", "[", ""),
    ("a = ", "{ b = ", ""),
    ("", "\"\"\"\n[[claim]]\n", ""),
    ("[[objective]]\n", "statement = \"Win the election\"\n", ""),
    ("a = \"", "\u{202e}👩‍🚀", ""),
    ("", "\0\r\t", ""),
];

/// As many lines of objectives, indicators, partners and initiatives; with a misspelt key in every seventh group, if
/// there are to be problems.
fn strategy(problems: bool) -> String {
    let mut text = String::from(
        "[strategy]\nschema = 1\ntitle = \"T\"\nprincipal = \"NLD\"\nowner = \"O\"\ndecision = \"Go on, or stop\"\n\n",
    );
    let mut group = 0;
    while text.lines().count() < LINES {
        let horizon = if problems && group % 7 == 0 { "horizont" } else { "horizon" };
        // A string takes whatever is written.
        let _ = write!(
            text,
            "[[objective]]\nid = \"o{group}\"\nstatement = \"More people visit town {group}\"\ndecision = \"Go on, or stop\"\n\
             audience = \"domestic\"\noutcome = \"i{group}\"\nbaseline = {{ period = 2019, value = 100 }}\n\
             target = {{ period = 2024, value = 120 }}\nsmallest_effect = \"5 %\"\n{horizon} = 2024\nowner = \"O\"\n\n\
             [[indicator]]\nid = \"i{group}\"\nlabel = \"Visits\"\nkind = \"outcome\"\nunit = \"visits\"\nof = [\"domestic\"]\n\n\
             [[partner]]\nid = \"p{group}\"\nname = \"P\"\nkind = \"organisation\"\ncloseness = \"independent\"\n\
             asks = \"Tell\"\ngains = \"Guests\"\n\n\
             [[initiative]]\nid = \"n{group}\"\nkind = \"event\"\nserves = [\"o{group}\"]\nwith = [\"p{group}\"]\nstarts = 2020\n\n"
        );
        group += 1;
    }
    text
}

#[expect(clippy::disallowed_methods, reason = "how long a check takes is what this prints")]
fn main() {
    for (name, problems) in [("without misspelt keys", false), ("with misspelt keys", true)] {
        let text = strategy(problems);
        let mut seconds = Vec::new();
        let mut found = 0;
        for _ in 0..RUNS {
            let start = Instant::now();
            let source = Source::new("strategy.toml", text.clone());
            let diagnostics = check(&source, None).1.diagnostics;
            let shown: usize =
                diagnostics.iter().take(50).map(|one| one.render(&source, Style::PLAIN).len()).sum();
            seconds.push(start.elapsed().as_secs_f64());
            found = diagnostics.len().max(shown.min(1));
        }
        seconds.sort_by(f64::total_cmp);
        println!(
            "{} lines {name}, {found} problems: {:.1} ms ({:.1} to {:.1})",
            text.lines().count(),
            1e3 * seconds[RUNS / 2],
            1e3 * seconds[0],
            1e3 * seconds[RUNS - 1]
        );
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM: not known here");
    println!("most memory held: {}", most.trim_start_matches("VmHWM:").trim());
    for (head, piece, tail) in HOSTILE {
        let text = head.to_string() + &piece.repeat((BYTES - head.len()) / piece.len()) + tail;
        let start = Instant::now();
        let source = Source::new("strategy.toml", text);
        let report = check(&source, None).1;
        let shown = report.diagnostics.iter().take(50).map(|one| one.render(&source, Style::PLAIN).len());
        let shown: usize = shown.sum();
        let in_text = start.elapsed().as_secs_f64();
        let json = serde_json::to_string_pretty(&report.record(&source)).map_or(0, |json| json.len());
        println!(
            "{:?} again and again, {} problems: {:.2} s with the first 50 in text ({shown} bytes), {:.2} s with all in JSON ({json} bytes)",
            head.to_string() + piece,
            report.diagnostics.len(),
            in_text,
            start.elapsed().as_secs_f64(),
        );
    }
}
