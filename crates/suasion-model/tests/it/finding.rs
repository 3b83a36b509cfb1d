//! Words are counted as a reader counts them, and verdicts are written as `findings.json` has them.

use suasion_model::finding::{Verdict, words};

#[test]
fn words_are_counted_as_a_reader_counts_them() {
    assert_eq!(words(""), 0);
    assert_eq!(words("Renew the campaign — or stop it."), 6);
    assert_eq!(words("4.9 % of visits"), 3);
}

#[test]
fn verdicts_read_as_they_are_serialised() {
    for verdict in [
        Verdict::Supported,
        Verdict::NotSupported,
        Verdict::CannotTell,
        Verdict::Descriptive,
        Verdict::Withheld,
    ] {
        assert_eq!(serde_json::to_value(verdict).expect("a word"), verdict.word());
    }
}
