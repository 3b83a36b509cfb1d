//! `idle-allowance`: an `[[allow]]` that nothing needs; and what the others do.

use std::collections::BTreeMap;

use super::{AllowedProblems, Check, Report, Rule, clip_to};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::{Allowed, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "idle-allowance",
    finds: "an `[[allow]]` of something that is not found",
    severity: Severity::Warning,
    guesses: false,
    why: "What was lived with has been mended, and the next time it comes up somebody should look.",
    bad: "[[allow]]\ncode = \"no-gain\"\nreason = \"Terms are under negotiation\"\n",
    good: "[[partner]]\nid = \"airline\"\nname = \"An airline\"\nkind = \"organisation\"\ncloseness = \"independent\"\n\
           asks = \"Carry the campaign on its routes\"\n\n\
           [[allow]]\ncode = \"no-gain\"\nreason = \"Terms are under negotiation\"\n",
    check: Check::Reader,
};

/// The most characters of a reason that every problem it is given for is shown with.
const LONGEST_REASON: usize = 400;

/// Lowers what the strategy allows: errors to warnings, warnings to a count.
pub(super) fn lower(strategy: &Strategy, report: &mut Report) {
    let mut allowed: BTreeMap<&str, (&Allowed, Vec<Diagnostic>, bool)> = BTreeMap::new();
    for allow in strategy.allowed.iter().filter(|allow| !allow.code.value.is_empty()) {
        allowed.entry(allow.code.as_str()).or_insert_with(|| (allow, Vec::new(), false));
    }
    report.diagnostics.retain_mut(|diagnostic| {
        let Some((allow, problems, found)) = allowed.get_mut(diagnostic.code) else {
            // What could not be read may have allowed it.
            return diagnostic.severity == Severity::Error
                || !strategy.illegible.says("allow", "code", diagnostic.code);
        };
        *found = true;
        if diagnostic.severity == Severity::Warning {
            problems.push(diagnostic.clone());
            return false;
        }
        diagnostic.severity = Severity::Warning;
        let reason = format!("allowed in the strategy: {}", clip_to(&allow.reason.value, LONGEST_REASON));
        diagnostic.reason = Some(match diagnostic.reason.take() {
            Some(why) => format!("{why}; {reason}"),
            None => reason,
        });
        true
    });
    for (allow, problems, found) in allowed.into_values() {
        if !problems.is_empty() {
            let code = super::rule(allow.code.as_str()).map_or("", |rule| rule.code);
            // A reason that is missing, or could not be read, has been reported.
            let reason = Some(allow.reason.value.clone()).filter(|reason| !reason.is_empty());
            let reason = reason.unwrap_or_else(|| "no reason that could be read".to_string());
            report.allowed.push(AllowedProblems { code, count: problems.len(), reason, problems });
        }
        // What could not be read may be where it would be found.
        let looked = report.not_checked.iter().all(|one| one.code != allow.code.value);
        if !found && looked && strategy.illegible.is_empty() && allow.code.value != RULE.code {
            report.diagnostics.push(
                RULE.at(format!("`{}` is allowed, and not found", allow.code.value), allow.code.span)
                    .label("nothing needs this any more")
                    .hint("leave this section out, so that it is seen if it comes up again"),
            );
        }
    }
}
