//! The language server as an editor uses it.

use expect_test::expect;
use serde_json::{Value, json};

use crate::lsp_client::{CLEAN, Client, STRATEGY, errors};

/// A range as `line:column-line:column`.
fn range(value: &Value) -> String {
    let [start, end] =
        ["start", "end"].map(|end| format!("{}:{}", value[end]["line"], value[end]["character"]));
    format!("{start}-{end}")
}

/// Replaces the first line of the clean strategy that begins like this.
fn with_line(begins: &str, line: &str) -> String {
    let mut found = false;
    let lines: Vec<&str> = CLEAN
        .lines()
        .map(|old| {
            let is_it = !found && old.starts_with(begins);
            found |= is_it;
            if is_it { line } else { old }
        })
        .collect();
    assert!(found, "{begins}");
    lines.join("\n") + "\n"
}

// The conversation

#[test]
fn a_server_says_what_it_can_do() {
    let mut client = Client::silent();
    let introduction = client.ask("initialize", &json!({ "processId": null, "capabilities": {} }));
    assert_eq!(
        introduction,
        json!({
            "capabilities": {
                "positionEncoding": "utf-16",
                "textDocumentSync": { "openClose": true, "change": 2 },
                "completionProvider": { "triggerCharacters": ["\"", "[", "="] },
                "hoverProvider": true,
                "definitionProvider": true,
                "documentSymbolProvider": true,
                "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll"] },
            },
            "serverInfo": { "name": "suasion", "version": env!("CARGO_PKG_VERSION") },
        })
    );
    assert_eq!(client.refused("initialize", &json!({ "capabilities": {} })), -32600, "once is enough");
}

#[test]
fn bytes_are_counted_where_the_client_can() {
    for (offered, agreed) in
        [(json!(["utf-16", "utf-8"]), "utf-8"), (json!(["utf-32", "utf-16"]), "utf-16"), (json!(7), "utf-16")]
    {
        let mut client = Client::silent();
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let introduction = client.ask("initialize", &json!({ "capabilities": capabilities }));
        assert_eq!(introduction["capabilities"]["positionEncoding"], agreed);
    }
}

#[test]
fn what_is_not_known_is_refused_and_what_is_only_told_is_passed_over() {
    let mut client = Client::silent();
    assert_eq!(client.refused("textDocument/hover", &json!({})), -32002);
    client.tell("textDocument/didOpen", &json!({}));
    client.ask("initialize", &json!({ "capabilities": {} }));
    client.tell("workspace/didChangeConfiguration", &json!({ "settings": null }));
    client.tell("$/setTrace", &json!({ "value": "off" }));
    client.tell("textDocument/didOpen", &json!({ "textDocument": 7 }));
    client.send(&json!({ "jsonrpc": "2.0", "id": 77, "result": null }).to_string());
    assert_eq!(client.refused("textDocument/rename", &json!({})), -32601);
    assert_eq!(client.refused("$/what", &json!({})), -32601);
    assert_eq!(client.refused("textDocument/hover", &json!({ "position": "here" })), -32602);
}

#[test]
fn a_server_that_is_told_to_end_ends_well() {
    let mut client = Client::with(CLEAN);
    assert_eq!(client.ask("shutdown", &Value::Null), Value::Null);
    assert_eq!(
        client.refused("textDocument/documentSymbol", &json!({ "textDocument": { "uri": STRATEGY } })),
        -32600
    );
    client.tell("exit", &Value::Null);
    assert_eq!(client.end(), (0, String::new()));
}

#[test]
fn a_server_that_is_left_says_so_by_its_exit_status() {
    let mut client = Client::new();
    client.tell("exit", &Value::Null);
    assert_eq!(client.end(), (1, String::new()), "exit without shutdown");

    let mut client = Client::silent();
    client.tell("exit", &Value::Null);
    assert_eq!(client.end(), (1, String::new()), "exit before anything");

    let mut client = Client::with(CLEAN);
    client.hang_up();
    assert_eq!(client.end(), (1, String::new()), "nobody is there");

    let mut client = Client::new();
    client.ask("shutdown", &Value::Null);
    client.hang_up();
    assert_eq!(client.end(), (0, String::new()), "nobody is there after a farewell");
}

