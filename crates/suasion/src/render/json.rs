//! `findings.json`: the findings as they are, at full precision, for programs.

use suasion_model::finding::Findings;

/// The findings as indented JSON, with a newline at the end.
pub fn findings(findings: &Findings) -> String {
    let mut text = serde_json::to_string_pretty(findings)
        .expect("findings hold only texts, numbers and lists, and JSON can say all of them");
    text.push('\n');
    text
}
