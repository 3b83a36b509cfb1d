//! Places are right whatever the text is written with: `\r\n`, tabs, a byte order mark, scripts of any direction,
//! characters of several code points, lines of megabytes.

use serde_json::{Value, json};
use suasion_model::diagnostic::{Diagnostic, Style};
use suasion_model::{Source, Span, check};

/// The one diagnostic of a code.
fn only(source: &Source, code: &str) -> Diagnostic {
    let mut found = check(source, None).1.diagnostics;
    found.retain(|diagnostic| diagnostic.code == code);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// Where the only diagnostic of a code begins and ends, and what stands there.
fn place(text: &str, code: &str) -> (Value, Value, String) {
    let source = Source::new("strategy.toml", text);
    let diagnostic = only(&source, code);
    let Span { start, end } = diagnostic.span().expect("a place in the strategy");
    let record = serde_json::to_value(diagnostic.record(&source)).expect("a record");
    (record["start"].clone(), record["end"].clone(), text[start..end].to_string())
}

fn at(line: usize, column: usize) -> Value {
    json!({ "line": line, "column": column })
}

/// `unknown-key` is found at `woh` in this line, counted from 1, at this column.
#[track_caller]
fn check_place(text: &str, line: usize, column: usize) {
    let expected = (at(line, column), at(line, column + 3), "woh".to_string());
    assert_eq!(place(text, "unknown-key"), expected, "{text:?}");
}

const SECTION: &str = "[[audience]]\nid = \"a\"\nwho = \"w\"\nwoh = 1\n";

#[test]
fn line_breaks_of_two_characters_are_one() {
    check_place(SECTION, 4, 1);
    check_place(&SECTION.replace('\n', "\r\n"), 4, 1);
    check_place("[[audience]]\r\nid = \"a\"\nwho = \"\"\"one\r\ntwo\r\n\"\"\"\r\nwoh = 1", 6, 1);
}

#[test]
fn a_byte_order_mark_is_no_character() {
    check_place(&format!("\u{feff}{SECTION}"), 4, 1);
    check_place("\u{feff}woh = 1\n", 1, 1);
}

#[test]
fn a_tab_is_one_character() {
    check_place(&SECTION.replace("woh", "\twoh"), 4, 2);
    check_place("[[audience]]\nplaces = [\"a\",\t\"b\"]\n\t \twoh = 1\n", 3, 4);
}

#[test]
fn columns_are_counted_in_characters_of_any_script() {
    for (who, characters) in [
        ("外交", 2),
        ("é", 1),
        // A letter and its accent, and a family of five code points and four joiners.
        ("e\u{301}", 2),
        ("👨‍👩‍👧‍👦", 7),
        ("שלום", 4),
        ("الدبلوماسية", 11),
        ("\u{202e}abc\u{202c}", 5),
    ] {
        let text = format!("audience = [{{ id = \"a\", who = \"{who}\", woh = 1 }}]\n");
        check_place(&text, 1, 35 + characters);
    }
}

#[test]
fn a_value_in_any_script_is_pointed_at_from_quote_to_quote() {
    for id in ["外交", "👩‍🚀", "שלום", "e\u{301}"] {
        let (start, end, text) =
            place(&format!("[[audience]]\nid = \"{id}\" # x\nwho = \"w\"\n"), "bad-value");
        assert_eq!(text, format!("\"{id}\""));
        assert_eq!((start, end), (at(2, 6), at(2, 8 + id.chars().count())));
    }
}

#[test]
fn a_mistake_behind_wide_characters_is_where_it_is() {
    for line_break in ["\n", "\r\n"] {
        let text = ["[[audience]]", "id = \"a\" # 👩‍🚀 שלום", "who = \"é\" é", ""].join(line_break);
        let (start, _, _) = place(&text, "syntax");
        assert_eq!(start, at(3, 11), "{line_break:?}");
    }
}

#[test]
fn a_line_of_ten_megabytes_is_counted_to_its_end() {
    // 10,000,000 bytes in 4,000,000 characters of one, two, three and four bytes each.
    let who = "aé外👩".repeat(1_000_000);
    let text = format!(
        "[strategy]\nowner = 3\naudience = [{{ id = \"a\", who = \"{who}\", woh = 1 }}]\nschema = 1\n"
    );
    let source = Source::new("strategy.toml", text.as_str());
    let diagnostics = check(&source, None).1.diagnostics;
    let woh = text.find("woh = 1").expect("the key");
    let far = diagnostics.iter().find(|diagnostic| diagnostic.span().is_some_and(|span| span.start == woh));
    assert_eq!(source.line_and_column(woh), (3, 4_000_000 + 35));
    // Nothing of the line is drawn, and what is drawn stays short.
    for diagnostic in diagnostics.iter().chain(far) {
        assert!(diagnostic.render(&source, Style::PLAIN).len() < 10_000, "{}", diagnostic.code);
    }
    assert!(
        diagnostics.iter().any(|diagnostic| diagnostic.code == "wrong-type"),
        "what stands before is checked"
    );
}

#[test]
fn a_mistake_in_a_line_of_ten_megabytes_is_where_it_is() {
    let text = format!("[[audience]]\nid = \"a\"\nwho = \"{}\" x\n", "é".repeat(5_000_000));
    let source = Source::new("strategy.toml", text);
    let record = serde_json::to_value(only(&source, "syntax").record(&source)).expect("a record");
    assert_eq!(record["start"], at(3, 5_000_010));
    assert!(only(&source, "syntax").render(&source, Style::PLAIN).contains("strategy.toml:3:5000010"));
}

#[test]
fn an_offset_between_the_characters_of_a_line_break_is_at_the_end_of_its_line() {
    let source = Source::new("strategy.toml", "ab\r\nc\rd\n");
    let places: Vec<(usize, usize)> = (0..=8).map(|offset| source.line_and_column(offset)).collect();
    // A lone carriage return breaks no line.
    assert_eq!(places, [(1, 1), (1, 2), (1, 3), (1, 3), (2, 1), (2, 2), (2, 3), (2, 4), (3, 1)]);
}
