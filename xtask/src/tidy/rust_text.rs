//! Rust source with its code and its comments apart, so that a rule never mistakes a string for a call.
//!
//! This is a lexer of comments, strings and characters only. What it takes out is replaced by blanks: lines stay lines.

use std::ops::Range;

/// One text twice; each view has blanks where the other has something, and both where a literal stands.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Views {
    pub(crate) code: String,
    pub(crate) comments: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Code,
    Comment,
    Literal,
}

pub(crate) fn split(text: &str) -> Views {
    let chars: Vec<char> = text.chars().collect();
    let mut views = Views::default();
    let mut at = 0;
    while at < chars.len() {
        let (part, end) = next_part(&chars, at);
        push(&mut views, &chars[at..end], part);
        at = end;
    }
    views
}

/// The line, counted from one, where the inline module of unit tests starts: `#[cfg(test)]` and `mod tests {`.
pub(crate) fn unit_tests_start(code: &str) -> Option<usize> {
    let lines: Vec<&str> = code.lines().map(str::trim).collect();
    (0..lines.len())
        .find(|&at| {
            lines[at] == "#[cfg(test)]"
                && lines[at + 1..]
                    .iter()
                    .find(|line| !line.is_empty() && !line.starts_with('#'))
                    .is_some_and(|line| line.starts_with("mod ") && line.ends_with('{'))
        })
        .map(|at| at + 1)
}

/// Names of the `#[test]` functions whose names start so.
pub(crate) fn tests_named(code: &str, prefix: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_test = false;
    for line in code.lines().map(str::trim) {
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            is_test = true;
        } else if let Some((_, function)) = line.split_once("fn ") {
            let name: String = function.chars().take_while(|&c| is_identifier(c)).collect();
            if is_test && name.starts_with(prefix) {
                names.push(name);
            }
            is_test = false;
        }
    }
    names
}

/// Whether `word` stands in `line` and is not the end of a longer identifier.
pub(crate) fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| !line[..at].chars().next_back().is_some_and(is_identifier))
}

fn push(views: &mut Views, chars: &[char], part: Part) {
    for &c in chars {
        let blank = if c == '\n' { '\n' } else { ' ' };
        views.code.push(if part == Part::Code { c } else { blank });
        views.comments.push(if part == Part::Comment { c } else { blank });
    }
}

/// What starts at `at`, and where it ends.
fn next_part(chars: &[char], at: usize) -> (Part, usize) {
    let next = chars.get(at + 1).copied();
    match chars[at] {
        '/' if next == Some('/') => (Part::Comment, find(chars, at..chars.len(), '\n')),
        '/' if next == Some('*') => (Part::Comment, block_comment_end(chars, at)),
        '"' => (Part::Literal, quoted_end(chars, at, '"')),
        'r' if starts_word(chars, at) => match raw_string_end(chars, at + 1) {
            Some(end) => (Part::Literal, end),
            None => (Part::Code, at + 1),
        },
        '\'' if next == Some('\\') || chars.get(at + 2) == Some(&'\'') => {
            (Part::Literal, quoted_end(chars, at, '\''))
        }
        _ => (Part::Code, at + 1),
    }
}

/// Whether no identifier goes on at `at`; the `b` and `c` of byte and C strings are not one.
fn starts_word(chars: &[char], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map(|at| chars[at]);
    match before(1) {
        Some('b' | 'c') => !before(2).is_some_and(is_identifier),
        Some(c) => !is_identifier(c),
        None => true,
    }
}

fn block_comment_end(chars: &[char], start: usize) -> usize {
    let mut depth = 0;
    let mut at = start;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => {
                depth += 1;
                at += 2;
            }
            ('*', Some('/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    chars.len()
}

fn quoted_end(chars: &[char], start: usize, quote: char) -> usize {
    let mut at = start + 1;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            c if c == quote => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// The end of the raw string whose `r` has been read, if it is one and not an identifier such as `r#type`.
fn raw_string_end(chars: &[char], start: usize) -> Option<usize> {
    let n_hashes = chars[start..].iter().take_while(|&&c| c == '#').count();
    let quote = start + n_hashes;
    if chars.get(quote) != Some(&'"') {
        return None;
    }
    let mut at = quote + 1;
    while at < chars.len() {
        at = find(chars, at..chars.len(), '"') + 1;
        if chars.get(at..at + n_hashes).is_some_and(|hashes| hashes.iter().all(|&c| c == '#')) {
            return Some(at + n_hashes);
        }
    }
    Some(chars.len())
}

fn find(chars: &[char], range: Range<usize>, wanted: char) -> usize {
    let end = range.end;
    range.into_iter().find(|&at| chars[at] == wanted).unwrap_or(end)
}

fn is_identifier(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, code: &str, comments: &str) {
        let views = split(text);
        assert_eq!((views.code.trim_end(), views.comments.trim_end()), (code, comments), "{text}");
        assert_eq!(views.code.lines().count(), text.lines().count());
    }

    #[test]
    fn code_comments_and_literals_are_told_apart() {
        check("a(\"b\"); // c", "a(   );", "        // c");
        check("a /* b /* c */ d */ e", "a                   e", "  /* b /* c */ d */");
        check(r#"a("\"//"); b"#, "a(      ); b", "");
        check("r#\"a\" // \"# + r#type", "            + r#type", "");
        check("br\"a\\\" b", "b      b", "");
        check("r\"unclosed", "", "");
        check("f('\"'); g::<'a>('\\'') // h", "f(   ); g::<'a>(    )", "                      // h");
    }

    #[test]
    fn unit_tests_start_at_their_attribute() {
        assert_eq!(unit_tests_start("fn a() {}\n\n#[cfg(test)]\nmod tests {\n}\n"), Some(3));
        assert_eq!(unit_tests_start("#[cfg(test)]\nmod tests;\nfn a() {}\n"), None);
        assert_eq!(unit_tests_start("#[cfg(test)]\nfn of() {}\n"), None);
        assert_eq!(unit_tests_start("#[cfg(test)]"), None);
    }

    #[test]
    fn only_tests_are_listed_by_name() {
        let code = "fn shared_helper() {}\n#[test]\n#[should_panic]\nfn shared_a() {}\n#[test]\nfn b() {}\n";
        assert_eq!(tests_named(code, "shared_"), ["shared_a"]);
    }

    #[test]
    fn a_word_does_not_start_inside_another() {
        assert!(has_word("std::env::var(x)", "env::"));
        assert!(!has_word("my_env::var(x)", "env::"));
    }
}
