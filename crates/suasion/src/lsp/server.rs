//! The loop: messages in, answers out, and the documents that are open in between.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionRequest, CompletionOptions, CompletionRequest,
    DefinitionRequest, DidChangeTextDocumentNotification, DidCloseTextDocumentNotification,
    DidOpenTextDocumentNotification, DocumentSymbolRequest, ExitNotification, Hover, HoverRequest,
    InitializeRequest, InitializeResult, Location, LspNotificationMethod, LspRequestMethod, MarkupContent,
    MarkupKind, Notification as _, PositionEncodingKind, PublishDiagnosticsNotification,
    PublishDiagnosticsParams, Request as _, ServerCapabilities, ServerInfo, ShutdownRequest,
    TextDocumentItem, TextDocumentSyncKind, TextDocumentSyncOptions, Uri,
};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use serde::Serialize;
use serde_json::Value;

use super::document::Document;
use super::position::Encoding;
use super::{actions, completion, definition, diagnostics, hover, symbols};

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// As the protocol has it: the client said that it would end, and then ended it.
    Agreed,
    /// The client ended it, or vanished, without saying so first.
    Abrupt,
}

/// Answers a client until it ends the conversation.
pub fn serve(connection: &Connection) -> End {
    let mut server = Server {
        connection,
        phase: Phase::New,
        encoding: Encoding::Utf16,
        documents: BTreeMap::new(),
        stale: BTreeSet::new(),
    };
    while let Ok(message) = connection.receiver.recv() {
        if server.take(message).is_break() {
            break;
        }
        // Of changes in quick succession, the last is looked at.
        if connection.receiver.is_empty() && server.publish().is_break() {
            break;
        }
    }
    if server.phase == Phase::Ending { End::Agreed } else { End::Abrupt }
}

/// How far a conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The client has not introduced itself.
    New,
    Running,
    /// The client has said that it will end.
    Ending,
}

/// Why a request has no answer.
struct Refusal {
    code: ErrorCode,
    message: String,
}

struct Server<'c> {
    connection: &'c Connection,
    phase: Phase,
    encoding: Encoding,
    documents: BTreeMap<String, Document>,
    /// Documents whose problems the client does not know yet.
    stale: BTreeSet<String>,
}

