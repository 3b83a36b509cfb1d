//! A mistake in the text is one diagnostic, wherever it is made; nothing follows from it, and nothing hides behind it.

use suasion_model::rules::Report;
use suasion_model::{Source, check};

/// Strategies in which nothing is wrong: every section once, and most of them twice.
const CLEAN: [(&str, &str); 2] =
    [("whole.toml", include_str!("whole.toml")), ("several.toml", include_str!("several.toml"))];

fn report(text: &str) -> Report {
    check(&Source::new("strategy.toml", text), None).1
}

fn codes(text: &str) -> Vec<&'static str> {
    report(text).diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

/// A mistake that is made in a line; nothing where the line is none that it can be made in.
type Mistake = fn(&str) -> Option<String>;

/// The most places in a strategy that a mistake is made at. `SUASION_EVERYWHERE` has it made at every one.
const PLACES: usize = 6;

/// Makes a mistake at several places of the clean strategies, one at a time: `most` of each.
#[track_caller]
fn made_here_and_there(mistake: Mistake, most: usize, mut each: impl FnMut(&str, usize)) {
    for (name, text) in CLEAN {
        let lines: Vec<&str> = text.lines().collect();
        let mut quoted = false;
        let mut places = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            // A line within a string of several lines is no place for a mistake.
            let within = quoted;
            quoted ^= line.contains("\"\"\"");
            places.extend(mistake(line).filter(|_| !within && !quoted).map(|broken| (at, broken)));
        }
        assert!(!places.is_empty(), "the mistake cannot be made in {name}");
        for (at, broken) in places.iter().step_by(places.len().div_ceil(most)) {
            let mut lines = lines.clone();
            lines[*at] = broken;
            each(&(lines.join("\n") + "\n"), at + 1);
        }
    }
}

/// Wherever the mistake is made, it is the one diagnostic; and a second mistake elsewhere is reported too.
#[track_caller]
fn check_mistake(mistake: Mistake) {
    let most = if std::env::var_os("SUASION_EVERYWHERE").is_some() { usize::MAX } else { PLACES };
    made_here_and_there(mistake, most, |text, line| {
        assert_eq!(codes(text), ["syntax"], "line {line} of\n{text}");
        let windows = text.replace('\n', "\r\n");
        assert_eq!(
            codes(&(SECOND.to_string() + &windows)),
            ["named-person", "syntax"],
            "line {line} of\n{windows}"
        );
        assert_eq!(codes(&(text.to_string() + SECOND)), ["syntax", "named-person"], "line {line} of\n{text}");
    });
}

/// A section with a mistake of its own.
const SECOND: &str =
    "[[voice]]\nid = \"someone\"\nname = \"Someone\"\nkind = \"person\"\ncloseness = \"independent\"\n";

/// The key and the value of a line, without its comment.
fn value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split(" #").next()?.split_once(" = ")?;
    key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_').then_some((key, value))
}

fn text(line: &str) -> Option<(&str, &str)> {
    let (key, value) = value(line)?;
    Some((key, value.strip_prefix('"')?.strip_suffix('"')?))
}

fn list(line: &str) -> Option<(&str, &str)> {
    let (key, value) = value(line)?;
    Some((key, value.strip_prefix('[')?.strip_suffix(']')?))
}

fn record(line: &str) -> Option<(&str, &str)> {
    let (key, value) = value(line)?;
    Some((key, value.strip_prefix('{')?.strip_suffix('}')?))
}

fn number(line: &str) -> Option<&str> {
    value(line).filter(|(_, value)| value.starts_with(|c: char| c.is_ascii_digit())).map(|(key, _)| key)
}

fn header(line: &str) -> Option<&str> {
    line.starts_with('[').then_some(line)
}

/// A number within a record, replaced.
fn amount(line: &str, written: &str) -> Option<String> {
    let (key, inner) = record(line)?;
    let start = inner.find("value = ").or_else(|| inner.find("amount = "))?;
    let start = start + inner[start..].find("= ")? + 2;
    let end = inner[start..].find([',', ' ']).map_or(inner.len(), |end| start + end);
    Some(format!("{key} = {{{}{written}{}}}", &inner[..start], &inner[end..]))
}

#[test]
fn the_strategies_are_clean() {
    for (name, text) in CLEAN {
        assert_eq!(codes(text), [""; 0], "{name}");
        assert_eq!(codes(&(text.to_string() + SECOND)), ["named-person"], "{name}");
        assert_eq!(codes(&(SECOND.to_string() + text)), ["named-person"], "{name}");
    }
}

