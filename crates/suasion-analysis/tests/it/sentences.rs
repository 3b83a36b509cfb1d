//! The plain sentences are short and free of jargon, whatever the case and however long its names.

use suasion_analysis::{answer, summarise};
use suasion_model::finding::{PLAIN_WORDS, Plain, Question, Verdict, words};
use suasion_model::plan::Inputs;
use suasion_model::{Source, Standing, check};

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

#[test]
fn strategies_in_error_speak_plainly_and_name_the_code() {
    let london = include_str!("../../../../cases/london-2012/strategy.toml");
    let one_in_error = london.replacen("smallest_effect = \"5 %\"", "smallest_effect = \"much\"", 1);
    for (case, text) in [
        ("great-2011-15", include_str!("../../../../cases/great-2011-15/strategy.toml")),
        ("mexico-image", include_str!("../../../../cases/mexico-image/strategy.toml")),
        ("london-2012 with an error", one_in_error.as_str()),
    ] {
        let (strategy, report) = check(&Source::new(case, text), None);
        let standing = Standing::new(&strategy, &report.diagnostics);
        let questions = [Question::Measure, Question::Map];
        let answers = answer(&strategy, &standing, &Inputs::default(), &questions);
        let plain = summarise(&strategy, &answers.findings);
        assert!(plain.answer.contains("strategy"), "{case}: {}", plain.answer);
        check_plain(case, &plain);
        let withheld: Vec<_> =
            answers.findings.iter().filter(|finding| finding.verdict == Verdict::Withheld).collect();
        assert!(!withheld.is_empty(), "{case}");
        for finding in withheld {
            check_plain(case, &finding.plain);
            let codes = ["`bad-value`", "`foggy-objective`"];
            assert!(codes.iter().any(|code| finding.statement.contains(code)), "{}", finding.statement);
        }
        let asked = suasion_analysis::plan(&strategy, &standing, &questions);
        assert_eq!(asked.is_empty(), !case.starts_with("london"), "{case}: {asked:?}");
    }
}
