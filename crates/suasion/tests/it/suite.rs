//! The worked examples in `tests/suite`: prose, strategy and data in, diagnostic or finding out.
//!
//! A page is Markdown. A fenced block whose info string names a file, such as `toml strategy.toml`, is written to a
//! folder of the page's own; `csv visits.csv from cases/…` copies a file of the repository instead. A `console` block
//! holds command lines behind `$`, each with what it must print and, where it is not 0, its exit status. Blocks run in
//! order. With `SUASION_UPDATE=1`, what was printed is written back into the page.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const FENCE: &str = "```";

#[test]
fn suite() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(root.join("tests/suite"))
        .expect("the folder of pages")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    assert!(!pages.is_empty(), "there are no pages");
    let update = std::env::var_os("SUASION_UPDATE").is_some();
    let mut failures = Vec::new();
    let mut commands = 0;
    for path in pages {
        let page = std::fs::read_to_string(&path).expect("a page");
        let (ran, count) = run_page(&root, &page);
        commands += count;
        if update {
            std::fs::write(&path, &ran).expect("the page can be written");
        } else if ran != page {
            failures.push(format!("{}:\n{}", path.display(), difference(&page, &ran)));
        }
    }
    assert!(commands > 0, "the pages run no command");
    assert!(
        failures.is_empty(),
        "{}\n\nif this is what should be printed, run `cargo xtask suite --update` and look at the change",
        failures.join("\n\n")
    );
}

/// Runs a page, and returns it as it should read, with the number of commands that it ran.
fn run_page(root: &Path, page: &str) -> (String, usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut out = String::new();
    let mut commands = 0;
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let _ = writeln!(out, "{line}");
        let Some(info) = line.strip_prefix(FENCE) else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != FENCE).collect();
        let words: Vec<&str> = info.split_whitespace().collect();
        match words.as_slice() {
            ["console"] => {
                for command in body.iter().filter_map(|line| line.strip_prefix("$ ")) {
                    commands += 1;
                    let _ = writeln!(out, "$ {command}");
                    out.push_str(&run_command(folder.path(), command));
                }
            }
            [_, file, "from", source] => {
                copy(&root.join(source), &folder.path().join(file));
                echo(&mut out, &body);
            }
            [_, file] => {
                let text = body.iter().fold(String::new(), |text, line| text + line + "\n");
                write(&folder.path().join(file), &text);
                echo(&mut out, &body);
            }
            _ => echo(&mut out, &body),
        }
        let _ = writeln!(out, "{FENCE}");
    }
    (out, commands)
}

fn echo(out: &mut String, body: &[&str]) {
    for line in body {
        let _ = writeln!(out, "{line}");
    }
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    std::fs::write(path, text).expect("the file can be written");
}

fn copy(source: &Path, path: &Path) {
    write(path, &std::fs::read_to_string(source).expect("a file of the repository"));
}

/// What a command line prints, standard error behind standard output, and its exit status where it is not 0.
fn run_command(folder: &Path, command: &str) -> String {
    let mut words = arguments(command);
    assert_eq!(words.remove(0), "suasion", "pages run suasion only: {command}");
    let done = Command::new(env!("CARGO_BIN_EXE_suasion"))
        .args(&words)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("the program can be run");
    let mut text = String::from_utf8(done.stdout).expect("UTF-8");
    text.push_str(&String::from_utf8(done.stderr).expect("UTF-8"));
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    match done.status.code() {
        Some(0) => {}
        Some(code) => {
            let _ = writeln!(text, "[exit {code}]");
        }
        None => text.push_str("[killed]\n"),
    }
    text
}

/// The words of a command line; double quotes keep spaces.
fn arguments(command: &str) -> Vec<String> {
    command
        .split('"')
        .enumerate()
        .flat_map(|(at, part)| {
            if at % 2 == 1 {
                vec![part.to_string()]
            } else {
                part.split_whitespace().map(str::to_string).collect()
            }
        })
        .collect()
}

/// The first lines that differ.
fn difference(page: &str, ran: &str) -> String {
    let (expected, found): (Vec<&str>, Vec<&str>) = (page.lines().collect(), ran.lines().collect());
    let at = expected.iter().zip(&found).position(|(a, b)| a != b).unwrap_or(expected.len().min(found.len()));
    let show = |lines: &[&str]| {
        lines.iter().skip(at).take(12).fold(String::new(), |text, line| text + "    " + line + "\n")
    };
    format!("  line {}, expected:\n{}  found:\n{}", at + 1, show(&expected), show(&found))
}
