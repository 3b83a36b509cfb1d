//! The plain sentences are short and free of jargon, whatever the case and however long its names.

use suasion_analysis::summarise;
use suasion_model::finding::{PLAIN_WORDS, Plain, words};

use crate::evidence::run_case;

/// Words that a minister should not have to ask about.
const JARGON: [&str; 21] = [
    "synthetic",
    "placebo",
    "donor",
    "permutation",
    "p-value",
    "p value",
    "rmspe",
    "log point",
    "hull",
    "counterfactual",
    "convex",
    "covariate",
    "significan",
    "null",
    "estimat",
    "heterogen",
    "robust",
    "statistic",
    "power",
    "overfit",
    "scale",
];

fn check_plain(whose: &str, plain: &Plain) {
    for (name, sentence) in plain.sentences() {
        assert!(words(sentence) <= PLAIN_WORDS, "{whose}, {name}: {} words: {sentence}", words(sentence));
        assert!(sentence.ends_with('.') || name == "Decision", "{whose}, {name}: {sentence}");
        let small = sentence.to_lowercase();
        for jargon in JARGON {
            assert!(!small.contains(jargon), "{whose}, {name}: `{jargon}` in {sentence}");
        }
        assert!(!sentence.contains('_') && !sentence.contains("NaN"), "{whose}, {name}: {sentence}");
    }
}

#[test]
fn the_cases_speak_plainly() {
    for case in ["london-2012"] {
        let (strategy, answers) = run_case(case);
        check_plain(case, &summarise(&strategy, &answers.findings));
        for finding in &answers.findings {
            check_plain(&finding.id, &finding.plain);
        }
    }
}