#[test]
fn a_string_that_is_not_closed() {
    check_mistake(|line| text(line).map(|(key, text)| format!("{key} = \"{text}")));
    check_mistake(|line| text(line).map(|(key, text)| format!("{key} = '{text}")));
    check_mistake(|line| text(line).map(|(key, text)| format!("{key} = {text}\"")));
    check_mistake(|line| {
        list(line).and_then(|(key, inner)| Some(format!("{key} = [{}]", inner.strip_suffix('"')?)))
    });
}

#[test]
fn a_mistake_in_any_text_is_told_once_and_near_its_line() {
    let mistakes: [Mistake; 6] = [
        |line| text(line).map(|(key, text)| format!("{key} \"{text}\"")),
        |line| text(line).map(|(key, text)| format!("{key} == \"{text}\"")),
        |line| text(line).map(|(key, text)| format!("{key} = “{text}”")),
        |line| text(line).map(|(key, text)| format!("{key} = {text} x")),
        |line| text(line).map(|(key, text)| format!("{key} = \"{text}")),
        |line| text(line).map(|(key, text)| format!("{key} = \"{text}\" {text}")),
    ];
    let mut tried = 0;
    for mistake in mistakes {
        made_here_and_there(mistake, usize::MAX, |text, line| {
            assert_eq!(codes(text), ["syntax"], "line {line} of\n{text}");
            let source = Source::new("strategy.toml", text);
            let span = report(text).diagnostics[0].span().expect("a place");
            let told = source.line_and_column(span.start).0;
            assert!(told.abs_diff(line) <= 1, "told in line {told}, made in line {line} of\n{text}");
            tried += 1;
        });
    }
    assert!(tried > 400, "{tried} mistakes were made");
}

#[test]
fn a_list_that_is_not_closed() {
    check_mistake(|line| list(line).map(|(key, inner)| format!("{key} = [{inner}")));
    check_mistake(|line| list(line).map(|(key, inner)| format!("{key} = [{inner})")));
    check_mistake(|line| {
        list(line).filter(|(_, inner)| !inner.is_empty()).map(|(key, inner)| format!("{key} = {inner}]"))
    });
    check_mistake(|line| text(line).map(|(key, text)| format!("{key} = [\"{text}\"")));
}

#[test]
fn a_string_of_several_lines_that_is_not_closed() {
    check_mistake(|line| text(line).map(|(key, text)| format!("{key} = \"\"\"{text}")));
    check_mistake(|line| text(line).map(|(key, text)| format!("{key} = \"\"\"\n{text}")));
    check_mistake(|line| text(line).map(|(key, text)| format!("{key} = '''{text}'")));
}

#[test]
fn a_table_in_braces_that_is_not_closed() {
    check_mistake(|line| record(line).map(|(key, inner)| format!("{key} = {{{inner}")));
    check_mistake(|line| record(line).map(|(key, inner)| format!("{key} = {{{inner}]")));
    check_mistake(|line| record(line).map(|(key, inner)| format!("{key} = {inner}}}")));
    check_mistake(|line| {
        record(line).map(|(key, inner)| format!("{key} = {{{}}}", inner.replacen(" = ", " ", 1)))
    });
}

#[test]
fn a_broken_header() {
    check_mistake(|line| header(line).map(|header| header[..header.len() - 1].to_string()));
    check_mistake(|line| header(line).map(|header| header.trim_end_matches(']').to_string()));
    check_mistake(|line| header(line).map(|header| header.trim_start_matches('[').to_string()));
    check_mistake(|line| {
        header(line).filter(|header| header.starts_with("[[")).map(|header| header[1..].to_string())
    });
    check_mistake(|line| header(line).map(|header| format!("{header} again")));
    check_mistake(|line| header(line).map(|header| header.replacen(']', "}", 1)));
    check_mistake(|line| header(line).map(|header| header.replacen(']', " one]", 1)));
    check_mistake(|line| header(line).map(|header| header.replace(|c: char| c.is_ascii_alphabetic(), "")));
}

#[test]
fn a_value_or_its_equals_sign_that_is_missing() {
    check_mistake(|line| value(line).filter(|(_, value)| *value != "[").map(|(key, _)| format!("{key} =")));
    check_mistake(|line| value(line).map(|(key, value)| format!("{key} {value}")));
    check_mistake(|line| value(line).map(|(key, value)| format!("{key}: {value}")));
    check_mistake(|line| value(line).map(|(key, value)| format!("{key} == {value}")));
    check_mistake(|line| value(line).map(|(_, value)| format!("= {value}")));
    check_mistake(|line| value(line).filter(|(_, value)| *value != "[").map(|(key, _)| key.to_string()));
}

