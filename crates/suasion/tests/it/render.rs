//! The renderers: nothing breaks out, nothing is left out, and nothing depends on more than the findings.

use std::collections::BTreeSet;

use suasion::render::{html, json, markdown, terminal, text, words};
use suasion_model::diagnostic::Style;
use suasion_model::finding::{CheckOutcome, Interval, Number, PLAIN_WORDS, Verdict, words as count_words};
use suasion_model::number;

use crate::hostile::hostile;
use crate::sample::sample;

/// The tags of a page, each with its attributes. Panics where a tag is not as a renderer writes it.
pub(crate) fn tags(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut rest = page;
    let mut tags = Vec::new();
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = rest[start + 1..end].trim_start_matches(['/', '!']);
        let name_end = tag.find(' ').unwrap_or(tag.len());
        let mut attributes = Vec::new();
        let mut left = tag[name_end..].trim_start();
        while let Some((name, after)) = left.split_once("=\"") {
            let (value, after) = after.split_once('"').expect("an attribute's value ends");
            attributes.push((name.to_string(), value.to_string()));
            left = after.trim_start();
        }
        tags.push((tag[..name_end].to_string(), attributes));
        rest = &rest[end + 1..];
        if page[..page.len() - rest.len()].ends_with("<style>") {
            rest = &rest[rest.find("</style>").expect("the style ends")..];
        }
    }
    tags
}

/// All values of an attribute.
pub(crate) fn attributes<'a>(tags: &'a [(String, Vec<(String, String)>)], name: &str) -> Vec<&'a str> {
    let all = tags.iter().flat_map(|(_, attributes)| attributes);
    all.filter(|(one, _)| one == name).map(|(_, value)| value.as_str()).collect()
}

/// What HTML shows of a text.
fn shown(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[test]
fn no_text_becomes_markup() {
    let page = html::brief(&hostile());
    let expected: BTreeSet<String> =
        tags(&html::brief(&sample())).into_iter().map(|(name, _)| name).collect();
    for (name, attributes) in tags(&page) {
        assert!(expected.contains(&name), "a tag out of a text: {name}");
        for (attribute, _) in attributes {
            let plain = attribute
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || b"-BCPSVhtX0123456789".contains(&byte));
            assert!(plain && !attribute.starts_with("on"), "an attribute out of a text: {attribute}");
        }
    }
    assert!(page.contains("&lt;script&gt;alert('x')&lt;/script&gt; &quot;quoted&quot; &amp; ]]&gt;"));
    assert!(!page.chars().any(|c| (c.is_control() && c != '\n') || text::reorders(c)));
    assert!(page.contains(&"w".repeat(300)));
}

#[test]
fn the_page_needs_nothing_from_elsewhere() {
    for findings in [sample(), hostile()] {
        let page = html::brief(&findings);
        assert!(page.contains(r#"content="default-src 'none'; style-src 'unsafe-inline';"#));
        for outside in ["<script", "<link", "<img", "<iframe", "@import", "url(", " src=", "javascript:\""] {
            assert!(!page.contains(outside), "{outside}");
        }
        let tags = tags(&page);
        let ids: Vec<&str> = attributes(&tags, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "an id occurs twice");
        let citations: String = findings
            .findings
            .iter()
            .flat_map(|one| one.method.citations.clone())
            .collect::<Vec<_>>()
            .join(" ");
        for href in attributes(&tags, "href") {
            let cited = href.strip_prefix("https://doi.org/").unwrap_or(href);
            let inside = href.strip_prefix('#').is_some_and(|id| unique.contains(id));
            assert!(inside || citations.contains(cited), "{href}");
        }
        for name in ["aria-labelledby", "aria-describedby"] {
            for id in attributes(&tags, name).iter().flat_map(|ids| ids.split(' ')) {
                assert!(unique.contains(id), "{name} leads nowhere: {id}");
            }
        }
    }
}

#[test]
fn headings_step_down_one_at_a_time() {
    let mut last = 0;
    let page = html::brief(&sample());
    let levels = page.match_indices("<h").filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10));
    for level in levels {
        assert!(level <= last + 1, "h{level} after h{last}");
        assert_eq!(level == 1, last == 0, "there is one h1, and it is the first");
        last = level;
    }
}