impl Server<'_> {
    /// Takes a message. Where nobody listens any more, there is nothing left to do.
    fn take(&mut self, message: Message) -> ControlFlow<()> {
        match message {
            Message::Request(Request { id, method, params }) => {
                let response = match self.answer(&method, params) {
                    Ok(result) => Response::new_ok(id, result),
                    Err(Refusal { code, message }) => Response::new_err(id, code as i32, message),
                };
                self.send(response)
            }
            Message::Notification(one) if one.method == ExitNotification::METHOD.as_str() => {
                ControlFlow::Break(())
            }
            Message::Notification(one) => self.notice(one),
            // Nothing is asked of the client, and so nothing is answered.
            Message::Response(_) => ControlFlow::Continue(()),
        }
    }

    fn send(&self, message: impl Into<Message>) -> ControlFlow<()> {
        match self.connection.sender.send(message.into()) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    fn answer(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        let is_introduction = method == InitializeRequest::METHOD.as_str();
        match self.phase {
            Phase::New if is_introduction => {
                self.encoding = agreed_encoding(&params);
                self.phase = Phase::Running;
                return json(introduction(self.encoding));
            }
            Phase::New => {
                return Err(Refusal {
                    code: ErrorCode::ServerNotInitialized,
                    message: "the client has not introduced itself".to_string(),
                });
            }
            Phase::Running if !is_introduction => {}
            Phase::Running | Phase::Ending => {
                return Err(Refusal {
                    code: ErrorCode::InvalidRequest,
                    message: format!("`{method}` comes too late"),
                });
            }
        }
        if method == ShutdownRequest::METHOD.as_str() {
            self.phase = Phase::Ending;
            return Ok(Value::Null);
        }
        match LspRequestMethod::from(method) {
            HoverRequest::METHOD => {
                let at = parsed::<HoverRequest>(params)?.text_document_position_params;
                self.of(&at.text_document.uri, |document| {
                    let offset = document.offset(at.position);
                    let (meaning, span) = hover::hover(document.text(), document.strategy(), offset)?;
                    let contents = MarkupContent { kind: MarkupKind::Markdown, value: meaning };
                    Some(Hover { contents: contents.into(), range: Some(document.range(span)) })
                })
            }
            CompletionRequest::METHOD => {
                let at = parsed::<CompletionRequest>(params)?.text_document_position_params;
                self.of(&at.text_document.uri, |document| {
                    Some(completion::completion(document, document.offset(at.position)))
                })
            }
            DefinitionRequest::METHOD => {
                let at = parsed::<DefinitionRequest>(params)?.text_document_position_params;
                self.of(&at.text_document.uri, |document| {
                    let offset = document.offset(at.position);
                    let span = definition::definition(document.text(), document.strategy(), offset)?;
                    Some(Location { uri: document.uri.clone(), range: document.range(span) })
                })
            }
            CodeActionRequest::METHOD => {
                let asked = parsed::<CodeActionRequest>(params)?;
                self.of(&asked.text_document.uri, |document| {
                    Some(actions::actions(
                        document,
                        document.span(asked.range),
                        asked.context.only.as_deref(),
                    ))
                })
            }
            DocumentSymbolRequest::METHOD => {
                let asked = parsed::<DocumentSymbolRequest>(params)?;
                self.of(&asked.text_document.uri, |document| Some(symbols::symbols(document)))
            }
            _ => Err(Refusal {
                code: ErrorCode::MethodNotFound,
                message: format!("`{method}` is not known here"),
            }),
        }
    }

    /// What is to be said of a document; nothing where it is not open.
    fn of<T: Serialize>(
        &self,
        uri: &Uri,
        answer: impl FnOnce(&Document) -> Option<T>,
    ) -> Result<Value, Refusal> {
        json(self.documents.get(&uri.0).and_then(answer))
    }

    /// Takes a notification. What is not known, or cannot be read, has no answer by which to say so.
    fn notice(&mut self, Notification { method, params }: Notification) -> ControlFlow<()> {
        if self.phase != Phase::Running {
            return ControlFlow::Continue(());
        }
        match LspNotificationMethod::from(method.as_str()) {
            DidOpenTextDocumentNotification::METHOD => {
                if let Ok(opened) = told::<DidOpenTextDocumentNotification>(params) {
                    self.open(opened.text_document);
                }
            }
            DidChangeTextDocumentNotification::METHOD => {
                if let Ok(change) = told::<DidChangeTextDocumentNotification>(params) {
                    let uri = change.text_document.text_document_identifier.uri.0;
                    if let Some(document) = self.documents.get_mut(&uri) {
                        document.change(change.text_document.version, change.content_changes);
                        self.stale.insert(uri);
                    }
                }
            }
            DidCloseTextDocumentNotification::METHOD => {
                if let Ok(closed) = told::<DidCloseTextDocumentNotification>(params) {
                    return self.close(closed.text_document.uri);
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn open(&mut self, item: TextDocumentItem) {
        // A client that knows no language of strategies sends every TOML file there is. Those of other programs are
        // not ours to judge.
        let is_foreign = item.language_id.as_str() == "toml" && !item.uri.0.ends_with("strategy.toml");
        if !is_foreign {
            let key = item.uri.0.clone();
            self.documents
                .insert(key.clone(), Document::new(item.uri, item.version, item.text, self.encoding));
            self.stale.insert(key);
        }
    }

    /// Forgets a document, and takes back what was said of it.
    fn close(&mut self, uri: Uri) -> ControlFlow<()> {
        self.stale.remove(&uri.0);
        if self.documents.remove(&uri.0).is_none() {
            return ControlFlow::Continue(());
        }
        self.say(PublishDiagnosticsParams { uri, version: None, diagnostics: Vec::new() })
    }

    /// Says what is wrong with the documents that changed.
    fn publish(&mut self) -> ControlFlow<()> {
        for uri in std::mem::take(&mut self.stale) {
            if let Some(document) = self.documents.get(&uri) {
                self.say(diagnostics::published(document))?;
            }
        }
        ControlFlow::Continue(())
    }

    fn say(&self, published: PublishDiagnosticsParams) -> ControlFlow<()> {
        self.send(Notification::new(PublishDiagnosticsNotification::METHOD.to_string(), published))
    }
}

/// What a client asks.
fn parsed<R: gen_lsp_types::Request>(params: Value) -> Result<R::Params, Refusal> {
    serde_json::from_value(params)
        .map_err(|error| Refusal { code: ErrorCode::InvalidParams, message: error.to_string() })
}

/// What a client says.
fn told<N: gen_lsp_types::Notification>(params: Value) -> serde_json::Result<N::Params> {
    serde_json::from_value(params)
}

fn json(answer: impl Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(answer)
        .map_err(|error| Refusal { code: ErrorCode::InternalError, message: error.to_string() })
}

/// Bytes where the client can count in them, since that is how the text is kept; else what every client can. Nothing
/// else of what a client says of itself is looked at, so that none is turned away for saying it in an unusual way.
fn agreed_encoding(params: &Value) -> Encoding {
    let offered = params.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
    let utf8 = PositionEncodingKind::UTF8.to_string();
    if offered.is_some_and(|offered| offered.iter().any(|one| one.as_str() == Some(&utf8))) {
        Encoding::Utf8
    } else {
        Encoding::Utf16
    }
}

/// Who this is, and what it can do.
fn introduction(encoding: Encoding) -> InitializeResult {
    let characters = ["\"", "[", "="].map(str::to_string).to_vec();
    let capabilities = ServerCapabilities {
        position_encoding: Some(match encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::Incremental),
                ..TextDocumentSyncOptions::default()
            }
            .into(),
        ),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(characters),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(true.into()),
        definition_provider: Some(true.into()),
        document_symbol_provider: Some(true.into()),
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QuickFix, CodeActionKind::SourceFixAll]),
                ..CodeActionOptions::default()
            }
            .into(),
        ),
        ..ServerCapabilities::default()
    };
    let server_info = ServerInfo::new("suasion".to_string(), Some(env!("CARGO_PKG_VERSION").to_string()));
    InitializeResult { capabilities, server_info: Some(server_info) }
}
