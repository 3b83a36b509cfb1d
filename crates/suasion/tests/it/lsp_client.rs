//! A client of the language server, written for the tests: it starts the program, and waits for what it says.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// The document that most tests speak of.
pub(crate) const STRATEGY: &str = "file:///work/strategy.toml";

/// A strategy that nothing is wrong with.
pub(crate) const CLEAN: &str = include_str!("lsp.toml");

/// A client, and the server that it started. The server is gone when the test is over.
pub(crate) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: Option<BufReader<ChildStdout>>,
    requests: i64,
    /// What the server said without being asked.
    notifications: VecDeque<Value>,
}

impl Client {
    /// Starts a server, and says nothing to it.
    pub(crate) fn silent() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_suasion"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let input = child.stdin.take();
        let output = child.stdout.take().map(BufReader::new);
        Self { child, input, output, requests: 0, notifications: VecDeque::new() }
    }

    /// Starts a server and introduces a client that counts columns as editors do without saying so.
    pub(crate) fn new() -> Self {
        Self::offering(&json!({}))
    }

    /// Starts a server and introduces a client with these capabilities.
    pub(crate) fn offering(capabilities: &Value) -> Self {
        let mut client = Self::silent();
        client
            .ask("initialize", &json!({ "processId": null, "rootUri": null, "capabilities": capabilities }));
        client.tell("initialized", &json!({}));
        client
    }

    /// Starts a server with a strategy open.
    pub(crate) fn with(text: &str) -> Self {
        let mut client = Self::new();
        client.open(STRATEGY, text);
        client
    }

    /// Sends bytes as they are.
    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("it is not closed");
        // A server that has ended hears nothing; whether it should have is for the test to say.
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    /// Sends a message as it is.
    pub(crate) fn send(&mut self, message: &str) {
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{message}", message.len()).as_bytes());
    }

    /// Sends a notification.
    pub(crate) fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string());
    }

    /// Sends a request and waits for the whole response.
    pub(crate) fn response(&mut self, method: &str, params: &Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string());
        loop {
            let message = self.receive().expect("a response");
            if message.get("id").is_some() {
                assert_eq!(message["id"], id);
                assert_eq!(message["jsonrpc"], "2.0");
                return message;
            }
            self.notifications.push_back(message);
        }
    }

    /// Sends a request and waits for its result.
    #[track_caller]
    pub(crate) fn ask(&mut self, method: &str, params: &Value) -> Value {
        let response = self.response(method, params);
        response.get("result").cloned().unwrap_or_else(|| panic!("{method}: {response}"))
    }

    /// Sends a request that will be refused, and waits for the code that says why.
    #[track_caller]
    pub(crate) fn refused(&mut self, method: &str, params: &Value) -> i64 {
        let response = self.response(method, params);
        response["error"]["code"].as_i64().unwrap_or_else(|| panic!("{method}: {response}"))
    }

    /// Opens a document for the first time.
    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "toml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    /// Changes the strategy.
    pub(crate) fn change(&mut self, version: i32, changes: &Value) {
        let document = json!({ "uri": STRATEGY, "version": version });
        self.tell("textDocument/didChange", &json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// What is wrong with a version of a document, or, without one, when it is closed. Versions before it are passed
    /// over: the server may leave them out.
    pub(crate) fn problems(&mut self, uri: &str, version: Option<i32>) -> Vec<Value> {
        loop {
            let message = match self.notifications.pop_front() {
                Some(message) => message,
                None => self.receive().expect("what is wrong"),
            };
            assert_eq!(message["method"], "textDocument/publishDiagnostics");
            let params = &message["params"];
            if params["uri"] == uri && params.get("version").and_then(Value::as_i64) == version.map(i64::from)
            {
                return params["diagnostics"].as_array().expect("a list").clone();
            }
        }
    }

    /// Asks about a place in the strategy.
    #[track_caller]
    pub(crate) fn ask_at(&mut self, method: &str, (line, character): (usize, usize)) -> Value {
        let position = json!({ "line": line, "character": character });
        self.ask(method, &json!({ "textDocument": { "uri": STRATEGY }, "position": position }))
    }

    /// Closes the server's input.
    pub(crate) fn hang_up(&mut self) {
        self.input = None;
    }

    /// Closes the server's output, and leaves its input open.
    pub(crate) fn stop_listening(&mut self) {
        self.output = None;
    }

    /// Waits for the server to end by itself; its exit status, and what it printed for people.
    pub(crate) fn end(mut self) -> (i32, String) {
        while self.receive().is_some() {}
        let mut printed = String::new();
        let stderr = self.child.stderr.as_mut().expect("it is piped");
        stderr.read_to_string(&mut printed).expect("UTF-8");
        (self.child.wait().expect("it ends").code().expect("by itself"), printed)
    }

    /// Waits for the next message; nothing where the server has ended, or nobody listens.
    fn receive(&mut self) -> Option<Value> {
        let output = self.output.as_mut()?;
        let mut length = None;
        loop {
            let mut line = String::new();
            if output.read_line(&mut line).expect("UTF-8") == 0 {
                return None;
            }
            let line = line.strip_suffix("\r\n").expect("a header ends with CRLF");
            if line.is_empty() {
                break;
            }
            length = line.strip_prefix("Content-Length: ").map(|length| length.parse().expect("a number"));
        }
        let mut body = vec![0; length.expect("a length")];
        output.read_exact(&mut body).expect("as long as it says");
        Some(serde_json::from_slice(&body).expect("JSON"))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The codes of the errors among problems.
pub(crate) fn errors(problems: &[Value]) -> Vec<&str> {
    let errors = problems.iter().filter(|one| one["severity"] == 1);
    errors.map(|one| one["code"].as_str().expect("a code")).collect()
}

/// A text without the bar in it, and where the bar was: its line and column from 0, for texts without strange characters.
pub(crate) fn marked(text: &str) -> (String, (usize, usize)) {
    let at = text.find('|').expect("a bar");
    let line = text[..at].matches('\n').count();
    let column = text[..at].rsplit('\n').next().map_or(0, str::len);
    (text.replacen('|', "", 1), (line, column))
}

/// A text after the edits that the server offers, for texts without strange characters.
pub(crate) fn edited(text: &str, edits: &Value) -> String {
    let offset = |position: &Value| {
        let line = position["line"].as_u64().expect("a line") as usize;
        let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        before + position["character"].as_u64().expect("a column") as usize
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .as_array()
        .expect("a list")
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (offset(&range["start"]), offset(&range["end"]), edit["newText"].as_str().expect("a text"))
        })
        .collect();
    edits.sort_unstable();
    let mut text = text.to_string();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}