#[test]
fn a_server_whose_answers_nobody_reads_ends() {
    let mut client = Client::with(CLEAN);
    client.stop_listening();
    client.change(2, &json!([{ "text": "" }]));
    assert_eq!(client.end(), (1, String::new()));
}

#[test]
fn what_is_not_the_protocol_ends_the_conversation() {
    for (garbage, why) in [
        (&b"suasion check\n"[..], "a header without a colon"),
        (b"\x00\xff\xfe\n\n\n", "a header without a colon"),
        (b"Content-Length: 18446744073709551615\r\n\r\n{}", "a message that is too long"),
        (b"Content-Length: many\r\n\r\n{}", "a length that is no number"),
        (b"Content-Length: 100\r\n\r\n{}", "unexpected end of file"),
    ] {
        let mut client = Client::new();
        client.send_bytes(garbage);
        client.hang_up();
        assert_eq!(client.end(), (2, format!("error: failed to talk to the editor: {why}\n")));
    }
}

#[test]
fn a_malformed_message_is_lost_and_the_next_is_answered() {
    let mut client = Client::new();
    let deep = "[".repeat(100_000);
    for message in ["", "{", "[]", "{}", "\u{feff}", &deep] {
        client.send(message);
    }
    client.open(STRATEGY, CLEAN);
    assert_eq!(errors(&client.problems(STRATEGY, Some(1))), [] as [&str; 0]);
    client.ask("shutdown", &Value::Null);
    client.tell("exit", &Value::Null);
    let (status, printed) = client.end();
    assert_eq!((status, printed.lines().count()), (0, 6), "{printed}");
    assert!(printed.starts_with("suasion lsp: a message that is none: "), "{printed}");
}

// Problems

