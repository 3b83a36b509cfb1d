//! A mistake in the TOML is told once, where it is, and nothing that follows from it; other mistakes are told as well.

use suasion_model::{Source, check};

/// Strategies without a problem, in which mistakes are made.
const SOUND: [&str; 2] = [include_str!("whole.toml"), include_str!("several.toml")];

/// A line with a mistake, from its key and its value.
type Mistake = fn(&str, &str) -> String;

/// What becomes of a line `key = "value"`.
const MISTAKES: [(&str, Mistake); 6] = [
    ("no equals sign", |key, value| format!("{key} \"{value}\"")),
    ("two equals signs", |key, value| format!("{key} == \"{value}\"")),
    ("curly quotes", |key, value| format!("{key} = “{value}”")),
    ("no quotes", |key, value| format!("{key} = {value} x")),
    ("an open quote", |key, value| format!("{key} = \"{value}")),
    ("a word behind it", |key, value| format!("{key} = \"{value}\" {value}")),
];

fn told(text: &str) -> Vec<(&'static str, usize)> {
    let source = Source::new("strategy.toml", text);
    let diagnostics = check(&source, None).1.diagnostics;
    diagnostics
        .iter()
        .map(|one| (one.code, one.span().map_or(0, |span| source.line_and_column(span.start).0)))
        .collect()
}

/// Every line `key = "value"` of a strategy, by its number from 0.
fn assignments(text: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    text.lines().enumerate().filter_map(|(at, line)| {
        let (key, value) = line.split_once(" = ")?;
        let bare = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let text = value.strip_prefix('"')?.strip_suffix('"').filter(|text| !text.contains('"'))?;
        bare.then_some((at, key, text))
    })
}

fn replaced(text: &str, at: usize, line: &str) -> String {
    let lines: Vec<&str> =
        text.lines().enumerate().map(|(other, old)| if other == at { line } else { old }).collect();
    lines.join("\n") + "\n"
}

#[test]
fn the_strategies_are_sound() {
    for text in SOUND {
        assert_eq!(told(text), []);
    }
}

#[test]
fn each_mistake_is_told_once_and_nothing_that_follows_from_it() {
    let mut tried = 0;
    for text in SOUND {
        for (at, key, value) in assignments(text) {
            for (what, mistake) in MISTAKES {
                let broken = replaced(text, at, &mistake(key, value));
                let told = told(&broken);
                assert!(
                    told.len() == 1 && told[0].0 == "syntax",
                    "{what} in line {}, `{key} = {value}`: {told:?}",
                    at + 1
                );
                assert!(told[0].1.abs_diff(at + 1) <= 1, "{what} in line {}: {told:?}", at + 1);
                tried += 1;
            }
        }
    }
    assert!(tried > 400, "{tried} mistakes were made");
}

#[test]
fn a_mistake_does_not_hide_another_elsewhere() {
    let text = SOUND[0];
    let lines: Vec<(usize, &str, &str)> = assignments(text).collect();
    let last = lines.iter().rfind(|(_, key, _)| *key == "theme").expect("a claim");
    for (at, key, value) in lines.iter().filter(|(at, _, _)| *at + 12 < last.0) {
        let broken =
            replaced(&replaced(text, *at, &format!("{key} = \"{value}")), last.0, "theme = no quotes");
        let told = told(&broken);
        let places: Vec<usize> = told.iter().map(|(_, line)| *line).collect();
        assert!(told.iter().all(|(code, _)| *code == "syntax"), "line {}: {told:?}", at + 1);
        assert_eq!(places, [at + 1, last.0 + 1], "line {}", at + 1);
    }
}