#[test]
fn the_first_screen_says_the_four_sentences_as_they_are() {
    let findings = sample();
    let page = html::brief(&findings);
    let first = page.split(r#"id="findings""#).next().expect("a first screen");
    for (name, sentence) in findings.plain.sentences() {
        assert!(count_words(sentence) <= PLAIN_WORDS, "{sentence}");
        assert!(first.contains(&shown(sentence)), "{name}");
        assert!(markdown::brief(&findings).contains(sentence), "{name}");
    }
    for one in &findings.findings {
        assert!(first.contains(&shown(&one.title)) && first.contains(words::verdict(one.verdict)));
        for (name, sentence) in one.plain.sentences() {
            assert!(count_words(sentence) <= PLAIN_WORDS, "{sentence}");
            assert!(page.contains(&shown(sentence)), "{name}");
        }
    }
}

#[test]
fn every_number_stands_with_its_unit_interval_grade_inputs_and_caveats() {
    let findings = sample();
    let page = html::brief(&findings);
    let cards: Vec<&str> = page.split(r#"<div class="card">"#).skip(1).collect();
    assert_eq!(cards.len(), findings.findings.len());
    for (one, card) in findings.findings.iter().zip(cards) {
        let card = card.split("What was checked first").next().expect("a card");
        let mut wanted = vec![one.grade.why.clone(), words::grade(&one.grade)];
        for figure in &one.numbers {
            wanted.extend([figure.label.clone(), number::value(figure.value), words::interval(figure)]);
            wanted.push(if figure.unit.is_empty() { "no unit".to_string() } else { figure.unit.clone() });
            wanted.push(match &figure.interval {
                Interval::Range { method, .. } => method.clone(),
                Interval::None { why } => why.clone(),
            });
        }
        for input in &one.inputs {
            wanted.extend([input.table.clone(), input.source.clone(), input.licence.clone()]);
        }
        wanted.extend(one.caveats.iter().cloned());
        for text in wanted {
            assert!(card.contains(&shown(&text)), "{}: {text}", one.id);
        }
    }
}

#[test]
fn what_is_withheld_or_may_be_chance_is_not_shown_as_an_answer() {
    let findings = sample();
    let page = html::brief(&findings);
    let terminal = terminal::findings(&findings, Style { colour: false, width: 120 });
    let said = terminal.split_whitespace().collect::<Vec<_>>().join(" ");
    for (one, section) in findings.findings.iter().zip(page.split("<article").skip(1)) {
        let shown_as_is = section.split("<details").next().expect("the start of a finding");
        let compares = section.contains("c-second") || section.contains("c-placebo");
        let caution = words::caution(one);
        let answers =
            matches!(one.verdict, Verdict::Supported | Verdict::NotSupported | Verdict::Descriptive);
        assert_eq!(caution.is_some(), compares && !answers, "{}", one.id);
        assert!(caution.is_none_or(|caution| shown_as_is.contains(&shown(caution))), "{}", one.id);
        let withheld = section.contains("<details><summary>The withheld figures");
        assert_eq!(withheld, one.verdict == Verdict::Withheld, "{}", one.id);
        if withheld {
            assert!(!said.contains(&one.statement), "{}", one.id);
        }
    }
}

#[test]
fn checks_that_failed_come_before_those_that_passed() {
    for one in &sample().findings {
        let order: Vec<CheckOutcome> = words::failed_first(&one.checks).map(|check| check.outcome).collect();
        assert_eq!(order.len(), one.checks.len());
        assert!(
            order
                .iter()
                .skip_while(|outcome| **outcome != CheckOutcome::Passed)
                .all(|outcome| *outcome == CheckOutcome::Passed)
        );
    }
    assert_eq!(words::passed(9, 12), "9 of 12 checks passed");
    assert_eq!(words::passed(3, 3), "All 3 checks passed");
}

#[test]
fn an_interval_does_not_say_again_what_stands_beside_it() {
    let figure = |low: f64, high: f64, unit: &str| Number {
        id: "effect".to_string(),
        label: "Effect".to_string(),
        value: low,
        unit: unit.to_string(),
        interval: Interval::Range { low, high, level: None, method: "bounds".to_string() },
    };
    assert_eq!(words::interval(&figure(1.0, 2.0, "% of what would have been")), "1 to 2\u{202f}%");
    assert_eq!(words::interval(&figure(1.0, 2.0, "visits")), "1 to 2\u{a0}visits");
    assert_eq!(words::interval(&figure(15.21, 15.22, "places")), "15.2 at both ends");
}

#[test]
fn a_foreign_strategy_is_marked_and_the_page_stays_english() {
    let mut findings = sample();
    findings.strategy.language = "de".to_string();
    let page = html::brief(&findings);
    assert!(page.contains(r#"<html lang="en">"#));
    assert!(page.contains(r#"<h1 dir="auto" lang="de">"#));
    findings.strategy.language = "en-GB".to_string();
    assert!(html::brief(&findings).contains(r#"<html lang="en-GB">"#));
}

#[test]
fn colours_meet_wcag_aa_in_light_dark_and_print() {
    let page = html::brief(&sample());
    let luminance = |hex: &str| -> f64 {
        let hex = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_string() };
        let channel = |at: usize| {
            let c = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("a colour")) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    };
    let palettes: Vec<&str> =
        page.split(":root {").skip(1).filter(|part| part.contains("--supported: #")).collect();
    assert_eq!(palettes.len(), 3);
    for palette in palettes {
        let colour = |name: &str| {
            let (_, after) = palette.split_once(&format!("--{name}: #")).expect("a colour of that name");
            luminance(after.split(';').next().expect("a colour"))
        };
        for paper in ["paper", "card"] {
            for (name, least) in [
                ("ink", 7.0),
                ("quiet", 4.5),
                ("accent", 4.5),
                ("supported", 4.5),
                ("not-supported", 4.5),
                ("cannot-tell", 4.5),
                ("withheld", 4.5),
                ("descriptive", 4.5),
                ("grey", 3.0),
            ] {
                let (a, b) = (colour(name), colour(paper));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= least, "{name} on {paper}: {contrast:.2}");
            }
        }
    }
}

/// Takes the colours out.
fn without_colour(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        out.push_str(before);
        rest = after.split_once('m').expect("a colour ends").1;
    }
    out + rest
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for findings in [sample(), hostile()] {
        for width in [40, 80, 120] {
            let plain = terminal::findings(&findings, Style { colour: false, width });
            assert!(!plain.contains('\u{1b}'), "no colour was asked for");
            for line in plain.lines() {
                assert!(text::width(line) <= width, "{} columns at {width}: {line}", text::width(line));
                assert_eq!(line.trim_end(), line);
            }
            let coloured = terminal::findings(&findings, Style { colour: true, width });
            assert_eq!(without_colour(&coloured), plain);
            assert!(coloured.contains('\u{1b}'));
        }
    }
}

#[test]
fn problems_fit_the_terminal_and_keep_their_lines_elsewhere() {
    let strategy = "[[resource]]\nid = \"games\"\nkind = \"convoking things\"\n\n[[objective]]\nid = \"o\"\n\
                    statement = \"More raise awareness\"\noutcome = \"likes\"\n";
    let source = suasion_model::Source::new("strategy.toml", strategy);
    let problems = suasion_model::check(&source, None).1.diagnostics;
    let shown = |colour, columns: Option<usize>| {
        let style = Style { colour, width: columns.unwrap_or(100) };
        suasion::render::problems::text(&source, &problems, style, columns)
    };
    for columns in [40, 60, 80] {
        let text = shown(false, Some(columns));
        for line in text.lines() {
            assert!(suasion::render::text::width(line) <= columns, "{columns}: {line}");
        }
        assert_eq!(anstream::adapter::strip_str(&shown(true, Some(columns))).to_string(), text);
        for problem in &problems {
            assert!(shown_words(&text).contains(&shown_words(&problem.headline)), "{text}");
            let said = [Some(&problem.label), problem.reason.as_ref(), problem.hint.as_ref()];
            assert!(
                said.into_iter().flatten().all(|said| shown_words(&text).contains(&shown_words(said))),
                "{text}"
            );
        }
    }
    let whole: Vec<String> = problems.iter().map(|problem| problem.render(&source, Style::PLAIN)).collect();
    assert!(shown(false, None).starts_with(&whole.join("\n\n")));
}

fn shown_words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_line_is_folded_at_spaces_and_a_path_stays_whole() {
    let fold = suasion::render::text::fold;
    assert_eq!(fold("one two three", 8, 2), "one two\n  three");
    assert_eq!(fold("see /a/very/long/path now", 8, 2), "see\n  /a/very/long/path\n  now");
    assert_eq!(fold("\u{1b}[1mone two\u{1b}[0m three", 8, 2), "\u{1b}[1mone two\u{1b}[0m\n  three");
    assert_eq!(fold("  [a] ", 40, 2), "  [a] ");
}

#[test]
fn the_terminal_says_what_matters() {
    let plain = terminal::findings(&sample(), Style { colour: false, width: 120 });
    let said = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "Answer Nobody can tell from these figures",
        "? CANNOT TELL Visitors",
        "‖ WITHHELD Students from abroad",
        "✗ Could an effect of the size that matters have been seen? No: 78 log points; needed: 5 % (4.9 log points).",
        "– Not run: Does the method see nothing where nothing happened?",
        "5 files: 6 742 rows read, 6 729 kept, 13 dropped.",
        "student-corridors.csv: 11 dropped: origin is not a place",
    ] {
        assert!(said.contains(part), "{part}\n{plain}");
    }
}

#[test]
fn markdown_tables_keep_their_columns() {
    for findings in [sample(), hostile()] {
        let page = markdown::brief(&findings);
        let mut columns = None;
        for line in page.lines() {
            let unescaped = |c: char| {
                let chars: Vec<char> = line.chars().collect();
                (0..chars.len()).filter(|at| chars[*at] == c && (*at == 0 || chars[at - 1] != '\\')).count()
            };
            assert_eq!(unescaped('<'), 0, "{line}");
            assert_eq!(unescaped('`'), 0, "{line}");
            if line.starts_with('|') {
                let n = unescaped('|');
                assert_eq!(*columns.get_or_insert(n), n, "{line}");
            } else {
                columns = None;
            }
        }
        assert!(!page.contains('\u{1b}') && page.ends_with('\n') && !page.ends_with("\n\n"));
    }
}

#[test]
fn json_is_whole_and_the_same_input_gives_the_same_bytes() {
    let findings = sample();
    let text = json::findings(&findings);
    let parsed: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(parsed["findings"][2]["numbers"][0]["value"], 12.078_852_813_464_8, "at full precision");
    assert!(text.ends_with("}\n"));
    let style = Style { colour: true, width: 80 };
    assert_eq!(text, json::findings(&findings.clone()));
    assert_eq!(html::brief(&findings), html::brief(&findings.clone()));
    assert_eq!(markdown::brief(&findings), markdown::brief(&findings.clone()));
    assert_eq!(terminal::findings(&findings, style), terminal::findings(&findings.clone(), style));
}

#[test]
fn words_are_broken_only_where_they_must_be() {
    assert_eq!(text::wrap("one two three", 7), ["one two", "three"]);
    assert_eq!(text::wrap("abcdefgh", 3), ["abc", "def", "gh"]);
    assert_eq!(text::wrap("lastminute.com, P&O", 12), ["lastminute.", "com, P&O"]);
    assert_eq!(text::wrap("東京都", 4), ["東京", "都"]);
    assert!(text::wrap(" \n\t", 10).is_empty());
    assert_eq!(text::clean("a\n b\u{1b}[0m\u{202e}c"), "a b\u{fffd}[0mc");
    assert_eq!(text::shorten("United Kingdom", 8), "United…");
}
