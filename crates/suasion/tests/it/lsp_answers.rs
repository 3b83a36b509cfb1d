//! What the language server answers about a place: meanings, completion, definitions, quick fixes.

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use crate::lsp_client::{CLEAN, Client, STRATEGY, edited, errors, marked};

/// Shows what hovering over the bar says, with what it is about.
#[track_caller]
fn check_hover(text: &str, expect: &Expect) {
    let (text, at) = marked(text);
    let hover = Client::with(&text).ask_at("textDocument/hover", at);
    if hover.is_null() {
        return expect.assert_eq("nothing");
    }
    assert_eq!(hover["contents"]["kind"], "markdown");
    let [start, end] =
        ["start", "end"].map(|end| hover["range"][end]["character"].as_u64().expect("a column") as usize);
    let line = text.lines().nth(at.0).expect("a line");
    expect.assert_eq(&format!(
        "{}\n---\n{}",
        &line[start..end],
        hover["contents"]["value"].as_str().expect("a text")
    ));
}

/// The clean strategy with the bar in it, in place of the first of these.
fn clean_with(from: &str, to: &str) -> String {
    assert!(CLEAN.contains(from), "{from}");
    CLEAN.replacen(from, to, 1)
}

#[test]
fn hovering_over_a_key_says_what_it_is_for() {
    check_hover(
        &clean_with("smallest_effect", "smallest|_effect"),
        &expect![[r#"
        smallest_effect
        ---
        `smallest_effect`: `"5 %"`, or a number in the indicator's unit

        The least effect of ours that would change the decision."#]],
    );
    check_hover(
        &clean_with("period = 2019", "peri|od = 2019"),
        &expect![[r"
        period
        ---
        `period`: a period

        When it was, or will be, that much.

        *Required.*"]],
    );
    check_hover(
        &clean_with("[[objective]]", "[[obj|ective]]"),
        &expect![[r"
        objective
        ---
        `[[objective]]`

        What is wanted, from whom, by when, and how anyone would know.

        Required: `id`, `statement`

        May have: `decision`, `audience`, `outcome`, `baseline`, `target`, `smallest_effect`, `horizon`, `owner`, `benefit`, `status`, `surrogate`"]],
    );
    check_hover(
        "[[objective]]\n[objective.tar|get]\n",
        &expect![[r"
        objective.target
        ---
        `target`: a table

        Where it should stand."]],
    );
    check_hover("[[objective]]\nunk|nown = 1\n", &expect!["nothing"]);
    check_hover("# a com|ment\n", &expect!["nothing"]);
}

#[test]
fn hovering_over_a_word_says_what_it_means() {
    check_hover(
        &clean_with("kind = \"outcome\"", "kind = \"out|come\""),
        &expect![[r#"
        "outcome"
        ---
        `outcome`: What changed in what people do or hold."#]],
    );
    check_hover(
        &clean_with("design = \"synthetic", "design = \"|synthetic"),
        &expect![[r#"
        "synthetic-control"
        ---
        `synthetic-control`: Abadie, Diamond and Hainmueller 2010, outcomes only."#]],
    );
    check_hover(
        "[[allow]]\ncode = \"vanity-out|come\"\n",
        &expect![[r#"
        "vanity-outcome"
        ---
        `vanity-outcome` (error): finds an objective that rests on an input, an activity, an output or an outtake.

        Followers, likes and impressions are what a campaign put out; nobody's interest is served by them alone (*Soft power in action*, key point 8, paragraph 37)."#]],
    );
    check_hover(
        "[[initiative]]\nkind = \"institut|ion\"\n",
        &expect![[r#"
        "institution"
        ---
        `institution`: An institution that lasts."#]],
    );
    check_hover("[[initiative]]\nkind = \"instit|ut\"\n", &expect!["nothing"]);
}

#[test]
fn hovering_over_an_id_says_what_it_stands_for() {
    check_hover(
        &clean_with("outcome = \"visits\"", "outcome = \"vis|its\""),
        &expect![[r#"
        "visits"
        ---
        indicator `visits`: Overnight visits (visits)"#]],
    );
    check_hover(
        &clean_with("serves = [\"visitors\"]", "serves = [\"visi|tors\"]"),
        &expect![[r#"
        "visitors"
        ---
        objective `visitors`: More people visit because of the festival"#]],
    );
    check_hover(
        &clean_with("source = \"ours\"", "source = \"ou|rs\""),
        &expect![[r#"
        "ours"
        ---
        `ours`: The dataset it was read from, or `ours`."#]],
    );
    check_hover(
        &clean_with("source = \"visits\"", "source = \"vi|sits\""),
        &expect![[r#"
            "visits"
            ---
            dataset `visits`: Statistics office, overnight stays, downloaded 2026-01-15 (visits.csv)"#]],
    );
    // What a strategy says is shown, and does not format itself.
    let sly = "[[audience]]\nid = \"a\"\nwho = \"**[x](y)** <b> `\"\n[[objective]]\naudience = \"|a\"\n";
    check_hover(
        sly,
        &expect![[r#"
            "a"
            ---
            audience `a`: \*\*\[x\](y)\*\* \<b> \` (public)"#]],
    );
}

/// Shows what may be written at the bar: labels, and below them the line in which the first was chosen.
#[track_caller]
fn check_completion(text: &str, expect: &Expect) {
    let (text, at) = marked(text);
    let items = Client::with(&text).ask_at("textDocument/completion", at);
    let items = items.as_array().expect("a list");
    let labels: Vec<&str> = items.iter().map(|item| item["label"].as_str().expect("a label")).collect();
    let sorted: Vec<&str> = items.iter().map(|item| item["sortText"].as_str().expect("a text")).collect();
    assert!(sorted.is_sorted(), "{sorted:?}");
    let chosen = items.first().map_or(String::new(), |first| {
        let whole = edited(&text, &json!([first["textEdit"]]));
        format!("\n---\n{}", whole.lines().nth(at.0).unwrap_or_default())
    });
    expect.assert_eq(&(labels.join(" ") + &chosen));
}

#[test]
fn keys_that_are_not_there_yet_are_offered_the_required_ones_first() {
    check_completion(
        "[[indicator]]\nid = \"a\"\n|\nunit = \"b\"\n",
        &expect![[r"
        label kind better of dataset code
        ---
        label = "]],
    );
    check_completion(
        "[[indicator]]\nid = \"a\"\nla|\nunit = \"b\"\n",
        &expect![[r"
        label kind better of dataset code
        ---
        label = "]],
    );
    check_completion(
        "[[indicator]]\nid = \"a\"\nla| = \"b\"\n",
        &expect![[r#"
        label kind unit better of dataset code
        ---
        label = "b""#]],
    );
    check_completion(
        "[[initiative]]\ncost = { | }\n",
        &expect![[r"
        amount currency
        ---
        cost = { amount =  }"]],
    );
    check_completion(
        "[[objective]]\nbaseline = { period = 2012, |",
        &expect![[r"
        value counts source
        ---
        baseline = { period = 2012, value = "]],
    );
    check_completion(
        "[[evaluation]]\nthreats = [{ what = \"a\", h| }]\n",
        &expect![[r#"
        from hits until source
        ---
        threats = [{ what = "a", from =  }]"#]],
    );
    check_completion("[[indicator]]\nid = \"a\" |\n", &expect![""]);
    check_completion("|\n[[indicator]]\n", &expect![""]);
}

#[test]
fn sections_are_offered_in_brackets() {
    check_completion(
        "[[obj|]]\n",
        &expect![[r"
        [strategy] [[audience]] [[indicator]] [[dataset]] [[objective]] [[evaluation]] [[corridor]] [[network]] [[initiative]] [[resource]] [[partner]] [[voice]] [[issue]] [[claim]] [[allow]]
        ---
        [strategy]"]],
    );
    check_completion(
        "[strategy]\n\n[|",
        &expect![[r"
        [[audience]] [[indicator]] [[dataset]] [[objective]] [[evaluation]] [[corridor]] [[network]] [[initiative]] [[resource]] [[partner]] [[voice]] [[issue]] [[claim]] [[allow]]
        ---
        [[audience]]"]],
    );
    check_completion(
        "[stra|\n",
        &expect![[r"
        [strategy] [[audience]] [[indicator]] [[dataset]] [[objective]] [[evaluation]] [[corridor]] [[network]] [[initiative]] [[resource]] [[partner]] [[voice]] [[issue]] [[claim]] [[allow]]
        ---
        [strategy]"]],
    );
}

#[test]
fn ids_words_and_codes_are_offered_where_they_belong() {
    let ids = "[[indicator]]\nid = \"one\"\n[[indicator]]\nid = \"two\"\n[[indicator]]\nid = \"two\"\n";
    check_completion(
        &format!("{ids}[[objective]]\noutcome = \"|\"\n"),
        &expect![[r#"
        one two
        ---
        outcome = "one""#]],
    );
    check_completion(
        &format!("{ids}[[objective]]\nsurrogate = \"t|wo\"\n"),
        &expect![[r#"
        one two
        ---
        surrogate = "one""#]],
    );
    check_completion(
        "[[dataset]]\nid = \"wdi\"\n[[objective]]\ntarget = { source = \"|\" }\n",
        &expect![[r#"
        wdi ours
        ---
        target = { source = "wdi" }"#]],
    );
    check_completion(
        "[[objective]]\nid = \"a\"\n[[initiative]]\nserves = [\"b\", \"|\"]\n",
        &expect![[r#"
        a
        ---
        serves = ["b", "a"]"#]],
    );
    check_completion(
        "[[objective]]\naudience = \"|\"\n",
        &expect![[r#"
        domestic
        ---
        audience = "domestic""#]],
    );
    check_completion(
        "[[indicator]]\nkind = \"|\"\n",
        &expect![[r#"
        input activity output outtake outcome impact
        ---
        kind = "input""#]],
    );
    check_completion("[[objective]]\nstatement = \"|\"\n", &expect![""]);
    let (text, at) = marked("[[allow]]\ncode = \"|\"\n");
    let codes = Client::with(&text).ask_at("textDocument/completion", at);
    let codes: Vec<&str> =
        codes.as_array().expect("a list").iter().filter_map(|one| one["label"].as_str()).collect();
    assert!(codes.contains(&"vanity-outcome") && !codes.contains(&"named-person"), "{codes:?}");
}

#[test]
fn an_unfinished_document_is_completed() {
    // An indicator and a dataset stand below, whatever is broken above them.
    let check = |unfinished: &str, expect: Expect| {
        check_completion(
            &format!("{unfinished}\n[[indicator]]\nid = \"one\"\n\n[[dataset]]\nid = \"wdi\"\n"),
            &expect,
        );
    };
    check(
        "[[objective]]\nid = \"a\"\noutcome =|",
        expect![[r#"
        one
        ---
        outcome = "one""#]],
    );
    check(
        "[[objective]]\nid = \"a\"\noutcome = |",
        expect![[r#"
        one
        ---
        outcome = "one""#]],
    );
    check(
        "[[objective]]\nid = \"a\"\noutcome = on|",
        expect![[r#"
        one
        ---
        outcome = "one""#]],
    );
    check(
        "[[objective]]\nid = \"a\"\noutcome = \"|",
        expect![[r#"
        one
        ---
        outcome = "one""#]],
    );
    check(
        "[[objective]]\nid = \"a\"\noutcome = \"o|   # one",
        expect![[r#"
        one
        ---
        outcome = "one"   # one"#]],
    );
    check(
        "[[objective]]\nid = \"a\nbaseline = { period = 2012\noutcome = \"|\"",
        expect![[r#"
        one
        ---
        outcome = "one""#]],
    );
    check(
        "[[objective]]\nid = \"a\"\nbaseline = { source = \"|",
        expect![[r#"
        wdi ours
        ---
        baseline = { source = "wdi""#]],
    );
    check(
        "[[objective]]\nid = \"a\"\nbaseline = { source = |",
        expect![[r#"
        wdi ours
        ---
        baseline = { source = "wdi""#]],
    );
    check(
        "[[objective]]\nid = \"a\"\noutcome\n|",
        expect![[r"
        statement decision audience baseline target smallest_effect horizon owner benefit status surrogate
        ---
        statement = "]],
    );
    check(
        "[[indicator]]\nof =|",
        expect![[r#"
        domestic
        ---
        of = ["domestic"]"#]],
    );
    check(
        "[[indicator]]\nof = |",
        expect![[r#"
        domestic
        ---
        of = ["domestic"]"#]],
    );
    check(
        "[[indicator]]\nof = [|",
        expect![[r#"
        domestic
        ---
        of = ["domestic""#]],
    );
    check(
        "[[indicator]]\nof = [\"|",
        expect![[r#"
        domestic
        ---
        of = ["domestic""#]],
    );
    check(
        "[[indicator]]\nof = [\"|, \"a\"]",
        expect![[r#"
        domestic
        ---
        of = ["domestic", "a"]"#]],
    );
    check(
        "[[\n[[obj|",
        expect![[r"
        [strategy] [[audience]] [[indicator]] [[dataset]] [[objective]] [[evaluation]] [[corridor]] [[network]] [[initiative]] [[resource]] [[partner]] [[voice]] [[issue]] [[claim]] [[allow]]
        ---
        [strategy]"]],
    );
}

#[test]
fn an_id_leads_to_where_it_is_declared() {
    let declared = |text: &str| {
        let (text, at) = marked(text);
        let location = Client::with(&text).ask_at("textDocument/definition", at);
        if location.is_null() {
            return "nowhere".to_string();
        }
        assert_eq!(location["uri"], STRATEGY);
        let start = &location["range"]["start"];
        let line = text.lines().nth(start["line"].as_u64().expect("a line") as usize).expect("it is there");
        let section = text
            .lines()
            .take_while(|other| *other != line || line.starts_with('['))
            .filter(|line| line.starts_with('['));
        format!("{} {line}", section.last().unwrap_or_default())
    };
    for (from, to, place) in [
        ("outcome = \"visits\"", "outcome = \"visi|ts\"", "[[indicator]] id = \"visits\""),
        ("source = \"visits\"", "source = \"|visits\"", "[[indicator]] id = \"visits\""),
        ("audience = \"neighbours\"", "audience = \"neighbours|\"", "[[audience]] id = \"neighbours\""),
        ("serves = [\"visitors\"]", "serves = [\"v|isitors\"]", "[[objective]] id = \"visitors\""),
        ("source = \"ours\"", "source = \"our|s\"", "nowhere"),
        ("audience = \"neighbours\"", "audience = \"domest|ic\"", "nowhere"),
        ("outcome = \"visits\"", "outcome = \"visit|\"", "nowhere"),
        ("owner = \"Head", "owner = \"He|ad", "nowhere"),
        ("outcome = ", "out|come = ", "nowhere"),
    ] {
        assert_eq!(declared(&clean_with(from, to)), place, "{to}");
    }
}

/// Asks for actions in lines of the strategy.
fn actions(client: &mut Client, (first, last): (usize, usize), context: &Value) -> Vec<Value> {
    let range =
        json!({ "start": { "line": first, "character": 0 }, "end": { "line": last, "character": 0 } });
    let params = json!({ "textDocument": { "uri": STRATEGY }, "range": range, "context": context });
    client.ask("textDocument/codeAction", &params).as_array().expect("a list").clone()
}

#[test]
fn a_quick_fix_mends_what_has_one_right_answer() {
    let text = clean_with("outcome = ", "outcom = ").replacen("kind = \"event\"", "kind = \"evnt\"", 1);
    let line = |begins: &str| text.lines().position(|line| line.starts_with(begins)).expect("it is there");
    let mut client = Client::with(&text);
    let problems = client.problems(STRATEGY, Some(1));
    let context = json!({ "diagnostics": problems });
    let all = (0, text.lines().count());
    assert_eq!(actions(&mut client, all, &context).len(), 2);
    assert_eq!(
        actions(&mut client, (0, line("outcom") - 1), &context),
        [] as [Value; 0],
        "nothing is wrong there"
    );

    let fixes = actions(&mut client, (line("outcom"), line("outcom") + 1), &context);
    assert_eq!(fixes.len(), 1, "{fixes:?}");
    assert_eq!(fixes[0]["title"], "write `outcome`");
    assert_eq!((&fixes[0]["kind"], &fixes[0]["isPreferred"]), (&json!("quickfix"), &json!(true)));
    assert!(problems.contains(&fixes[0]["diagnostics"][0]), "{fixes:?}");
    let mended = edited(&text, &fixes[0]["edit"]["changes"][STRATEGY]);
    client.change(2, &json!([{ "text": mended }]));
    assert_eq!(errors(&client.problems(STRATEGY, Some(2))), ["unknown-word"]);
    let fixes = actions(&mut client, all, &json!({ "diagnostics": [], "only": ["quickfix"] }));
    let mended = edited(&mended, &fixes[0]["edit"]["changes"][STRATEGY]);
    assert_eq!(mended, CLEAN);
    client.change(3, &json!([{ "text": mended }]));
    assert_eq!(errors(&client.problems(STRATEGY, Some(3))), [] as [&str; 0]);
}

#[test]
fn everything_is_mended_at_once_only_where_that_is_asked_for() {
    let text = clean_with("outcome = ", "outcom = ").replacen("kind = \"event\"", "kind = \"evnt\"", 1);
    let mut client = Client::with(&text);
    let all = (0, text.lines().count());
    let mut kinds = |only: Value| -> Vec<String> {
        let actions = actions(&mut client, all, &json!({ "diagnostics": [], "only": only }));
        actions.iter().map(|action| action["kind"].as_str().expect("a kind").to_string()).collect()
    };
    assert_eq!(kinds(json!(["source.fixAll"])), ["source.fixAll"]);
    assert_eq!(kinds(json!(["source"])), ["source.fixAll"]);
    assert_eq!(kinds(json!(["quickfix"])), ["quickfix", "quickfix"]);
    assert_eq!(kinds(json!(["refactor", "source.organizeImports", "quick"])), [] as [&str; 0]);
    let fix_all = &actions(&mut client, all, &json!({ "diagnostics": [], "only": ["source.fixAll"] }))[0];
    assert_eq!(edited(&text, &fix_all["edit"]["changes"][STRATEGY]), CLEAN);
}

#[test]
fn sections_are_listed_with_their_ids() {
    let text = "# so\n[strategy]\nschema = 1\n\n\n[[objective]]\nid = \"a\"\n\n[[objective]]\n[objetive]\n";
    let symbols = Client::with(text)
        .ask("textDocument/documentSymbol", &json!({ "textDocument": { "uri": STRATEGY } }));
    let lines: Vec<String> = symbols
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| {
            let line = |range: &str, end: &str| one[range][end]["line"].as_u64().expect("a line");
            let (first, last) = (line("range", "start"), line("range", "end"));
            assert_eq!(line("selectionRange", "start"), first);
            format!(
                "{first}-{last} {} {}",
                one["name"].as_str().expect("a name"),
                one["detail"].as_str().unwrap_or("-")
            )
        })
        .collect();
    expect![[r"
        1-2 strategy -
        5-6 a objective
        8-8 objective -
        9-9 objetive -"]]
    .assert_eq(&lines.join("\n"));
}
