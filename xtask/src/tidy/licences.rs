//! The two licences that the manifests name are there to be read.

use super::Violation;
use super::sources::Sources;

pub(super) fn check(sources: &Sources) -> Vec<Violation> {
    ["LICENSE-APACHE", "LICENSE-MIT"]
        .into_iter()
        .filter(|path| !sources.exists(path))
        .map(|path| Violation {
            path: path.to_owned(),
            line: 1,
            rule: "licences",
            what: "is missing".to_owned(),
            remedy: "add the text of the licence that Cargo.toml names".to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_licence_is_caught() {
        let violations = check(&Sources::of(&[("LICENSE-MIT", "")]));
        assert_eq!(
            violations.iter().map(|found| found.path.as_str()).collect::<Vec<_>>(),
            ["LICENSE-APACHE"]
        );
        assert_eq!(check(&Sources::of(&[("LICENSE-MIT", ""), ("LICENSE-APACHE", "")])), []);
    }
}
