//! Every rule finds its bad example and leaves its good one alone; the rest of a file is checked all the same.

use expect_test::{Expect, expect};
use suasion_model::data_rules::DATA_RULES;
use suasion_model::diagnostic::{Diagnostic, Style};
use suasion_model::rules::RULES;
use suasion_model::{Severity, Source, check};

fn codes(text: &str) -> Vec<&'static str> {
    check(&Source::new("strategy.toml", text), None)
        .1
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect()
}

fn check_rendered(text: &str, expect: &Expect) {
    let source = Source::new("strategy.toml", text);
    let rendered: Vec<String> = check(&source, None)
        .1
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.headline != "the file has no section `[strategy]`")
        .map(|diagnostic| diagnostic.render(&source, Style::PLAIN))
        .collect();
    expect.assert_eq(&(rendered.join("\n\n") + "\n"));
}

#[test]
fn every_rule_finds_its_bad_example_and_not_its_good_one() {
    for rule in RULES {
        assert!(codes(rule.bad).contains(&rule.code), "{} misses its bad example", rule.code);
        assert!(!codes(rule.good).contains(&rule.code), "{} finds its good example", rule.code);
    }
}

#[test]
fn codes_are_kebab_case_sorted_and_unique() {
    let of_strategies: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let of_data: Vec<&str> = DATA_RULES.iter().map(|rule| rule.code).collect();
    for codes in [&of_strategies, &of_data] {
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
    }
    let codes = [of_strategies, of_data].concat();
    let unique: std::collections::BTreeSet<&&str> = codes.iter().collect();
    assert_eq!(unique.len(), codes.len(), "no code is of both");
    assert!(codes.iter().all(|code| code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')));
}

#[test]
fn every_problem_says_what_stands_at_its_place() {
    for rule in RULES {
        let source = Source::new("strategy.toml", rule.bad);
        for diagnostic in check(&source, None).1.diagnostics {
            assert!(!diagnostic.label.is_empty(), "{}: no label", diagnostic.code);
            assert!(!diagnostic.headline.ends_with('.'), "{}: a full stop", diagnostic.code);
            assert!(!diagnostic.headline.contains('\n'), "{}: two lines", diagnostic.code);
            assert!(
                diagnostic.reason.is_some()
                    || diagnostic.hint.is_some()
                    || diagnostic.label.contains("expected"),
                "{}: neither reason nor hint",
                diagnostic.code
            );
        }
    }
}

#[test]
fn problems_come_in_source_order_all_at_once() {
    let text = r#"
[[objective]]
id = "fans"
statement = "A million likes"
outcome = "likes"
owner = 3

[[indicator]]
id = "likes"
lable = "Likes"
kind = "output"
unit = "likes"

[[initiative]]
id = "gala"
kind = "gala"
starts = "2012-13"
serves = ["fanz"]
"#;
    check_rendered(
        text,
        &expect![[r#"
            error[foggy-objective]: the objective `fans` cannot be wrong
             --> strategy.toml:2:1
              |
            2 | [[objective]]
              | ^^^^^^^^^^^^^ lacks decision, audience, baseline, target and horizon
            3 | id = "fans"
            4 | statement = "A million likes"
              |             ----------------- what it says
              |
              = note: what cannot be wrong cannot be measured (paragraph 16: avoid being 'foggy')
              = help: say what will be decided by the answer, from whom it is wanted, where that stood, where it should stand and by when it is judged

            warning[no-smallest-effect]: `fans` does not say which effect would matter
             --> strategy.toml:3:6
              |
            3 | id = "fans"
              |      ^^^^^^ no `smallest_effect`
              |
              = note: without it nobody can say whether the evidence could have shown what matters
              = help: add `smallest_effect`: the least effect of yours that would change the decision, such as "5 %"

            error[vanity-outcome]: the objective `fans` rests on an output
              --> strategy.toml:5:11
               |
             5 | outcome = "likes"
               |           ^^^^^^^ `likes` measures an output
            ...
            11 | kind = "output"
               |        -------- declared here
               |
               = note: reach is not influence: likes 'can distract from the core objectives' (paragraph 37)
               = help: name an indicator of kind outcome or impact: what people do or hold differently because of it

            error[wrong-type]: `owner` holds a string, not an integer
             --> strategy.toml:6:9
              |
            6 | owner = 3
              |         ^ expected a string

            error[unknown-key]: `indicator` has no key `lable`
              --> strategy.toml:10:1
               |
            10 | lable = "Likes"
               | ^^^^^ unknown key
               |
               = note: a key that is not known would be passed over in silence
               = help: did you mean `label`?

            error[unknown-word]: `kind` cannot be `gala`
              --> strategy.toml:16:8
               |
            16 | kind = "gala"
               |        ^^^^^^ expected campaign, event, exchange, scholarship, institution, broadcast, aid, convening or other

            error[bad-value]: `starts` is not a period
              --> strategy.toml:17:10
               |
            17 | starts = "2012-13"
               |          ^^^^^^^^^ no such year, month or day
               |
               = help: write 2012, "2012-02" or 2012-02-01

            error[unknown-reference]: `serves` names no objective: `fanz`
              --> strategy.toml:18:11
               |
            18 | serves = ["fanz"]
               |           ^^^^^^ there is no `[[objective]]` with this id
               |
               = help: did you mean `fans`?
        "#]],
    );
}

#[test]
fn a_syntax_error_does_not_hide_the_rest() {
    let text = "[[objective]\nid = \"a\"\nstatement = \"b\n\n[[audience]]\nid = \"c\"\nwo = \"d\"\n";
    let codes = codes(text);
    assert!(codes.contains(&"syntax"), "{codes:?}");
    assert!(codes.contains(&"unknown-key"), "{codes:?}");
}

#[test]
fn wide_characters_do_not_move_the_place() {
    let source =
        Source::new("strategy.toml", "[[audience]]\nid = \"a\"\nwho = \"外交 Außenpolitik\"\nwoh = \"é\"\n");
    let diagnostics = check(&source, None).1.diagnostics;
    let unknown =
        diagnostics.iter().find(|diagnostic| diagnostic.code == "unknown-key").expect("a misspelt key");
    let record = serde_json::to_value(unknown.record(&source)).expect("a record");
    assert_eq!(record["start"], serde_json::json!({ "line": 4, "column": 1 }));
    assert_eq!(record["end"], serde_json::json!({ "line": 4, "column": 4 }));
}

#[test]
fn hostile_input_is_reported_not_fatal() {
    let deep = format!("a = {}1{}\n", "[".repeat(5000), "]".repeat(5000));
    let long = format!("{} = 1\n", "x".repeat(1 << 20));
    for text in ["", "\u{feff}", "\0", "=", "[[[", "[strategy]\n[strategy]\n", "[[strategy]]\n", &deep, &long]
    {
        assert!(
            check(&Source::new("s", text), None)
                .1
                .diagnostics
                .iter()
                .any(|diagnostic| diagnostic.severity == Severity::Error),
            "{:?} passes",
            &text[..text.len().min(20)]
        );
    }
}

#[test]
fn a_line_too_long_to_show_is_still_pointed_at() {
    let source =
        Source::new("strategy.toml", format!("[strategy]\ntitle = \"{}\"\nshema = 1\n", "x".repeat(10_000)));
    let far = Source::new("strategy.toml", format!("[[audience]] # {}\nid = 3\n", "é".repeat(5_000)));
    let long: Vec<String> = [&source, &far]
        .iter()
        .flat_map(|source| {
            check(source, None)
                .1
                .diagnostics
                .into_iter()
                .map(|diagnostic| diagnostic.render(source, Style::PLAIN))
        })
        .collect();
    assert!(
        long.iter().any(|text| text.contains("strategy.toml:3:1") && text.contains("shema = 1")),
        "{long:?}"
    );
    assert!(long.iter().any(|text| text.contains("strategy.toml:1:1")), "{long:?}");
    assert!(long.iter().all(|text| text.lines().all(|line| line.len() < 5_000)));
}

#[test]
fn what_could_not_be_read_gives_one_message() {
    let text = "[[objective]]\nid = \"a\"\nstatement = \"b\"\nbaseline = { period = 2019, value = 1 }\n\
                target = { period = \"2020-13\", value = 2 }\nhorizon = 2021\n\n\
                [[initiative]]\nid = \"i\"\nkind = \"event\"\nstarts = 2020\nserves = [\"a\"]\n\n\
                [[evaluation]]\nid = \"e\"\nobjective = \"a\"\ndesign = \"synthetic-control\"\ntreated = [\"x\"]\nfrom = \"soon\"\n";
    let codes = codes(text);
    for follows in ["target-before-baseline", "horizon-before-target", "effect-before-cause"] {
        assert!(!codes.contains(&follows), "{codes:?}");
    }
    assert_eq!(codes.iter().filter(|code| **code == "bad-value").count(), 2, "{codes:?}");
}

#[test]
fn what_a_mapping_says_is_not_said_to_be_missing() {
    let found = |table: &str, columns: &str| -> Vec<&'static str> {
        let keys = "format = \"csv\"\npath = \"v.csv\"\nsource = \"Office\"\nlicence = \"CC0-1.0\"";
        let mut codes = codes(&format!("[[dataset]]\nid = \"v\"\ntable = \"{table}\"\n{keys}\n{columns}\n"));
        codes.retain(|code| !["missing-key", "unused-dataset"].contains(code));
        codes
    };
    assert!(found("observations", "columns = { unit = \"u\", period = \"p\", value = \"v\" }").is_empty());
    assert_eq!(
        found("observations", "columns = { unti = \"u\", unitt = \"p\" }"),
        ["unmapped-column", "unknown-column", "unknown-column"]
    );
    // What could not be read is said once.
    assert_eq!(
        found("observations", "columns = { unit = \"u\", period = \"p\", value = 3 }"),
        ["wrong-type"]
    );
    assert_eq!(found("observatoins", "columns = { unti = \"u\" }"), ["unknown-word"]);
    assert!(found("observations", "").is_empty(), "a missing key");
    assert!(found("ledger", "columns = { status = \"s\", amount = \"a\" }").is_empty());
}

#[test]
fn what_shows_a_claim_may_be_misspelt() {
    let text = "[[indicator]]\nid = \"inbound-students\"\nlabel = \"Students from abroad\"\nkind = \"outcome\"\n\
                unit = \"students\"\n\n[[claim]]\nid = \"open\"\nsays = \"Students are welcome\"\ntheme = \"openness\"\n\
                stance = 1.0\nshown_by = [\"something-else\", \"inbound-student\"]\n";
    let diagnostics = check(&Source::new("strategy.toml", text), None).1.diagnostics;
    let unpaired = diagnostics.iter().find(|diagnostic| diagnostic.code == "unpaired-claim").unwrap();
    let fix = unpaired.fix.as_ref().unwrap();
    assert_eq!(&text[fix.span.start..fix.span.end], "\"inbound-student\"");
    assert_eq!(fix.text, "\"inbound-students\"");
}

#[test]
fn a_language_without_words_is_not_checked() {
    let not_checked = |tag: &str| {
        let text = format!("[strategy]\nschema = 1\nlanguage = \"{tag}\"\n");
        let report = check(&Source::new("strategy.toml", text), None).1;
        report.not_checked.iter().any(|not| not.code == "boast")
    };
    for tag in ["fra", "en-GB", "fr_CA"] {
        assert!(!not_checked(tag), "{tag}");
    }
    assert!(not_checked("deu"));
}

#[test]
fn dates_and_values_that_cannot_be_are_found_to_the_day() {
    let found = |text: &str, code: &str| codes(text).iter().filter(|found| **found == code).count();
    let objective = "[[objective]]\nid = \"a\"\nstatement = \"More people visit\"\n";
    for (horizon, target, times) in [
        ("2015", "2015", 0),
        ("\"2015-12\"", "2015", 0),
        ("2015-06-30", "2015", 1),
        ("2015", "\"2015-06\"", 0),
        ("2014", "2015", 1),
    ] {
        let text = format!("{objective}horizon = {horizon}\ntarget = {{ period = {target}, value = 1 }}\n");
        assert_eq!(found(&text, "horizon-before-target"), times, "{horizon} and {target}");
    }
    let initiative = |starts: &str, ends: &str| {
        format!("[[initiative]]\nid = \"i\"\nkind = \"event\"\nstarts = {starts}\nends = {ends}\n")
    };
    assert_eq!(found(&initiative("2012-02-01", "2012"), "end-before-start"), 0);
    assert_eq!(found(&initiative("2012-02-01", "\"2012-01\""), "end-before-start"), 1);
    // A beginning that could not be read ends nothing.
    assert_eq!(found(&initiative("\"2012-13\"", "2011"), "end-before-start"), 0);
    let claim =
        |stance: &str| format!("[[claim]]\nid = \"c\"\nsays = \"So\"\ntheme = \"t\"\nstance = {stance}\n");
    for (stance, times) in [("-1", 0), ("1.0", 0), ("0", 0), ("1.01", 1), ("-2", 1)] {
        assert_eq!(found(&claim(stance), "bad-value"), times, "{stance}");
    }
    let cost = |amount: &str| {
        format!("{}cost = {{ amount = {amount}, currency = \"EUR\" }}\n", initiative("2012", "2013"))
    };
    assert_eq!(found(&cost("0"), "bad-value"), 0);
    assert_eq!(found(&cost("-0.01"), "bad-value"), 1);
    assert_eq!(found("[[audience]]\nid = \"domestic\"\nwho = \"Us\"\n", "bad-value"), 1);
    assert_eq!(found("[[audience]]\nid = \"ours\"\nwho = \"Us\"\n", "bad-value"), 0);
    assert_eq!(found("[[dataset]]\nid = \"ours\"\n", "bad-value"), 1);
}

#[test]
fn keys_that_are_missing_are_named_together() {
    let missing: Vec<String> =
        check(&Source::new("strategy.toml", "[[claim]]\nid = \"c\"\nthem = \"t\"\n"), None)
            .1
            .diagnostics
            .into_iter()
            .filter(|diagnostic| diagnostic.code == "missing-key" && diagnostic.headline.contains("claim"))
            .map(|diagnostic| diagnostic.headline)
            .collect();
    // `theme` was misspelt, which is said where it stands.
    assert_eq!(missing, ["`claim` lacks `says` and `stance`"]);
}

#[test]
fn a_section_without_an_id_is_spoken_of_all_the_same() {
    let text = "[[objective]]\nstatement = \"More visits\"\n\n[[dataset]]\n\n[[evaluation]]\n\n[[claim]]\n\n[[initiative]]\n";
    let diagnostics = check(&Source::new("strategy.toml", text), None).1.diagnostics;
    let said: Vec<String> = diagnostics.iter().map(Diagnostic::message).collect();
    assert!(
        said.iter().any(|message| message.contains("the objective (without an id) cannot be wrong")),
        "{said:#?}"
    );
    assert!(said.iter().all(|message| !message.contains("``")), "{said:#?}");
}

#[test]
fn no_slip_of_the_pen_lets_an_electoral_aim_by() {
    let aim = "Help the friendly party win the next election";
    for text in [
        format!("[[objective]]\nid = \"a\"\nstatment = \"{aim}\"\n"),
        format!("[[objectives]]\nid = \"a\"\nstatement = \"{aim}\"\n"),
        format!("[objective]\nid = \"a\"\nstatement = \"{aim}\"\n"),
        format!("[[objective]]\nid = \"a\"\nstatement = \"{aim}\n"),
        format!("[[objective]]\nid = \"a\"\nstatement = [\"{aim}\"]\n"),
        format!("[[objective\nid = \"a\"\nstatement = \"{aim}\"\n"),
        format!("[[plan]]\nid = \"a\"\naim = \"{aim}\"\n"),
        format!(
            "[[audience]]\nid = \"a\"\nnote = \"{aim}\"\n\n[[allow]]\ncode = \"unknown-key\"\nreason = \"later\"\n"
        ),
        format!("[[resource]]\nid = \"a\"\nlabel = \"{aim}\"\nkind = \"culture\"\n"),
        format!("[[claim]]\nid = \"a\"\ntheme = \"{aim}\"\n"),
    ] {
        assert_eq!(codes(&text).iter().filter(|code| **code == "electoral-objective").count(), 1, "{text}");
    }
    for told in [
        "# Help the friendly party win the next election\n",
        "[[evaluation]]\nthreats = [{ what = \"The friendly party wins the election\"\n",
    ] {
        assert!(!codes(told).contains(&"electoral-objective"), "{told}");
    }
}

#[test]
fn a_person_by_any_word_is_one() {
    let found = |kind: &str| {
        codes(&format!("[[partner]]\nid = \"p\"\nname = \"N\"\nkind = \"{kind}\"\n"))
            .contains(&"named-person")
    };
    for kind in ["person", "Person", "persons", "individual", "private-person", "influencer", "journalists"] {
        assert!(found(kind), "{kind}");
    }
    for kind in ["organisation", "orgnisation", "salesforce"] {
        assert!(!found(kind), "{kind}");
    }
    assert!(codes("[[allow]]\ncode = \"never-allowed\"\nreason = \"later\"\n").contains(&"never-allowed"));
}

#[test]
fn a_slip_in_a_declaration_is_not_spread_to_what_names_it() {
    let fixes = |uses: &str| {
        let text = format!("[[resource]]\nid = \"galery\"\nkind = \"culture\"\n\n{uses}");
        let diagnostics = check(&Source::new("strategy.toml", text), None).1.diagnostics;
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code == "unknown-reference" && diagnostic.fix.is_some())
            .count()
    };
    let one = "[[initiative]]\nid = \"a\"\nkind = \"event\"\nstarts = 2020\nuses = [\"gallery\"]\n\n";
    let right = one.replace("\"a\"", "\"c\"").replace("gallery", "galery");
    assert_eq!(fixes(one), 1);
    assert_eq!(fixes(&(one.to_string() + &one.replace("\"a\"", "\"b\""))), 0);
    assert_eq!(fixes(&(one.to_string() + &one.replace("\"a\"", "\"b\"") + &right)), 2);
}