#[test]
fn a_key_that_is_there_twice() {
    check_mistake(|line| value(line).filter(|(_, value)| *value != "[").map(|_| format!("{line}\n{line}")));
    check_mistake(|line| {
        value(line).filter(|(_, value)| *value != "[").map(|_| format!("{line}\n{line}\n{line}"))
    });
    check_mistake(|line| {
        record(line)
            .and_then(|(key, inner)| Some(format!("{key} = {{{},{inner}}}", inner.split(',').next()?)))
    });
}

#[test]
fn a_number_with_a_comma() {
    check_mistake(|line| number(line).map(|key| format!("{key} = 120,000")));
    check_mistake(|line| number(line).map(|key| format!("{key} = 120_000,5")));
    check_mistake(|line| amount(line, "120,000"));
    check_mistake(|line| amount(line, "120_000,5"));
    check_mistake(|line| amount(line, "1,120,000"));
}

#[test]
fn a_number_that_begins_with_zero_or_holds_a_space() {
    check_mistake(|line| number(line).map(|key| format!("{key} = 02012")));
    check_mistake(|line| number(line).map(|key| format!("{key} = 120 000")));
    check_mistake(|line| number(line).map(|key| format!("{key} = 5 %")));
    check_mistake(|line| amount(line, "0120"));
}

#[test]
fn quotes_that_a_word_processor_made() {
    check_mistake(|line| text(line).map(|(key, text)| format!("{key} = “{text}”")));
    check_mistake(|line| text(line).map(|(key, text)| format!("{key} = « {text} »")));
    check_mistake(|line| value(line).map(|(key, value)| format!("“{key}” = {value}")));
    check_mistake(|line| {
        list(line)
            .filter(|(_, inner)| inner.contains('"'))
            .map(|(key, inner)| format!("{key} = [{}]", inner.replace('"', "”")))
    });
}

#[test]
fn characters_that_nobody_sees() {
    check_mistake(|line| value(line).map(|(key, value)| format!("{key}\u{a0}= {value}")));
    check_mistake(|line| value(line).map(|(key, value)| format!("\u{feff}{key} = {value}")));
    check_mistake(|line| header(line).map(|header| format!("#\n\u{feff}{header}")));
    check_mistake(|line| text(line).map(|(key, text)| format!("{key} = \"{text}\"\0")));
    check_mistake(|line| text(line).map(|(key, text)| format!("{key} = \"{text}\u{1}\"")));
    check_mistake(|line| text(line).map(|(key, text)| format!("{key} = \"{text}\"\rx")));
}

#[test]
fn a_line_that_belongs_nowhere() {
    for line in [
        "and so on",
        "etc",
        "- a point, in \"prose\" [sic]",
        "]",
        "[",
        "}",
        "\"",
        "\"\"\"",
        "=",
        "----",
        "<<<<<<< HEAD",
    ] {
        for (name, text) in CLEAN {
            let lines: Vec<&str> = text.lines().collect();
            // Before every header: where a section is complete, and nothing else of it can be meant.
            for at in (0..lines.len())
                .filter(|at| header(lines[*at]).is_some() && lines[at.saturating_sub(1)].is_empty())
            {
                let mut broken = lines.clone();
                broken.insert(at, line);
                assert_eq!(
                    codes(&(broken.join("\n") + "\n")),
                    ["syntax"],
                    "{line} before line {} of {name}",
                    at + 1
                );
            }
        }
    }
}

#[test]
fn a_header_in_a_string_is_none_however_broken_the_rest() {
    let (_, text) = CLEAN[1];
    let inner = "More young people come to see it.\n[[objective]]\n";
    assert!(text.contains(inner), "a line that looks like a header");
    assert_eq!(codes(&text.replace("owner = 'Universities'", "owner = 'Universities")), ["syntax"]);
    assert_eq!(codes(&text.replace("kind = \"institution\"", "kind = \"\"\"institution\"")), ["syntax"]);
}

#[test]
fn a_mistake_leaves_the_rest_of_its_section_to_be_checked() {
    let text = "[[audience]]\nid = \"a\"\nwho = \"b\nand more\nkind = \"person\"\nplaces = [1]\n";
    assert_eq!(codes(text), ["missing-key", "syntax", "syntax", "named-person", "wrong-type"]);
}

#[test]
fn a_misspelt_section_is_read_as_the_one_that_was_meant() {
    let (_, text) = CLEAN[1];
    for (right, wrong) in
        [("[strategy]", "[stratagy]"), ("[[partner]]", "[[partnr]]"), ("[[objective]]", "[[objektive]]")]
    {
        assert_eq!(codes(&text.replacen(right, wrong, 1)), ["unknown-key"], "{wrong}");
    }
}

#[test]
fn what_is_no_id_is_reported_where_it_is_declared_and_not_where_it_is_used() {
    let (_, text) = CLEAN[1];
    for id in ["Young People", "young_people", "", "Jünger"] {
        assert_eq!(
            codes(&text.replace("\"young\"", &format!("\"{id}\"")))
                .iter()
                .filter(|code| **code == "unknown-reference")
                .count(),
            0,
            "{id}"
        );
    }
}

