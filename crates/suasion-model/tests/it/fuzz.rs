//! What holds of every text, asked of the kept corpus and of mistakes made in it; `fuzz/` goes on from here.

use std::path::{Path, PathBuf};

use crate::invariants;
use crate::mutation::{Dice, mutated};
use suasion_model::rules::RULES;

/// Mistakes made in every run. `SUASION_MUTATIONS` asks for more.
const MUTATIONS: u64 = 250;

fn corpus() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/corpus");
    let entries = std::fs::read_dir(&folder).expect("the folder of the corpus");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).expect("a file of the corpus"))).collect()
}

#[test]
fn everything_holds_of_the_corpus() {
    let corpus = corpus();
    assert!(!corpus.is_empty(), "the corpus is there");
    for (path, bytes) in corpus {
        println!("{}", path.display());
        invariants::hold(&bytes);
    }
}

#[test]
fn everything_holds_of_the_examples_of_the_rules() {
    for rule in RULES {
        invariants::hold(rule.bad.as_bytes());
        invariants::hold(rule.good.as_bytes());
    }
}

#[test]
fn everything_holds_of_mistakes_made_in_them() {
    let examples = RULES.iter().flat_map(|rule| [rule.bad, rule.good]).map(|text| text.as_bytes().to_vec());
    let texts: Vec<Vec<u8>> = corpus().into_iter().map(|(_, bytes)| bytes).chain(examples).collect();
    let mutations = std::env::var("SUASION_MUTATIONS").ok().and_then(|count| count.parse().ok());
    for seed in 0..mutations.unwrap_or(MUTATIONS) {
        let mut dice = Dice::new(seed);
        let text = &texts[dice.below(texts.len())];
        let other = &texts[dice.below(texts.len())];
        let text = mutated(text, other, &mut dice);
        println!("seed {seed}: {:?}", String::from_utf8_lossy(&text));
        invariants::hold(&text);
    }
}
