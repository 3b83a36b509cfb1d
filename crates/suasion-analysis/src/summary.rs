//! A whole run in four plain sentences.

use suasion_model::Strategy;
use suasion_model::finding::{CheckOutcome, Finding, Plain, Question, Verdict};

use crate::text::{capitalised, count_word, short_enough};
use crate::withheld;

/// The run in four sentences: what is decided, the answer over all objectives, how sure it is, what it would take.
pub fn summarise(strategy: &Strategy, findings: &[Finding]) -> Plain {
    let measured: Vec<&Finding> =
        findings.iter().filter(|finding| finding.question == Question::Measure).collect();
    let decision = strategy.head.decision.value.clone();
    if measured.is_empty() {
        return described(strategy, findings);
    }
    let (unasked, measured): (Vec<&Finding>, Vec<&Finding>) =
        measured.into_iter().partition(|finding| withheld::is_in_error(finding));
    if measured.is_empty() {
        return not_asked(decision, &unasked);
    }
    let count = |verdict| measured.iter().filter(|finding| finding.verdict == verdict).count();
    let (yes, no) = (count(Verdict::Supported), count(Verdict::NotSupported));
    let open = measured.len() - yes - no;
    Plain {
        decision,
        answer: answer(yes, no, open, unasked.len()),
        confidence: confidence(&measured, open),
        to_know: to_know(&measured),
    }
}

fn described(strategy: &Strategy, findings: &[Finding]) -> Plain {
    let decision = strategy.head.decision.value.clone();
    match findings {
        [] if !strategy.corridors.is_empty() || !strategy.networks.is_empty() => Plain {
            decision,
            answer: "Nothing was judged: the strategy names no objective.".to_string(),
            confidence: "There is nothing to be sure of.".to_string(),
            to_know: "An objective with an evaluation; `suasion map` reads the corridors and networks.".to_string(),
        },
        [] if !strategy.objectives.is_empty() => Plain {
            decision,
            answer: "Nothing was mapped: the strategy names no corridor and no network.".to_string(),
            confidence: "There is nothing to be sure of.".to_string(),
            to_know: "A corridor or a network; `suasion measure` judges the objectives.".to_string(),
        },
        [] => Plain {
            decision,
            answer: "Nothing was asked: the strategy names no objective, corridor or network.".to_string(),
            confidence: "There is nothing to be sure of.".to_string(),
            to_know: "An objective with an evaluation, a corridor or a network.".to_string(),
        },
        [one] => Plain { decision, ..one.plain.clone() },
        many if many.iter().all(|finding| finding.verdict != Verdict::Descriptive) => Plain {
            decision,
            answer: "Nobody can tell who depends on whom or is tied to whom: nothing could be read.".to_string(),
            confidence: "None: there is nothing to look at.".to_string(),
            to_know: "What each of them lacks, which stands beside it.".to_string(),
        },
        _ if !strategy.objectives.is_empty() => Plain {
            decision,
            answer: "These findings describe who depends on whom and is tied to whom; no objective was asked about.".to_string(),
            confidence: "They are counts as published, and claim no cause.".to_string(),
            to_know: "What `suasion measure` says of the objectives.".to_string(),
        },
        _ => Plain {
            decision,
            answer: "Nothing was judged: these findings describe who depends on whom and is tied to whom.".to_string(),
            confidence: "They are counts as published, and claim no cause.".to_string(),
            to_know: "An objective with an evaluation would let effects be judged.".to_string(),
        },
    }
}

/// A run of which nothing could be judged, because the strategy is in error wherever it asks.
fn not_asked(decision: String, unasked: &[&Finding]) -> Plain {
    let aims = match unasked.len() {
        1 => "its aim".to_string(),
        2 => "both of its aims".to_string(),
        n => format!("all of its {} aims", count_word(n)),
    };
    Plain {
        decision,
        answer: format!("No answer is given: the strategy is in error where it states {aims}."),
        confidence: "None: what was asked cannot be told from the file.".to_string(),
        to_know:
            "Aims that could be missed, each with what would show it; `suasion check` says what is unclear."
                .to_string(),
    }
}

fn answer(yes: usize, no: usize, open: usize, unasked: usize) -> String {
    let all = yes + no + open + unasked;
    if open == all {
        return match all {
            1 => "On this evidence nobody can tell whether it made a difference to the aim.".to_string(),
            2 => "On this evidence nobody can tell whether it made a difference to either aim.".to_string(),
            _ => format!(
                "On this evidence nobody can tell whether it made a difference to any of the {} aims.",
                count_word(all)
            ),
        };
    }
    if all == 1 {
        return if yes == 1 {
            "It worked: the evidence carries the claim.".to_string()
        } else {
            "It did not work: an effect that matters would have shown.".to_string()
        };
    }
    let mut parts = Vec::new();
    if yes > 0 {
        parts.push(format!("{} worked", count_word(yes)));
    }
    if no > 0 {
        parts.push(format!("{} did not", count_word(no)));
    }
    if open > 0 {
        parts.push(format!("of {} nobody can tell", count_word(open)));
    }
    if unasked > 0 {
        parts.push(format!("{} cannot be asked for errors in the strategy", count_word(unasked)));
    }
    format!("Of {} aims: {}.", count_word(all), parts.join(", "))
}

fn confidence(measured: &[&Finding], open: usize) -> String {
    let failed = |id: &str| {
        measured.iter().any(|finding| {
            finding.checks.iter().any(|check| check.id == id && check.outcome == CheckOutcome::Failed)
        })
    };
    if open == 0 {
        return "Good: other places, where nothing was done, show what would have happened anyway."
            .to_string();
    }
    let mut reasons = Vec::new();
    let unsaid = measured.iter().any(|finding| {
        finding.checks.iter().any(|check| check.id == "detectable" && check.outcome == CheckOutcome::NotRun)
    });
    if unsaid {
        return "None can be given: the strategy does not say how small an effect would matter.".to_string();
    }
    if failed(withheld::NO_EVIDENCE) {
        reasons.push("some evidence was not brought in");
    }
    if failed("detectable") {
        reasons.push("ordinary ups and downs are larger");
    }
    if failed("concurrent-threat") {
        reasons.push("other things changed at once");
    }
    if failed("single-period") {
        reasons.push("one year outweighs the rest");
    }
    if reasons.is_empty() {
        return "Low: the comparison that was asked for does not hold.".to_string();
    }
    let all = crate::text::all_of(&reasons);
    short_enough([
        format!("None that it worked, none that it failed: {all}."),
        format!("None either way: {all}."),
        format!("None either way: {}.", reasons[0]),
    ])
}

fn to_know(measured: &[&Finding]) -> String {
    let needs: Vec<&str> = measured
        .iter()
        .filter(|finding| !matches!(finding.verdict, Verdict::Supported | Verdict::NotSupported))
        .map(|finding| finding.plain.to_know.as_str())
        .collect();
    match needs.as_slice() {
        [] => "Nothing more for this decision.".to_string(),
        [one] => capitalised(one),
        _ => "Finer figures, by place and month, and some places left out on purpose before money is spent again."
            .to_string(),
    }
}
