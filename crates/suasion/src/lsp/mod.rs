//! The language server: what `suasion check` says, in an editor and while somebody types.
//!
//! Every answer is a function of a text and a place in it: problems, hover, completion, definition, quick fixes,
//! symbols. The server around them reads messages, keeps the texts that are open, and sends answers; it reads no file
//! and no evidence, so that each answer is there before it is missed.

mod actions;
mod completion;
mod cursor;
mod definition;
mod diagnostics;
mod document;
mod hover;
mod position;
mod server;
mod symbols;
mod target;
mod tokens;
mod transport;

pub use server::{End, serve};
pub use transport::stdio;