#[test]
fn five_thousand_problems_are_all_counted() {
    let text = "key = \n".repeat(5_000);
    assert_eq!(codes(&text).iter().filter(|code| **code == "syntax").count(), 5_000);
}

#[test]
fn what_is_no_toml_is_never_passed_over() {
    for text in [
        "\r",
        "a = 1\r\r\n",
        "\u{1}",
        "# \u{1}\n",
        "\u{feff}\u{feff}",
        "[a]\n[a]\n",
        "a.b = 1\na = 2\n",
        "\0",
        "[strategy]\n[[strategy]]\n",
    ] {
        assert!(codes(text).contains(&"syntax"), "{text:?}");
    }
}

#[test]
fn numbers_as_people_write_them_are_told_how_to_be_written() {
    for (number, hint) in [
        ("120,000", "write 120_000, or 120.000 if what follows the comma are decimals"),
        ("1.200.000", "write 1_200_000"),
        ("1,200,000", "write 1_200_000"),
        ("120 000", "write 120_000"),
        ("1'200'000", "write 1_200_000"),
        ("1,5", "write 1.5"),
    ] {
        for text in [format!("a = {number}\n"), format!("a = {{ b = 2012, c = {number} }}\n")] {
            let diagnostics = report(&text).diagnostics;
            let syntax: Vec<_> =
                diagnostics.iter().filter(|diagnostic| diagnostic.code == "syntax").collect();
            assert_eq!(syntax.len(), 1, "{text}");
            assert_eq!(syntax[0].hint.as_deref(), Some(hint), "{text}");
        }
    }
    // What a text says is no value.
    for text in ["a = \"growth = 1,5 per cent\n", "a = \"b = yes\n", "a = [1 # b = 1,5\n"] {
        let diagnostics = report(text).diagnostics;
        let syntax: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic.code == "syntax").collect();
        assert_eq!(syntax.len(), 1, "{text}");
        assert_eq!(syntax[0].hint, None, "{text}");
    }
    let month = report("a = { period = 2027-02, value = 1 }\n").diagnostics;
    assert!(
        month
            .iter()
            .any(|diagnostic| diagnostic.hint.as_deref() == Some("write a month in quotes: \"2027-02\""))
    );
    for text in ["a = 1..5\n", "a = 2012-13-45\n", "a = 1_000_\n", "a = 12:61\n"] {
        assert!(
            report(text)
                .diagnostics
                .iter()
                .all(|diagnostic| !diagnostic.headline.contains("is not a number")),
            "{text}"
        );
    }
}

#[test]
fn slips_that_people_make_are_told_how_to_be_mended() {
    for (value, hint) in [
        ("2027-02", "write a month in quotes: \"2027-02\""),
        ("8 %", "write a share in quotes: \"8 %\""),
        ("5%", "write a share in quotes: \"5 %\""),
        ("“T”", "write straight quotes: \"…\""),
        ("True", "write `true`"),
    ] {
        let diagnostics = report(&format!("a = {value}\n")).diagnostics;
        let syntax: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic.code == "syntax").collect();
        assert_eq!(syntax.len(), 1, "{value}");
        assert_eq!(syntax[0].hint.as_deref(), Some(hint), "{value}");
    }
}

#[test]
fn what_is_no_id_is_the_one_message_however_it_is_referred_to() {
    for (id, reference) in
        [("Halls", "halls"), ("Long Halls", "long-halls"), ("long_halls", "long-halls"), ("Halls", "Halls")]
    {
        let text = format!(
            "[[resource]]\nid = \"{id}\"\nkind = \"culture\"\n\n\
             [[initiative]]\nid = \"a\"\nkind = \"event\"\nstarts = 2020\nuses = [\"{reference}\"]\n"
        );
        let codes = codes(&text);
        assert!(codes.contains(&"bad-value") && !codes.contains(&"unknown-reference"), "{text}\n{codes:?}");
    }
}

#[test]
fn a_misspelt_section_that_is_there_twice_is_not_mended_into_more_mistakes() {
    let twice = report(
        "[stratagy]\ntitle = \"T\"\n[stratagy]\nowner = 1\nowner = 2\nowner = 3\ntitle = 4\ntitle = 5\n",
    );
    assert!(twice.diagnostics.iter().all(|diagnostic| diagnostic.fix.is_none()), "{:#?}", twice.diagnostics);
    let once = report("[stratagy]\ntitle = \"T\"\n");
    assert!(once.diagnostics.iter().any(|diagnostic| diagnostic.fix.is_some()));
}