#[test]
fn problems_appear_when_a_document_is_opened_and_vanish_when_it_is_mended() {
    let mut client = Client::with(&with_line("outcome = ", "outcome = \"vists\""));
    let problems = client.problems(STRATEGY, Some(1));
    let problem = problems.iter().find(|one| one["severity"] == 1).expect("it is found");
    expect![[r#"
        {
          "code": "unknown-reference",
          "message": "`outcome` names no indicator: `vists`: there is no `[[indicator]]` with this id\ndid you mean `visits`?",
          "range": {
            "end": {
              "character": 17,
              "line": 15
            },
            "start": {
              "character": 10,
              "line": 15
            }
          },
          "severity": 1,
          "source": "suasion"
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&problem).expect("JSON"));
    client.change(2, &json!([{ "range": problem["range"], "text": "\"visits\"" }]));
    assert_eq!(errors(&client.problems(STRATEGY, Some(2))), [] as [&str; 0]);
    client.change(3, &json!([{ "text": "" }]));
    assert_eq!(errors(&client.problems(STRATEGY, Some(3))), ["missing-key"]);
    client.tell("textDocument/didClose", &json!({ "textDocument": { "uri": STRATEGY } }));
    assert_eq!(errors(&client.problems(STRATEGY, None)), [] as [&str; 0], "a closed document has none");
}

#[test]
fn a_problem_says_where_else_to_look_and_whether_it_is_a_guess() {
    let twice = CLEAN.to_string() + "\n[[audience]]\nid = \"neighbours\"\nwho = \"The same again\"\n";
    let mut client = Client::with(&twice);
    let problems = client.problems(STRATEGY, Some(1));
    let duplicate = problems.iter().find(|one| one["code"] == "duplicate-id").expect("it is found");
    let related = &duplicate["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], STRATEGY);
    let first = CLEAN.lines().position(|line| line == "id = \"neighbours\"").expect("it is there");
    assert_eq!(related["location"]["range"]["start"], json!({ "line": first, "character": 5 }));

    let claim = "\n[[claim]]\nid = \"best\"\nsays = \"We have the best festival in the world\"\ntheme = \"culture\"\nstance = 1.0\n";
    client.change(2, &json!([{ "text": CLEAN.to_string() + claim }]));
    let problems = client.problems(STRATEGY, Some(2));
    let guess = problems.iter().find(|one| one["code"] == "boast").expect("it is found");
    assert_eq!(guess["severity"], 2);
    assert!(guess["message"].as_str().expect("a text").contains("\nthis is guessed from words"), "{guess}");
}

#[test]
fn documents_are_kept_apart_and_other_programs_files_alone() {
    let mut client = Client::with(CLEAN);
    assert_eq!(errors(&client.problems(STRATEGY, Some(1))), [] as [&str; 0]);
    let other = "file:///work/b%20c/strategy.toml";
    client.open("file:///work/Cargo.toml", "[package]");
    client.open(other, "[strategy]\n");
    assert_eq!(errors(&client.problems(other, Some(1))), ["missing-key"]);
    for uri in ["file:///work/Cargo.toml", "file:///nowhere/strategy.toml"] {
        let document = json!({ "uri": uri });
        let position = json!({ "line": 0, "character": 2 });
        for method in ["textDocument/hover", "textDocument/completion", "textDocument/definition"] {
            let params = json!({ "textDocument": document, "position": position });
            assert_eq!(client.ask(method, &params), Value::Null, "{method} of {uri}");
        }
        client.tell("textDocument/didClose", &json!({ "textDocument": document }));
    }
    client.change(2, &json!([{ "text": "" }]));
    assert_eq!(errors(&client.problems(STRATEGY, Some(2))), ["missing-key"]);
}

#[test]
fn edits_count_as_the_client_does() {
    let start = "# 🎉 مهرجان\r\n[[audience]]\r\nid = \"a\"\r\nwho = \"é🎉\"\r\n# سوق\r\n";
    // Within each edit, columns are those of the text that the edits before it left.
    let edits = |columns: [usize; 4]| {
        let edit = |line: usize, from: usize, to: usize, text: &str| {
            json!({
                "range": { "start": { "line": line, "character": from }, "end": { "line": line, "character": to } },
                "text": text,
            })
        };
        json!([
            edit(3, columns[0], columns[1], "🏳️‍🌈"),
            edit(3, columns[2], columns[2], "\r\nknd = \"public\""),
            edit(0, 2, columns[3], "عيد"),
            edit(5, 99, 99, "\r\n[[audience]]\r\nid = \"b\""),
        ])
    };
    // The party popper is two units or four bytes; the flag that replaces it is six units or fourteen bytes.
    for (encoding, columns, unknown) in [("utf-16", [8, 10, 15], 4), ("utf-8", [9, 13, 24], 6)] {
        let capabilities = json!({ "general": { "positionEncodings": [encoding] } });
        let mut client = Client::offering(&capabilities);
        client.open(STRATEGY, start);
        client.change(2, &edits([columns[0], columns[1], columns[2], unknown]));
        let symbols =
            client.ask("textDocument/documentSymbol", &json!({ "textDocument": { "uri": STRATEGY } }));
        let names: Vec<&str> =
            symbols.as_array().expect("a list").iter().filter_map(|one| one["name"].as_str()).collect();
        assert_eq!(names, ["a", "b"], "{encoding}");
        let problems = client.problems(STRATEGY, Some(2));
        let unknown = problems.iter().find(|one| one["code"] == "unknown-key").expect("it is found");
        assert_eq!(range(&unknown["range"]), "4:0-4:3", "{encoding}: {problems:?}");
        let hover = client.ask_at("textDocument/hover", (3, 1));
        assert_eq!(range(&hover["range"]), "3:0-3:3");
    }
}
