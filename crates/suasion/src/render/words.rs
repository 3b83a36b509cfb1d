//! The program's own words for readers: verdicts, checks, grades and intervals in plain language.

use suasion_model::finding::{
    Check, CheckOutcome, Consequence, Figure, FigureData, Finding, Grade, Interval, Number, Question,
    StrategySummary, Verdict,
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

/// The words that the checks and numbers use, in plain language.
pub const TERMS: [(&str, &str); 12] = [
    ("Treated", "The place where something was done."),
    ("Donor", "A place where nothing was done, which may be part of the comparison."),
    (
        "Comparison",
        "Donors, mixed so that before the start they moved as the treated place did (a synthetic control). It stands \
         for what would have been.",
    ),
    ("Gap", "A value, less that of its comparison."),
    (
        "Placebo",
        "The same sum for a donor, as if something had been done there. Nothing was, so what it shows is chance.",
    ),
    ("p", "How often chance alone would show as much: 0.05 is one time in twenty."),
    (
        "Levels and logs",
        "Compared as amounts, or as proportions. “Demeaned” compares only changes: each place less its own mean \
         before the start.",
    ),
    ("Log points", "Proportions that can be added: 0.1 is a rise of 10.5 %, 0.69 a doubling."),
    (
        "Betweenness",
        "How often somebody lies on the shortest way between two others: of all pairs of others, the share.",
    ),
    (
        "Modularity",
        "How much more of all ties lies within communities than chance would put there: 0 is as much, 1 the most.",
    ),
    (
        "Roles of a bridge",
        "A coordinator passes on within its own community, a consultant within another, a representative out of its own, \
         a gatekeeper into it, and a liaison between two others.",
    ),
    (
        "Asymmetry",
        "How much more of a partner's flow goes to one place than that place's flow goes to the partner.",
    ),
];

/// What a reader must know before looking at a comparison that is not offered as an answer.
pub fn caution(finding: &Finding) -> Option<&'static str> {
    let compares = |figure: &Figure| match &figure.data {
        FigureData::Path { lines, .. } => lines.len() > 1,
        FigureData::Gaps { .. } => true,
        _ => false,
    };
    match finding.verdict {
        _ if !finding.figures.iter().any(compares) => None,
        Verdict::CannotTell => {
            Some("Shown as evidence, not as an answer: the distance between the lines may be chance.")
        }
        Verdict::Withheld => Some(
            "Shown so that anyone can see why the answer is withheld: the distance between the lines is not an effect.",
        ),
        Verdict::Supported | Verdict::NotSupported | Verdict::Descriptive => None,
    }
}

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
            "Something that the answer rests on does not hold, so none is offered, even where there is an estimate."
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

/// Checks in the order of what a reader must know: failed, not run, passed.
pub fn failed_first(checks: &[Check]) -> impl Iterator<Item = &Check> {
    [CheckOutcome::Failed, CheckOutcome::NotRun, CheckOutcome::Passed]
        .into_iter()
        .flat_map(move |outcome| checks.iter().filter(move |check| check.outcome == outcome))
}

/// How many checks passed: `8 of 11 checks passed`.
pub fn passed(n_passed: usize, n_checks: usize) -> String {
    let [passed, checks] = [n_passed, n_checks].map(|n| number::count(n as u64));
    match (n_passed, n_checks) {
        (1, 1) => "The only check passed".to_string(),
        (passed, all) if passed == all => format!("All {checks} checks passed"),
        _ => format!("{passed} of {checks} checks passed"),
    }
}

/// What follows from how a check fared.
pub fn consequence(check: &Check) -> String {
    // More than one check may fail, so a failure is enough for a verdict, and not always the one that decides it.
    let (enough, what) = match check.consequence {
        Consequence::StopsBeforeEstimate => (
            "nothing is estimated, and nobody can tell",
            "nothing is estimated; the verdict is “cannot tell”",
        ),
        Consequence::Withholds => ("enough to withhold the answer", "the verdict is “withheld”"),
        Consequence::CannotTell => ("enough for “cannot tell”", "the verdict is “cannot tell”"),
        Consequence::LowersGrade => ("the grade falls", "the grade falls"),
    };
    match check.outcome {
        CheckOutcome::Failed => format!("Failed: {enough}."),
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

/// How far off a figure may be, in figures or as the word `none`. It stands beside the figure, so of `% of what would
/// have been` it repeats the sign alone.
pub fn interval(figure: &Number) -> String {
    match &figure.interval {
        Interval::Range { low, high, .. } => {
            let unit = if figure.unit.trim().starts_with('%') { "%" } else { &figure.unit };
            let [low, high] = [*low, *high].map(number::value);
            let range = if low == high { format!("{low} at both ends") } else { format!("{low} to {high}") };
            if low == high { range } else { number::join_unit(&range, unit) }
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
                         (Benjamini and Hochberg 1995). The other tests show whether an answer turns on a choice.";

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
