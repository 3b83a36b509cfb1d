//! The files that the rules read: what git tracks, and what it would track.

use std::path::Path;
use std::process::Command;

use super::rust_text::{self, Views};
use crate::{Failure, command};

/// A file of the repository.
pub(crate) struct Source {
    /// From the repository's root, with `/`.
    pub(crate) path: String,
    /// Empty for a file that is not text.
    pub(crate) text: String,
    /// Code and comments apart; both empty unless this is Rust.
    pub(crate) views: Views,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let is_rust = Path::new(path).extension().is_some_and(|extension| extension == "rs");
        let views = if is_rust { rust_text::split(text) } else { Views::default() };
        Self { path: path.to_owned(), text: text.to_owned(), views }
    }

    pub(crate) fn is_rust(&self) -> bool {
        self.has_extension(&["rs"])
    }

    pub(crate) fn has_extension(&self, extensions: &[&str]) -> bool {
        let extension = Path::new(&self.path).extension().and_then(|extension| extension.to_str());
        extension.is_some_and(|extension| extensions.contains(&extension))
    }

    /// The crate whose library or program this file belongs to: `suasion-graph`, say, or `xtask`.
    pub(crate) fn crate_of_src(&self) -> Option<&str> {
        let mut parts = self.path.split('/');
        match (parts.next()?, parts.next()?, parts.next()?) {
            ("crates", name, "src") => Some(name),
            ("xtask", "src", _) => Some("xtask"),
            _ => None,
        }
    }

    /// Whether the file holds tests and nothing else.
    pub(crate) fn is_test(&self) -> bool {
        self.path.split('/').any(|part| part == "tests" || part == "tests.rs")
    }
}

/// All files of the repository, by path.
pub(crate) struct Sources {
    files: Vec<Source>,
}

impl Sources {
    pub(crate) fn read(root: &Path) -> Result<Self, Failure> {
        let mut paths = if root.join(".git").exists() { listed_by_git(root)? } else { walked(root)? };
        paths.sort_unstable();
        paths.dedup();
        // A file that is deleted but still tracked is listed and cannot be read.
        let files = paths
            .iter()
            .filter(|path| root.join(path).is_file())
            .map(|path| Source::new(path, &std::fs::read_to_string(root.join(path)).unwrap_or_default()))
            .collect();
        Ok(Self { files })
    }

    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self { files: files.iter().map(|(path, text)| Source::new(path, text)).collect() }
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Source> {
        self.files.iter()
    }

    pub(crate) fn rust(&self) -> impl Iterator<Item = &Source> {
        self.all().filter(|source| source.is_rust())
    }

    /// Whether there is such a file, or a folder with files in it.
    pub(crate) fn exists(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files.iter().any(|file| {
            file.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

fn listed_by_git(root: &Path) -> Result<Vec<String>, Failure> {
    let mut git = Command::new("git");
    // The folder may belong to someone else where CI has checked it out.
    git.current_dir(root).args(["-c", "safe.directory=*", "ls-files", "-z"]);
    let listed = command::output(git.args(["--cached", "--others", "--exclude-standard"]))?;
    Ok(listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
}

/// The files of an unpacked archive, where there is no git to ask: all but what is built or installed.
fn walked(root: &Path) -> Result<Vec<String>, Failure> {
    let mut paths = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let failed =
            |error| Failure::CouldNot(format!("read the folder {}: {error}", root.join(&folder).display()));
        for entry in std::fs::read_dir(root.join(&folder)).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            if entry.path().is_file() {
                paths.push(path);
            } else if entry.path().is_dir()
                && !["target", "node_modules", ".suasion"].contains(&name.as_str())
            {
                folders.push(path);
            }
        }
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_exists_by_the_files_in_it() {
        let sources = Sources::of(&[("crates/suasion-graph/src/csr.rs", "")]);
        assert!(sources.exists("crates/suasion-graph/"));
        assert!(sources.exists("crates/suasion-graph/src/csr.rs"));
        assert!(!sources.exists("crates/suasion"));
    }

    #[test]
    fn a_file_knows_its_crate() {
        assert_eq!(Source::new("crates/suasion-graph/src/a/b.rs", "").crate_of_src(), Some("suasion-graph"));
        assert_eq!(Source::new("xtask/src/main.rs", "").crate_of_src(), Some("xtask"));
        assert_eq!(Source::new("crates/suasion-graph/tests/it.rs", "").crate_of_src(), None);
        assert!(Source::new("crates/suasion-graph/tests/it/main.rs", "").is_test());
    }
}
