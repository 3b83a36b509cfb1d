//! The program's own words for readers: verdicts, checks, grades and intervals in plain language.

use suasion_model::finding::{
    Check, CheckOutcome, Consequence, Finding, Grade, Interval, Number, Question, StrategySummary, Verdict,
};
use suasion_model::places::place_in_sentence;

use suasion_model::number;

/// All verdicts, in the order in which the glossary explains them.
pub const VERDICTS: [Verdict; 5] =
    [Verdict::Supported, Verdict::NotSupported, Verdict::CannotTell, Verdict::Withheld, Verdict::Descriptive];

/// The Maryland Scientific Methods Scale in plain language, from 0 to 5.
pub const MARYLAND: [&str; 6] = [
    "Nothing was measured that bears on the question.",
    "One look in time: those who were reached, compared with those who were not; or numbers that move together.",
    "Before and after, without anybody similar to compare with; or somebody to compare with, but no before.",
    "Before and after, compared with others like them who were not reached.",
    "Before and after, compared with others like them, and other differences between the two allowed for.",
    "By lot: chance alone decided who was reached.",
];

/// Where the scale comes from.
pub const MARYLAND_SOURCE: &str = "Maryland Scientific Methods Scale, Sherman and others 1998; 0 is added here for \
                                   evidence that cannot be graded.";

/// A verdict as readers see it.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "Supported",
        Verdict::NotSupported => "Not supported",
        Verdict::CannotTell => "Cannot tell",
        Verdict::Descriptive => "Description",
        Verdict::Withheld => "Withheld",
    }
}

/// What a verdict means.
pub fn verdict_meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "The evidence carries the claim. It could have spoken against it, and did not.",
        Verdict::NotSupported => "The evidence could have shown such an effect, and shows none.",
        Verdict::CannotTell => {
            "The evidence could not have shown the effect, whether it was there or not. This is neither a yes nor a no."
        }
        Verdict::Descriptive => "A count of what there is. It says nothing about what caused it.",
        Verdict::Withheld => {
            "There is an estimate, but something that it rests on does not hold, so it is not offered as an answer."
        }
    }
}

/// A sign for a verdict, always beside its word.
pub fn verdict_sign(verdict: Verdict) -> char {
    match verdict {
        Verdict::Supported => '✓',
        Verdict::NotSupported => '✗',
        Verdict::CannotTell => '?',
        Verdict::Descriptive => '=',
        Verdict::Withheld => '‖',
    }
}

/// The question that a finding answers.
pub fn question(question: Question) -> &'static str {
    match question {
        Question::Measure => "Did it work?",
        Question::Map => "Who depends on whom?",
    }
}

/// How a check fared.
pub fn outcome(outcome: CheckOutcome) -> &'static str {
    match outcome {
        CheckOutcome::Passed => "Passed",
        CheckOutcome::Failed => "Failed",
        CheckOutcome::NotRun => "Not run",
    }
}

/// A sign for how a check fared, always beside its word.
pub fn outcome_sign(outcome: CheckOutcome) -> char {
    match outcome {
        CheckOutcome::Passed => '✓',
        CheckOutcome::Failed => '✗',
        CheckOutcome::NotRun => '–',
    }
}

/// What follows from how a check fared.
pub fn consequence(check: &Check) -> String {
    let what = match check.consequence {
        Consequence::StopsBeforeEstimate => "nothing is estimated; the verdict is “cannot tell”",
        Consequence::Withholds => "the verdict is “withheld”",
        Consequence::CannotTell => "the verdict is “cannot tell”",
        Consequence::LowersGrade => "the grade falls",
    };
    match check.outcome {
        CheckOutcome::Failed => format!("Failed, so {what}."),
        CheckOutcome::Passed => format!("If it failed: {what}."),
        CheckOutcome::NotRun => format!("Untested, which never counts as passed. If it failed: {what}."),
    }
}

/// A grade, without its reason.
pub fn grade(grade: &Grade) -> String {
    match grade.level {
        Some(level) => format!("{level} of 5 on the Maryland scale"),
        None => "No grade".to_string(),
    }
}

/// How far off a figure may be, in figures or as the word `none`.
pub fn interval(figure: &Number) -> String {
    match &figure.interval {
        Interval::Range { low, high, .. } => {
            let range = format!("{} to {}", number::value(*low), number::value(*high));
            number::join_unit(&range, &figure.unit)
        }
        Interval::None { .. } => "None".to_string(),
    }
}

/// How an interval was made, or why there is none.
pub fn interval_note(interval: &Interval) -> String {
    match interval {
        Interval::Range { level: Some(level), method, .. } => {
            let level = (level * 1e6).round() / 1e4;
            format!("{} interval: {method}", number::with_unit(level, "%"))
        }
        Interval::Range { level: None, method, .. } => format!("not a confidence interval: {method}"),
        Interval::None { why } => why.clone(),
    }
}

/// A corrected p; a look that decides nothing is not corrected.
pub fn corrected(p: Option<f64>) -> String {
    p.map_or_else(|| number::NOT_A_NUMBER.to_string(), number::probability)
}

/// Why looks are listed.
pub const LOOKS: &str = "Who looks often enough finds something by luck. So every test is listed. p is how often chance \
                         alone would show as much; for tests that decide a verdict it is corrected for their number \
                         (Benjamini and Hochberg 1995).";

/// Who asks, and on whose behalf.
pub fn on_behalf(strategy: &StrategySummary) -> String {
    format!("{}, on behalf of {}", strategy.owner, place_in_sentence(&strategy.principal))
}

/// The language that the strategy is written in, where it is a well-formed tag; English otherwise.
pub fn language(strategy: &StrategySummary) -> &str {
    let tag = strategy.language.as_str();
    let well_formed = !tag.is_empty()
        && tag.len() <= 35
        && tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
        && tag.split('-').next().is_some_and(|part| {
            (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
        });
    if well_formed { tag } else { "en" }
}

/// The title of the finding of a look, for readers; its id where there is no such finding.
pub fn title_of<'a>(findings: &'a [Finding], id: &'a str) -> &'a str {
    findings.iter().find(|finding| finding.id == id).map_or(id, |finding| finding.title.as_str())
}

/// The first digits of a digest: enough to tell files apart. `findings.json` has the whole.
pub fn short_digest(digest: &str) -> String {
    digest.chars().take(12).collect()
}
